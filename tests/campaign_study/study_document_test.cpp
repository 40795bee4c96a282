// docs/formats/study.md and the reader know the same keys.
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "tests/campaign_study/test_vocabulary.hpp"

using namespace sim;
using namespace sim::test;

namespace {

using Keys = std::map<std::string, std::set<std::string>>;

/// Keys by heading: the first cell of every row of a table whose head is "| key |".
Keys documented() {
  std::istringstream lines(file_text("docs/formats/study.md"));
  Keys keys;
  std::string line, heading;
  bool in_table = false;
  while (std::getline(lines, line)) {
    if (line.rfind("## ", 0) == 0) heading = line.substr(3);
    in_table = line.rfind("| key |", 0) == 0 || (in_table && line.rfind("|", 0) == 0);
    auto const end = line.find("` |");
    if (in_table && line.rfind("| `", 0) == 0 && end != std::string::npos)
      keys[heading].insert(line.substr(3, end - 3));
  }
  return keys;
}

/// Keys that the reader asked for in one table, from what it says of an unknown one.
std::set<std::string> asked(std::string const& table_with_unknown_key) {
  auto v = vocabulary();
  v.options.clear();
  auto const found = check_study({"s.toml", table_with_unknown_key}, {}, v);
  std::set<std::string> keys;
  for (auto const& issue : found.issues) {
    auto const known = issue.find("(known: ");
    if (issue.find("unknown key \"zzz\"") == std::string::npos || known == std::string::npos) continue;
    std::istringstream list(issue.substr(known + 8, issue.find(')', known) - known - 8));
    for (std::string key; std::getline(list >> std::ws, key, ',');) keys.insert(key);
  }
  return keys;
}

}  // namespace

TEST_CASE("every key of a study is documented, and every documented key exists", "[campaign]") {
  Keys read;
  read["Top level"] = asked("zzz = 1\n");
  for (std::string const table : {"scenario", "time", "campaign", "priors", "variance_reduction", "sampling", "stopping", "rare_event", "series"})
    read["`[" + table + "]`"] = asked("[" + table + "]\nzzz = 1\n");
  for (std::string const table : {"levers", "treatments", "responses", "crises"})
    read["`[[" + table + "]]`"] = asked("[[" + table + "]]\nzzz = 1\n");
  for (std::string const family : {"constant", "uniform", "log_uniform", "triangular", "normal", "lognormal", "beta",
                                   "gamma", "exponential", "weibull", "sceptical", "discrete"})
    read["`[factors.NAME]`"].merge(asked("[factors.team_share]\nzzz = 1\ndistribution = \"" + family + "\"\n"));
  read["`[[sampling.correlations]]`"] = asked("[[sampling.correlations]]\nzzz = 1\n");
  read["`[[stopping.targets]]`"] = asked("[[stopping.targets]]\nzzz = 1\n");
  for (std::string const type : {"full_factorial", "explicit", "fractional_factorial", "one_at_a_time", "leave_one_out", "paired", "points", "file"})
    read["`[design]`"].merge(asked("[design]\nzzz = 1\ntype = \"" + type + "\"\n"));
  CHECK(documented() == read);
}

TEST_CASE("the document names every family of distributions", "[campaign]") {
  auto const text = file_text("docs/formats/study.md");
  for (std::string const family : {"constant", "uniform", "log_uniform", "triangular", "normal", "lognormal", "beta",
                                   "gamma", "exponential", "weibull", "sceptical", "discrete"})
    CHECK(text.find("`" + family + "`") != std::string::npos);
}
