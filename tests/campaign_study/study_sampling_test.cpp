// [sampling] of a study: what it reads to, what it is written back as, and what each fault is called.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "sim/campaign/factors.hpp"
#include "sim/config/document.hpp"
#include "tests/campaign_study/test_vocabulary.hpp"

using namespace sim;
using namespace sim::test;

namespace {

using Lines = std::vector<std::string>;

/// The good study without a number of futures, and [sampling] from line 17 on.
std::string sampled(std::string const& sampling) { return replaced(good_study(), "futures = 4\n", "\n") + "[sampling]\n" + sampling; }
Lines faults(std::string const& sampling) { return check(sampled(sampling)).issues; }

Study read(std::string const& text) {
  auto found = check(text);
  CHECK(found.issues == Lines{});
  REQUIRE(found.study);
  return *found.study;
}

/// The resolved text makes the same futures, alone in another folder, and is its own resolved text.
void check_resolved(Study const& study) {
  auto const text = resolved_text(study);
  CAPTURE(text);
  auto const again = check_study({"/nowhere/resolved.toml", text}, {}, vocabulary());
  CHECK(again.issues == Lines{});
  REQUIRE(again.study);
  CHECK(again.study->futures == study.futures);
  CHECK(resolved_text(*again.study) == text);
  auto const a = draw_futures(study), b = draw_futures(*again.study);
  CHECK(a.futures == study.futures);
  CHECK(a.values == b.values);
  CHECK(a.info == b.info);
}

/// A file beside a study, removed at the end.
struct Table {
  explicit Table(std::string const& text) {
    std::filesystem::create_directories(folder);
    std::ofstream(folder + "/points.csv") << text;
  }
  ~Table() { std::filesystem::remove_all(folder); }
  std::string folder = std::filesystem::temp_directory_path().string() + "/berylia-sampling-" + std::to_string(::getpid());
  StudyCheck check(std::string const& sampling = "type = \"table\"\nfile = \"points.csv\"\n") const {
    return check_study({folder + "/s.toml", sampled(sampling)}, {}, vocabulary());
  }
  Lines faults() const {
    Lines lines;
    for (auto const& issue : check().issues) lines.push_back(issue.substr(issue.find("s.toml")));
    return lines;
  }
};

std::string const dice =
    "[factors.team_share]\ndistribution = \"discrete\"\nvalues = [0.5, 0.1, 0.2]\nweights = [1, 2, 3]\nunit = \"1\"\n"
    "source = \"assumed: test\"\ngrade = \"D\"\n";

}  // namespace

TEST_CASE("without [sampling] nothing is written back and the futures are the old draws", "[campaign]") {
  auto const study = read(good_study());
  CHECK(resolved_text(study).find("sampling") == std::string::npos);
  CHECK(draw_futures(study).values == draw_factors(study.seed, 4, declared_schema(study).factors));
  CHECK(draw_futures(study).info.type == "random");
  CHECK(draw_futures(read(good_study() + "[sampling]\ntype = \"random\"\n")).values == draw_futures(study).values);
}

TEST_CASE("every type of sampling resolves to the same futures", "[campaign]") {
  std::string const correlated = "[[sampling.correlations]]\nbetween = [\"detection_gain\", \"dwell_median\"]\nrank = 0.6\n";
  for (std::string const& text : std::vector<std::string>{
           "type = \"random\"\nwhere = [\"team_share < 0.3\"]\n" + correlated, "type = \"random\"\nfactors = [\"team_share\"]\n",
           "type = \"latin_hypercube\"\n", "type = \"latin_hypercube\"\n" + correlated, "type = \"latin_hypercube\"\ncriterion = \"nearly_orthogonal\"\n",
           "type = \"sobol\"\n" + correlated, "type = \"sobol\"\nwhere = [\"dwell_median > 100\", \"team_share < 0.9\"]\n", "type = \"saltelli\"\nbase = 16\n",
           "type = \"saltelli\"\nbase = 8\nsecond_order = true\nfactors = [\"team_share\", \"dwell_median\"]\n", "type = \"morris\"\ntrajectories = 5\nlevels = 6\n",
           "type = \"full_factorial\"\nlevels = 3\nwhere = [\"team_share * 500 < dwell_median\"]\n", "type = \"one_at_a_time\"\nquantiles = [0.05, 0.95]\n",
           "type = \"fractional_factorial\"\nresolution = 3\n", "type = \"fractional_factorial\"\ngenerators = [\"team_share = -detection_gain*dwell_median\"]\n",
           "type = \"table\"\nfactors = [\"team_share\", \"detection_gain\"]\nrows = [[0.1, 1], [1e-3, 0.30000000000000004e1]]\n"}) {
    CAPTURE(text);
    if (text.find("table") == std::string::npos)
      check_resolved(read(sampled(text)));
    else
      check_resolved(read(sampled(replaced(text, "0.30000000000000004e1", "1.3000000000000003"))));
  }
  check_resolved(read(sampled("type = \"full_factorial\"\nlevels = 2\n") + dice));
}

TEST_CASE("structured types count their futures themselves", "[campaign]") {
  CHECK(read(sampled("type = \"saltelli\"\nbase = 16\n")).futures == 80);
  CHECK(read(sampled("type = \"morris\"\n")).futures == 40);
  CHECK(read(sampled("type = \"full_factorial\"\n")).futures == 64);
  CHECK(read(sampled("type = \"full_factorial\"\n") + dice).futures == 48);
  CHECK(read(sampled("type = \"one_at_a_time\"\n")).futures == 7);
  CHECK(read(sampled("type = \"fractional_factorial\"\nresolution = 3\n")).futures == 4);
  CHECK(read(sampled("type = \"sobol\"\n")).futures == 100);
  auto const text = sampled("type = \"morris\"\n");
  CHECK(check(text, {"campaign.futures=40"}).issues == Lines{});
  CHECK(check(text, {Override("campaign.futures=50", "--futures 50")}).issues ==
        Lines{"--futures 50: 50 futures do not fit the sampling (type \"morris\" makes 40) leave the number of futures out, or change [sampling]"});
  CHECK(check(replaced(text, "[campaign]\n", "[campaign]\nfutures = 7\n")).issues ==
        Lines{"s.toml:8:11: 7 futures do not fit the sampling (type \"morris\" makes 40) leave the number of futures out, or change [sampling]"});
}

TEST_CASE("a discrete prior is read with rising values and written back", "[campaign]") {
  auto const study = read(good_study() + dice);
  CHECK(to_string(study.factors[2].info.prior) == "discrete(0.1 weight 2, 0.2 weight 3, 0.5 weight 1)");
  check_resolved(study);
  auto const fault = [&](std::string const& from, std::string const& to) { return check(good_study() + replaced(dice, from, to)).issues; };
  CHECK(fault("weights = [1, 2, 3]\n", "") == Lines{});
  CHECK(fault("[1, 2, 3]", "[1, 2]") == Lines{"s.toml:20:11: 2 weights for 3 values (each value has one) give as many weights as values"});
  CHECK(fault("[1, 2, 3]", "[1, 0, 3]") == Lines{"s.toml:20:15: the weight 0 is out of range (above 0 to 1e12 are accepted) remove the value, or correct its weight"});
  CHECK(fault("0.1, 0.2", "0.5, 0.2") == Lines{"s.toml:19:16: repeated value 0.5 (each stands once, with one weight) add the weights up"});
  CHECK(fault("0.1, 0.2", "nan, 0.2") == Lines{"s.toml:19:16: nan is out of range for \"values\" in [factors.team_share] (only finite numbers are accepted) choose a finite number"});
  CHECK(fault("[0.5, 0.1, 0.2]", "[]") == Lines{"s.toml:19:10: 0 values are too few (a discrete distribution has 1 to 8) merge some of them"});
  CHECK(fault("0.2]", "1.2]") == Lines{"s.toml:18:16: factor \"team_share\": discrete(0.1 weight 2, 0.5 weight 1, 1.2 weight 3) reaches above the accepted range (accepted: 0 to 1 [1]) move or narrow the distribution"});
}

TEST_CASE("a table from a file is kept in the resolved study", "[campaign]") {
  Table const table("team_share,\"detection_gain\"\r\n0.25, 1.5\r\n+0.5,1e0\r\n");
  auto const found = table.check();
  CHECK(found.issues == Lines{});
  REQUIRE(found.study);
  CHECK(found.study->futures == 2);
  CHECK(found.study->sampling.rows == std::vector<double>{0.25, 1.5, 0.5, 1});
  check_resolved(*found.study);
}

TEST_CASE("faults of a table are told with their place in the file, all at once", "[campaign]") {
  auto const faults = [](std::string const& text) { return Table(text).faults(); };
  CHECK(faults("team_shar,dwell_median\n1,2\n") ==
        Lines{"s.toml:19:8: points.csv:1:1: unknown factor \"team_shar\" (known: detection_gain, dwell_median, team_share) did you mean \"team_share\"?"});
  CHECK(faults("team_share,dwell_median\n1,-2\nnan,3\n,4\n") ==
        Lines{"s.toml:19:8: points.csv:2:3: -2 is out of range for factor \"dwell_median\" (accepted: 0 to 1000 [d]) correct the value or its unit",
              "s.toml:19:8: points.csv:3:1: \"nan\" is no finite number (a point needs a value of \"team_share\") write a number as in 0.25",
              "s.toml:19:8: points.csv:4:1: \"\" is no finite number (a point needs a value of \"team_share\") write a number as in 0.25"});
  CHECK(faults("team_share,team_share\n1,1\n") == Lines{"s.toml:19:8: points.csv:1:12: repeated column \"team_share\" (a factor has one column) keep one of them"});
  CHECK(faults("team_share\n") == Lines{"s.toml:19:8: points.csv: the file has no points (its first line names the factors, each further one is a point) add points"});
  CHECK(faults("team_share\n\"1\n") == Lines{"s.toml:19:8: points.csv:2:1: a quote is not closed (the cell goes on to the end of the file) close it"});
  CHECK(faults("team_share,dwell_median\n1,2\n0.5\n") == Lines{"s.toml:19:8: points.csv:3:1: 1 cells instead of 2 (every row has as many as the header) add or remove some"});
  CHECK(check(sampled("type = \"table\"\nfile = \"none.csv\"\n")).issues ==
        Lines{"s.toml:19:8: cannot read \"none.csv\" (there is no such file) check the path"});
}

TEST_CASE("a table that is too large is told how many points fit", "[campaign]") {
  std::string text = "team_share,dwell_median\n";
  for (int i = 0; i < 60000; ++i) text += "0.123456789,100.125\n";  // as the resolved study writes them: 22 bytes a point
  CHECK(text.size() > config_bytes_max);
  CHECK(Table(text).faults() ==
        Lines{"s.toml:19:8: the table has too many values (60000 points of 2 values are 1320000 bytes of text, results keep at most 524288, about 23831 such points) "
              "give fewer points or columns, or shorter numbers"});
  CHECK(Table("team_share\n" + std::string(5u << 20, '1')).faults() ==
        Lines{"s.toml:19:8: cannot read \"" + Table("").folder + "/points.csv\" (it is larger than 4 MiB) give fewer points or columns, or shorter numbers"});
}

TEST_CASE("faults of [sampling]", "[campaign]") {
  CHECK(faults("type = \"sobl\"\n") ==
        Lines{"s.toml:18:8: unknown type of sampling \"sobl\" (known: random, latin_hypercube, sobol, saltelli, morris, full_factorial, fractional_factorial, "
              "one_at_a_time, table) did you mean \"sobol\"?"});
  CHECK(faults("type = \"sobol\"\nlevels = 3\n") ==
        Lines{"s.toml:19:10: \"levels\" does not go with type \"sobol\" (it has no use for it; it belongs to full_factorial, morris) remove it, or choose another type"});
  CHECK(faults("type = \"morris\"\nlevels = 5\n") ==
        Lines{"s.toml:19:10: 5 levels are odd (a step of Morris's is half of an even number of levels) write levels = 6"});
  CHECK(faults("type = \"sobol\"\nfactors = [\"team_shar\"]\n") ==
        Lines{"s.toml:19:12: unknown factor \"team_shar\" (known: detection_gain, dwell_median, team_share) did you mean \"team_share\"?"});
  CHECK(faults("type = \"sobol\"\nfactors = []\n") == Lines{"s.toml:19:11: 0 factors cannot vary (the model has 3) name at least one, or leave the key out"});
  CHECK(faults("type = \"fractional_factorial\"\n") ==
        Lines{"s.toml:18:8: which fraction? (there is neither generators nor resolution) add resolution = 4"});
  CHECK(faults("type = \"fractional_factorial\"\ngenerators = [\"team_share = detection_gain*dwel\"]\n") ==
        Lines{"s.toml:19:15: unknown factor \"dwel\" in a generator (those that vary are detection_gain, dwell_median, team_share) did you mean \"dwell_median\"?"});
  CHECK(faults("type = \"one_at_a_time\"\nquantiles = [0.9, 0.1]\n") ==
        Lines{"s.toml:19:13: these quantiles are no low and high level (two rising numbers inside 0 to 1 are needed) write quantiles = [0.1, 0.9]"});
  CHECK(faults("type = \"table\"\n") == Lines{"s.toml:18:8: a table needs its points (there is neither file nor rows) add file = \"points.csv\", or factors and rows"});
  CHECK(faults("type = \"table\"\nfactors = [\"team_share\"]\nrows = [[1, 2], [0.5], [inf]]\n") ==
        Lines{"s.toml:20:25: inf is out of range for \"rows\" in [sampling] (only finite numbers are accepted) choose a finite number"});
  CHECK(faults("type = \"table\"\nfactors = [\"team_share\"]\nrows = [[1, 2], [0.5], [7]]\n") ==
        Lines{"s.toml:20:9: a point has 2 values (1 factors vary: team_share) give one value for each",
              "s.toml:20:24: 7 is out of range for factor \"team_share\" (accepted: 0 to 1 [1]) correct the value or its unit"});
  CHECK(faults("where = [\"team_share < dwel\"]\n").size() == 1);
  CHECK(faults("where = [\"\"]\n") ==
        Lines{"s.toml:18:10: the condition is empty, at column 1 of \"\" (a name or a number is missing) write it, as in detection_gain > 0"});
  CHECK(faults("where = [\"team_share > 2\"]\n") ==
        Lines{"s.toml:18:9: too few futures meet the conditions (0 of 10000 tried do) loosen the conditions, or narrow the priors to where they hold"});
  CHECK(check(sampled("type = \"one_at_a_time\"\n") + replaced(dice, "[1, 2, 3]", "[1, 1e9, 3]")).issues ==
        Lines{"s.toml:18:8: factor \"team_share\" is the same at both quantiles (discrete(0.1 weight 1e+09, 0.2 weight 3, 0.5 weight 1) at 0.1 and 0.9) move the "
              "quantiles outwards, or leave it out of factors"});
}

TEST_CASE("a step of Morris's that would leave a factor where it is is refused", "[campaign]") {
  auto const text = [](std::string const& keys, std::string const& weights) { return sampled("type = \"morris\"\n" + keys) + replaced(dice, "[1, 2, 3]", weights); };
  CHECK(check(text("", "[1, 18, 1]")).issues ==
        Lines{"s.toml:18:8: a step of Morris's leaves factor \"team_share\" where it is (discrete(0.1 weight 18, 0.2 weight 1, 0.5 weight 1) is 0.1 at the "
              "quantiles 0.125 and 0.625) leave it out of factors, or make its weights more even"});
  CHECK(check(text("levels = 10\n", "[3, 13, 4]")).issues ==
        Lines{"s.toml:19:10: a step of Morris's leaves factor \"team_share\" where it is (discrete(0.1 weight 13, 0.2 weight 4, 0.5 weight 3) is 0.1 at the "
              "quantiles 0.05 and 0.55) write levels = 2, or leave it out of factors"});
  CHECK(check(text("levels = 2\n", "[3, 13, 4]")).issues == Lines{});
  CHECK(check(text("", "[1, 1, 1]")).issues == Lines{});
}

TEST_CASE("designs that live by their balance refuse conditions", "[campaign]") {
  for (std::string const keys : {"type = \"fractional_factorial\"\nresolution = 3\n", "type = \"one_at_a_time\"\n"}) {
    auto const issues = faults(keys + "where = [\"team_share < 0.5\"]\n");
    REQUIRE(issues.size() == 1);
    CHECK_THAT(issues[0], Catch::Contains("\"where\" does not go with type") && Catch::Contains("leaving points out would break its balance; it belongs to random, sobol, full_factorial, table"));
  }
}

TEST_CASE("a factor that conditions hold at one value does not vary", "[campaign]") {
  CHECK(faults("type = \"full_factorial\"\nlevels = 2\nwhere = [\"team_share > 0.5\"]\n").size() == 1);
  CHECK(check(sampled("type = \"full_factorial\"\nlevels = 2\nwhere = [\"team_share == 0.5\"]\n") + dice).issues ==
        Lines{"s.toml:20:9: factor \"team_share\" is the same in all futures (the conditions leave it one value) leave it out of factors, or loosen the conditions"});
}

TEST_CASE("faults of correlations", "[campaign]") {
  auto const pair = [](std::string const& a, std::string const& b, std::string const& rank) {
    return "[[sampling.correlations]]\nbetween = [\"" + a + "\", \"" + b + "\"]\nrank = " + rank + "\n";
  };
  auto const good = pair("team_share", "dwell_median", "0.5");
  CHECK(faults(good) == Lines{});
  CHECK(faults(pair("team_share", "dwell_media", "0.5")) ==
        Lines{"s.toml:19:26: unknown factor \"dwell_media\" (those that vary are detection_gain, dwell_median, team_share) did you mean \"dwell_median\"?"});
  CHECK(faults(pair("team_share", "dwell_median", "1")) ==
        Lines{"s.toml:20:8: 1 is out of range for a rank correlation (above -1 and below 1 are accepted) at the ends the two would be one factor"});
  CHECK(faults(good + pair("dwell_median", "team_share", "0.5")) ==
        Lines{"s.toml:22:11: repeated correlation of \"dwell_median\" and \"team_share\" (a pair has one) keep one of them"});
  for (std::string const type : {"saltelli", "morris", "full_factorial", "one_at_a_time"})
    CHECK(faults("type = \"" + type + "\"\n" + good).front().find("\"correlations\" does not go with type \"" + type + "\" (its estimates need independent factors") != std::string::npos);
  auto const contradiction = faults(pair("team_share", "dwell_median", "0.9") + pair("team_share", "detection_gain", "0.9") + pair("dwell_median", "detection_gain", "-0.5"));
  REQUIRE(contradiction.size() == 1);
  CHECK(contradiction[0].find("s.toml:18:1: the rank correlations contradict each other: ") == 0);
  CHECK(contradiction[0].find("not positive definite") != std::string::npos);
}

TEST_CASE("huge designs are refused before anything is made", "[campaign]") {
  CHECK(faults("type = \"full_factorial\"\nlevels = 1000\n") ==
        Lines{"s.toml:18:8: 1000000000 points are too many (3 factors vary; a campaign has at most 1000000 futures) let fewer factors vary, or choose a smaller design"});
  CHECK(faults("type = \"full_factorial\"\nlevels = 1000000000\n") ==
        Lines{"s.toml:19:10: 1000000000 is out of range for \"levels\" in [sampling] (2 to 1000 are accepted) choose a number within them"});
  CHECK(faults("type = \"saltelli\"\nbase = 1000000\n").front().find("5000000 points are too many") != std::string::npos);
  std::string many, conditions;
  for (int i = 0; i < 101; ++i) conditions += "\"team_share < " + std::to_string(i + 1) + "\",";
  CHECK(faults("where = [" + conditions + "]\n") == Lines{"s.toml:18:9: 101 conditions are too many (at most 100 are accepted) join some with \"and\""});
  for (int i = 0; i < 100000; ++i) many += "\"a" + std::to_string(i) + "\",";
  CHECK(faults("type = \"sobol\"\nfactors = [" + many + "]\n") == Lines{"s.toml:19:11: 100000 factors cannot vary (the model has 3) name those that the model has"});
  auto const maximin = check(replaced(sampled("type = \"latin_hypercube\"\n"), "[campaign]\n", "[campaign]\nfutures = 5000\n")).issues;
  CHECK(maximin == Lines{"s.toml:19:8: 5000 futures are too many for criterion \"maximin\" (at most 2000 are paired by it) write criterion = \"random\", or type = \"sobol\""});
  CHECK(check(sampled("type = \"full_factorial\"\nlevels = 100\n"), {"campaign.replications=100"}).issues.front().find("100000000 replications are too many") == std::string::npos);
}

TEST_CASE("the summary says how futures are sampled and what a fraction cannot tell apart", "[campaign]") {
  auto const summary = [](std::string const& text) {
    auto const all = check(sampled(text)).summary;
    return all.substr(all.find("sampling: "));
  };
  CHECK(summary("type = \"sobol\"\n") == "sampling: sobol over 3 of 3 factors, balanced at 64 or 128 futures\n");
  CHECK(summary("type = \"saltelli\"\nbase = 3\n") == "sampling: saltelli over 3 of 3 factors, base 3, balanced at 2 or 4 as base\n");
  CHECK(summary("type = \"saltelli\"\nbase = 16\n") == "sampling: saltelli over 3 of 3 factors, base 16\n");
  CHECK(summary("type = \"fractional_factorial\"\nresolution = 3\n") ==
        "sampling: fractional_factorial over 3 of 3 factors, resolution III, cannot be told apart: detection_gain = dwell_median*team_share; dwell_median = "
        "detection_gain*team_share; team_share = detection_gain*dwell_median\n");
  // The share of Spearman's coefficient that ties leave is the root of 1 - (1/3)^3 - (1/2)^3 - (1/6)^3.
  auto const tied = check(sampled("type = \"sobol\"\n[[sampling.correlations]]\nbetween = [\"dwell_median\", \"team_share\"]\nrank = 0.9\n") + dice).summary;
  CHECK_THAT(tied, Catch::Contains(", rank correlations of 1 pair, dwell_median and team_share reach about 0.82 instead of 0.9 (values of a discrete prior tie)"));
  CHECK(summary("type = \"sobol\"\nfactors = [\"team_share\"]\nwhere = [\"team_share < 0.5\"]\n") == "sampling: sobol over 1 of 3 factors, where team_share < 0.5\n");
}
