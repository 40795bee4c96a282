// Whatever bytes a study holds, checking it ends with a study or with issues, never with a crash.
#include <catch2/catch.hpp>
#include <random>

#include "tests/campaign_study/test_vocabulary.hpp"

using namespace sim;
using namespace sim::test;

namespace {

constexpr int rounds = 20000;

/// Pieces of syntax that break parsers more often than random bytes do.
std::vector<std::string> const pieces{"[",
                                      "]",
                                      "[[",
                                      "]]",
                                      "{",
                                      "}",
                                      "=",
                                      "\"",
                                      "\"\"\"",
                                      "'",
                                      "'''",
                                      "\\",
                                      "\\u",
                                      "\\U0010FFFF",
                                      "#",
                                      ".",
                                      ",",
                                      "\n",
                                      "\r",
                                      "\r\n",
                                      std::string(1, '\0'),
                                      "\xff",
                                      "\xC3\xBC",
                                      "\xE3\x81\x82",
                                      "\xEF\xBB\xBF",
                                      "-",
                                      "+",
                                      "_",
                                      "0x",
                                      "0b2",
                                      "1e999",
                                      "-nan",
                                      "inf",
                                      "2022-02-30",
                                      "2022-11-04T25:61:00Z",
                                      "9999999999999999999",
                                      "true",
                                      "[time]\n",
                                      "seed = 1\n",
                                      "[[levers]]\n",
                                      "levers = 3\n",
                                      "from = 2020-01-01\n",
                                      "a.b.c = {d = [1, {e = 2}]}\n",
                                      "name = \"none\"\n"};

/// Sections of designs over the uncertain factors.
std::vector<std::string> const samplings{
    "type = \"sobol\"\nwhere = [\"team_share < 0.5 and dwell_median > 10\"]\n[[sampling.correlations]]\nbetween = [\"team_share\", \"dwell_median\"]\nrank = 0.5\n",
    "type = \"saltelli\"\nbase = 4\nfactors = [\"team_share\", \"dwell_median\"]\n",
    "type = \"morris\"\ntrajectories = 3\nlevels = 4\n",
    "type = \"full_factorial\"\nlevels = 3\nwhere = [\"not (team_share > 0.2)\"]\n",
    "type = \"fractional_factorial\"\ngenerators = [\"team_share = -detection_gain*dwell_median\"]\nquantiles = [0.1, 0.9]\n",
    "type = \"table\"\nfactors = [\"team_share\", \"dwell_median\"]\nrows = [[0.1, 20], [0.5, 1e2]]\n",
    "type = \"latin_hypercube\"\ncriterion = \"maximin\"\n[factors.team_share]\ndistribution = \"discrete\"\nvalues = [0.1, 0.2]\nweights = [1, 3]\nunit = \"1\"\nsource = \"x\"\ngrade = \"D\"\n"};

std::string mutated(std::string text, std::mt19937_64& random) {
  auto const place = [&] { return text.empty() ? 0 : random() % (text.size() + 1); };
  for (auto changes = 1 + random() % 4; changes > 0; --changes) {
    auto const at = place();
    switch (random() % 6) {
      case 0:
        text.insert(at, pieces[random() % pieces.size()]);
        break;
      case 1:
        text.erase(at, 1 + random() % 8);
        break;
      case 2:
        if (at < text.size()) text[at] = static_cast<char>(random() & 0xff);
        break;
      case 3:
        text.insert(place(), text.substr(at, random() % 80));
        break;
      case 4:
        text.resize(at);
        break;
      default: {
        auto const line = text.find('\n', at);
        if (line != std::string::npos) text.erase(line, text.find('\n', line + 1) - line);
      }
    }
  }
  return text;
}

bool has_shape(std::string const& issue) {
  bool const placed = issue.substr(0, 7) == "s.toml:" || issue.substr(0, 6) == "--set ";
  bool const counted = issue.substr(0, 4) == "and ";
  return (placed || counted) && issue.find(" (") != std::string::npos && issue.find(") ") != std::string::npos;
}

}  // namespace

TEST_CASE("20,000 mutated studies are accepted or refused with issues in full", "[campaign]") {
  std::string const sweep = replaced(good_study(), "from = 2022-11-04", "from = [2018-06-14, 2022-11-04]\nto = [2027-01-01, 2027-02-01]\npairs = true");
  std::string const policy = "[[levers]]\nname = \"policy\"\nnation = \"JPN\"\naction = \"attribution_policy\"\nfrom = [2019-01-01, 2021-04-20]\n";
  std::vector<std::string> seeds{good_study()};
  for (char const* design : {"where = [\"not (membership and policy) or membership.from < policy.from - 3 * 2\"]", "type = \"one_at_a_time\"", "type = \"paired\"\nlevers = [\"policy\", \"membership\"]",
                             "type = \"points\"\npoints = [[0, 0], [1, 2], [2, 0]]", "type = \"file\"\nfile = \"none.csv\""})
    seeds.push_back(sweep + policy + "within = \"membership\"\n[design]\n" + design + "\n");
  seeds.push_back(good_study() + replaced(policy, "[2019-01-01, 2021-04-20]", "2019-01-01") + replaced(replaced(policy, "policy", "third"), "JPN", "EST") +
                  "[design]\ntype = \"fractional_factorial\"\ngenerators = [\"third = -membership*policy\"]\n");
  for (auto const& path : shipped_studies()) seeds.push_back(file_text(path));
  for (auto const& sampling : samplings) seeds.push_back(replaced(good_study(), "futures = 4\n", "\n") + "[sampling]\n" + sampling);
  auto const v = vocabulary();
  std::mt19937_64 random(1);
  int accepted = 0;
  for (int round = 0; round < rounds; ++round) {
    auto const text = mutated(seeds[random() % seeds.size()], random);
    auto const found = check_study({"s.toml", text}, {}, v);
    bool const sound = found.study.has_value() == found.issues.empty() &&
                       std::all_of(found.issues.begin(), found.issues.end(), has_shape);
    if (!sound) {
      CAPTURE(round, text);
      FAIL("neither a study nor proper issues");
    }
    if (!found.study || ++accepted % 20 != 0) continue;
    auto const again = check_study({"s.toml", resolved_text(*found.study)}, {}, v);
    CAPTURE(round, text);
    REQUIRE(again.issues == std::vector<std::string>{});
    REQUIRE(resolved_text(*again.study) == resolved_text(*found.study));
  }
  // Some mutations touch only comments; most do not.
  CHECK(accepted > rounds / 50);
  CHECK(accepted < rounds / 2);
}

TEST_CASE("mutated overrides are accepted or refused with issues in full", "[campaign]") {
  std::vector<std::string> const seeds{
      "campaign.futures=20",          "priors.set=\"wide\"",    "levers.membership.from=2020-01-01",
      "factors.team_share.value=0.5", "levers.0.to=2027-01-01", "responses=[]"};
  auto const v = vocabulary();
  std::mt19937_64 random(2);
  for (int round = 0; round < 5000; ++round) {
    auto const found = check_study({"s.toml", good_study()}, {mutated(seeds[random() % seeds.size()], random)}, v);
    REQUIRE(found.study.has_value() == found.issues.empty());
    REQUIRE(std::all_of(found.issues.begin(), found.issues.end(), has_shape));
  }
}

TEST_CASE("a full megabyte of faults is refused within seconds", "[campaign]") {
  auto many = [](std::string const& line) {
    std::string text = good_study();
    while (text.size() + line.size() + 12 < (1u << 20))
      text += std::string(line).insert(1, std::to_string(text.size()));
    return text;
  };
  for (std::string const line : {"a = 1\n", "[factors.detection_gan]\n", "a = JPN\n"}) {
    CAPTURE(line);
    CHECK_FALSE(check(line[0] == '[' ? many("[f]\n") : many(line)).study);
  }
  CHECK_FALSE(check(good_study() + "x = [" + std::string(1000000, '[')).study);
}
