// [stopping] of a study: what it reads to, what it is written back as, and what each fault is called.
#include <catch2/catch.hpp>

#include "tests/campaign_study/test_vocabulary.hpp"

using namespace sim;
using namespace sim::test;

namespace {

/// The good study with 100 futures and a rule; [stopping] is line 17.
std::string ruled(std::string const& rule, std::string const& target = "response = \"incidents\"\nhalf_width = 2\n") {
  return replaced(good_study(), "futures = 4", "futures = 100") + "[stopping]\n" + rule + "[[stopping.targets]]\n" + target;
}

StoppingInfo read(std::string const& text) {
  auto const found = check(text);
  CHECK(found.issues == std::vector<std::string>{});
  REQUIRE(found.study);
  auto const again = check(resolved_text(*found.study));
  CHECK(again.issues == std::vector<std::string>{});
  REQUIRE(again.study);
  CHECK(resolved_text(*again.study) == resolved_text(*found.study));
  StoppingInfo const &a = found.study->stopping, &b = again.study->stopping;
  CHECK((a.unit == b.unit && a.counts == b.counts && a.targets == b.targets && a.look_level == b.look_level && a.together == b.together && a.confidence == b.confidence));
  return a;
}

void check_fault(std::string const& text, std::string const& fault) {
  auto const issues = check(text).issues;
  CAPTURE(text, issues);
  CHECK(std::any_of(issues.begin(), issues.end(), [&](auto const& issue) { return issue.find(fault) != std::string::npos; }));
}

}  // namespace

TEST_CASE("a rule says when it looks and what it watches, with every default filled in", "[campaign]") {
  auto const rule = read(ruled(""));
  CHECK(rule.unit == "futures");
  CHECK(rule.counts.front() == 50);
  CHECK(rule.counts.back() == 100);
  CHECK(rule.confidence == 0.95);
  CHECK((rule.look_level > 0.95 && rule.look_level < 0.99));
  REQUIRE(rule.targets.size() == 1);
  CHECK(rule.targets[0] == StoppingTarget{.response = "incidents", .nation = "JPN", .half_width = 2});
  auto const listed = read(ruled("looks = [30, 40, 100]\nconfidence = 0.9\ntogether = true\n",
                                 "response = \"incidents\"\nnation = \"USA\"\nstatistic = \"quantile\"\nprobability = 0.9\ndifference = false\n"
                                 "relative_half_width = 0.05\nrelative_to = \"reference\"\n"));
  CHECK(listed.counts == std::vector<std::uint32_t>{30, 40, 100});
  CHECK(listed.targets[0] == StoppingTarget{"incidents", "USA", "quantile", 0.9, 0, false, false, 0.05, "reference"});
  CHECK(check(good_study()).study->stopping.is_rule() == false);
}

TEST_CASE("where futures cannot be stopped in between, replications are counted", "[campaign]") {
  auto const text = replaced(ruled("minimum = 30\n"), "replications = 2", "replications = 50");
  CHECK(read(text + "[sampling]\ntype = \"latin_hypercube\"\n").unit == "replications");
  CHECK(read(text + "[sampling]\ntype = \"sobol\"\n").unit == "futures");
  CHECK(read(replaced(text, "futures = 100", "futures = 1")).unit == "replications");
  check_fault(replaced(replaced(text, "futures = 100", "futures = 9"), "[stopping]\n", "[stopping]\nunit = \"replications\"\n"),
              "s.toml:18:8: 9 futures are too few to judge an interval by");
  check_fault(text + "[sampling]\ntype = \"morris\"\ntrajectories = 29\n", "29 trajectories are too few to judge an interval by");
  check_fault(text + "[sampling]\ntype = \"saltelli\"\nbase = 16\n", "16 rows are too few to judge an interval by");
  check_fault(text + "[sampling]\ntype = \"one_at_a_time\"\n", "a design of one factor at a time is one unit, too few to judge an interval by");
  CHECK(read(replaced(text, "futures = 100\n", "") + "[sampling]\ntype = \"morris\"\ntrajectories = 30\n").unit == "replications");
  check_fault(replaced(text, "[stopping]\n", "[stopping]\nunit = \"futures\"\n") + "[sampling]\ntype = \"latin_hypercube\"\n",
              "s.toml:18:8: futures of type \"latin_hypercube\" cannot be stopped in between (a part of such a sample is none)");
}

TEST_CASE("each fault of a rule is named with its place and what to do", "[campaign]") {
  check_fault(ruled("unit = \"future\"\n"), "s.toml:18:8: unknown unit \"future\" in [stopping] (known: futures, replications) did you mean \"futures\"?");
  check_fault(ruled("minimum = 101\n"), "s.toml:18:11: the maximum of 100 futures is below the minimum");
  check_fault(ruled("minimum = 20\n"), "s.toml:18:11: 20 is out of range for \"minimum\"");
  check_fault(ruled("minimum = 30\nlooks = [50, 100]\n"), "s.toml:19:9: both \"looks\" and \"minimum\" are given");
  check_fault(ruled("looks = [50, 40, 100]\n"), "s.toml:18:14: 40 is no count to look at here");
  check_fault(ruled("looks = [50.5, 100]\n"), "s.toml:18:10: 50.5 is no count to look at here");
  check_fault(ruled("looks = [50, 80]\n"), "s.toml:18:9: 2 looks that end at 80");
  check_fault(ruled("looks = []\n"), "s.toml:18:9: 0 looks that end nowhere");
  check_fault(ruled("confidence = 1\n"), "s.toml:18:14: 1 is out of range for \"confidence\"");
  check_fault(ruled("level = 1\n"), "s.toml:18:1: unknown key \"level\" in [stopping]");
  check_fault(replaced(good_study(), "futures = 4", "futures = 100") + "[stopping]\n", "[[stopping.targets]]");
  check_fault(replaced(ruled(""), "futures = 100", "futures = 4"), "the maximum of 4 futures is below the minimum");
}

TEST_CASE("each fault of a target is named with its place and what to do", "[campaign]") {
  auto const target = [](std::string const& text) { return ruled("", text); };
  check_fault(target("half_width = 2\n"), "missing key \"response\" in [[targets]]");
  check_fault(target("response = \"incident\"\nhalf_width = 2\n"), "s.toml:19:12: the study does not measure \"incident\"");
  check_fault(target("response = \"incidents\"\nhalf_width = 0\n"), "s.toml:20:14: 0 is out of range for \"half_width\"");
  check_fault(target("response = \"incidents\"\nrelative_half_width = 1\n"), "s.toml:20:23: 1 is out of range for \"relative_half_width\"");
  check_fault(target("response = \"incidents\"\n"), "how narrow the interval shall be must be said once");
  check_fault(target("response = \"incidents\"\nhalf_width = 1\nrelative_half_width = 0.1\n"), "must be said once");
  check_fault(target("response = \"incidents\"\nhalf_width = 1\nrelative_to = \"reference\"\n"), "s.toml:21:15: relative_to says nothing without relative_half_width");
  check_fault(target("response = \"incidents\"\nhalf_width = 1\nstatistic = \"median\"\n"), "s.toml:21:13: unknown statistic \"median\"");
  check_fault(target("response = \"incidents\"\nhalf_width = 1\nprobability = 0.5\n"), "s.toml:21:15: \"probability\" does not go with statistic \"mean\"");
  check_fault(target("response = \"incidents\"\nhalf_width = 1\nstatistic = \"quantile\"\n"), "s.toml:21:13: which quantile is not said");
  check_fault(target("response = \"incidents\"\nhalf_width = 1\nstatistic = \"proportion\"\n"), "s.toml:21:13: what the proportion counts is not said");
  check_fault(target("response = \"incidents\"\nhalf_width = 1\nstatistic = \"quantile\"\nprobability = 1\n"), "s.toml:22:15: 1 is out of range for \"probability\"");
  check_fault(target("response = \"incidents\"\nhalf_width = 1\nnation = \"Japan\"\n"), "s.toml:21:10: ");
  check_fault(replaced(ruled(""), "seed = 7", "seed = 7\nfocal = [\"JPN\", \"USA\"]"), "which nation's incidents is not said");
  check_fault(ruled("") + "[design]\ntype = \"explicit\"\nreference = \"only\"\n[[treatments]]\nname = \"only\"\nlevers = []\n", "there is no difference to watch");
}
