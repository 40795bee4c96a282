// Every class of bad input gives exactly one text, with its place.
#include <catch2/catch.hpp>

#include "sim/base/error.hpp"
#include "tests/campaign_study/test_vocabulary.hpp"

using namespace sim;
using namespace sim::test;

namespace {

using Lines = std::vector<std::string>;

/// Issues of the good study with one thing changed.
Lines after(std::string const& from, std::string const& to) { return check(replaced(good_study(), from, to)).issues; }
/// Issues of the good study with something appended.
Lines with(std::string const& more) { return check(good_study() + more).issues; }

std::string const factor =
    "[factors.detection_gain]\ndistribution = \"uniform\"\nlow = 1\nhigh = 1.2\nunit = \"1\"\n"
    "source = \"assumed: test\"\ngrade = \"C\"\n";

}  // namespace

TEST_CASE("the study that the faults are put into has none", "[campaign]") {
  CHECK(check(good_study()).issues == Lines{});
  CHECK(with(factor) == Lines{});
}

TEST_CASE("an empty study names everything it lacks", "[campaign]") {
  CHECK(check("").issues ==
        Lines{"s.toml:1:1: missing key \"study_format\" in the study (it has no default) add study_format = 1",
              "s.toml:1:1: missing key \"name\" in the study (it has no default) add name = \"japan_ccdcoe\"",
              "s.toml:1:1: missing table [time] in the study (it has no default) add [time] with start and end",
              "s.toml:1:1: missing table [campaign] in the study (it has no default) add [campaign] with seed",
              "s.toml:1:1: there are no levers (a full factorial combines levers) add [[levers]]"});
}

TEST_CASE("misspelt, missing, repeated, mistyped and out-of-range keys", "[campaign]") {
  CHECK(after("futures", "futurs") == Lines{"s.toml:8:1: unknown key \"futurs\" in [campaign] (known: futures, "
                                            "replications, seed, event_limit, focal, branch_at) did you mean \"futures\"?"});
  CHECK(after("seed = 7\n", "") ==
        Lines{"s.toml:7:1: missing key \"seed\" in [campaign] (it has no default) add seed = 20221104"});
  CHECK(after("seed = 7", "seed = 7\nseed = 8") ==
        Lines{"s.toml:11:1: repeated key \"seed\" (a key may stand once in a table) keep one of them"});
  CHECK(after("seed = 7", "seed = 7.0") == Lines{"s.toml:10:8: \"seed\" in [campaign] is a number with a fraction (a "
                                                 "whole number is needed) write it as in seed = 20221104"});
  CHECK(after("futures = 4", "futures = 0") ==
        Lines{"s.toml:8:11: 0 is out of range for \"futures\" in [campaign] (1 to "
              "1000000 are accepted) choose a number within them"});
  CHECK(
      after("study_format = 1", "study_format = 2") ==
      Lines{
          "s.toml:1:16: study_format 2 is not known (this build reads format 1) write study_format = 1 or use a newer "
          "build"});
  CHECK(
      after("\"small\"", "\"../small\"") ==
      Lines{
          "s.toml:2:8: \"../small\" cannot be a name (1 to 64 letters, digits and . _ - are allowed, a letter or digit "
          "first) choose another name"});
}

TEST_CASE("dates that do not exist and times that do not fit", "[campaign]") {
  CHECK(
      after("2012-01-01", "2012-06-31") ==
      Lines{"s.toml:4:9: 2012-06-31 is not a date (June 2012 has 30 days) write a day that exists, as in 2022-11-04"});
  CHECK(
      after("2012-01-01", "\"2012-01-01\"") ==
      Lines{
          "s.toml:4:9: \"start\" in [time] is a text (a date without quotes and time of day is needed) write it as in "
          "start = 2012-01-01"});
  CHECK(after("2012-01-01", "1999-12-31") == Lines{"s.toml:4:9: the start 1999-12-31 is out of range (2000-01-01 to "
                                                   "2040-01-01 can be simulated) start on 2000-01-01 or later"});
  CHECK(after("2028-01-01", "2040-01-02") == Lines{"s.toml:6:7: the end 2040-01-02 is out of range (2000-01-01 to "
                                                   "2040-01-01 can be simulated) end on 2040-01-01 or earlier"});
  CHECK(
      after("2028-01-01", "2015-01-01") ==
      Lines{"s.toml:6:7: nothing is recorded before the end 2015-01-01 (recording begins on 2015-01-01) choose a later "
            "end or a shorter warm-up"});
  CHECK(
      after("warm_up_years = 3", "record_from = 2011-01-01") ==
      Lines{"s.toml:5:15: recording begins on 2011-01-01, before the start (the history begins on 2012-01-01) move one "
            "of them"});
  CHECK(after("warm_up_years = 3", "warm_up_years = 3\nrecord_from = 2014-01-01") ==
        Lines{"s.toml:5:17: both \"record_from\" and \"warm_up_years\" are given in [time] (either says when recording "
              "begins) keep one of them"});
}

TEST_CASE("an impossible date hides no problem between the other dates", "[campaign]") {
  auto places = [](std::string const& time, std::string const& more = "") {
    Lines found;
    auto const text = replaced(good_study(), "start = 2012-01-01\nwarm_up_years = 3\nend = 2028-01-01\n", time) + more;
    for (auto const& issue : check(text).issues) found.push_back(issue.substr(0, issue.find(" (")));
    return found;
  };
  Lines const no_start{"s.toml:4:9: 2012-02-30 is not a date"};
  CHECK(places("start = 2012-02-30\nrecord_from = 2015-01-01\nend = 2014-01-01\n") ==
        Lines{no_start[0], "s.toml:6:7: nothing is recorded before the end 2014-01-01"});
  CHECK(places("start = 2012-02-30\nrecord_from = 2023-01-01\nend = 2050-01-01\n") ==
        Lines{no_start[0], "s.toml:6:7: the end 2050-01-01 is out of range",
              "s.toml:16:8: lever \"membership\" begins on 2022-11-04, before recording begins"});
  CHECK(places("start = 2012-02-30\nend = 2028-01-01\n",
               "[[responses]]\nname = \"effects\"\nfrom = 2027-01-01\nto = 2029-01-01\n") ==
        Lines{no_start[0], "s.toml:19:6: the window of \"effects\" closes on 2029-01-01, after the end"});
  CHECK(places("start = 2012-01-01\nrecord_from = 2015-02-29\nend = 2011-01-01\n") ==
        Lines{"s.toml:5:15: 2015-02-29 is not a date", "s.toml:6:7: the end 2011-01-01 is not after the start"});
  CHECK(places("start = 2012-01-01\nwarm_up_years = 3\nend = 2028-13-01\n",
               "[[responses]]\nname = \"effects\"\nfrom = 2014-01-01\nto = 2013-01-01\n") ==
        Lines{"s.toml:6:7: 2028-13-01 is not a date",
              "s.toml:19:8: the window of \"effects\" opens on 2014-01-01, before recording",
              "s.toml:20:6: the window of \"effects\" is empty"});
}

TEST_CASE("levers that cannot be", "[campaign]") {
  CHECK(after("2022-11-04", "2008-05-13") ==
        Lines{"s.toml:16:8: lever \"membership\" begins on 2008-05-13, before CCDCOE "
              "existed (it was founded on 2008-05-14) choose 2008-05-14 or later"});
  CHECK(check(replaced(replaced(good_study(), "CCDCOE", "EU"), "2022-11-04", "1993-10-31")).issues ==
        Lines{"s.toml:16:8: lever \"membership\" begins on 1993-10-31, before EU existed (it was founded in 1993, and its "
              "first recorded member joined on 1993-11-01) choose 1993-11-01 or later"});
  CHECK(
      after("2022-11-04", "2014-12-31") ==
      Lines{"s.toml:16:8: lever \"membership\" begins on 2014-12-31, before recording begins (all treatments share the "
            "history until 2015-01-01) choose a later date, or an earlier start in [time]"});
  CHECK(
      after("2022-11-04", "2022-11-04\nto = 2022-11-04") ==
      Lines{
          "s.toml:17:6: lever \"membership\" ends on 2022-11-04, not after it begins (it begins on 2022-11-04) choose "
          "a later end, or remove it for no end"});
  CHECK(after("\"JPN\"", "\"Japan\"") ==
        Lines{"s.toml:13:10: unknown nation \"Japan\" (the world has 5 nations) did you mean \"JPN\" (Japan)?"});
  CHECK(after("\"JPN\"", "\"JPM\"") ==
        Lines{"s.toml:13:10: unknown nation \"JPM\" (the world has 5 nations) did you mean \"JPN\" (Japan)?"});
  CHECK(after("CCDCOE", "CDCOE") ==
        Lines{"s.toml:14:16: unknown organisation \"CDCOE\" (known: CCDCOE, EU) did you mean \"CCDCOE\"?"});
  CHECK(
      after("action = \"membership\"", "action = \"membersip\"") ==
      Lines{"s.toml:15:10: unknown action \"membersip\" (known: liaison, exercise, membership, withdrawal, attribution_policy, dissolution) did "
            "you mean \"membership\"?"});
  CHECK(check(replaced(replaced(good_study(), "CCDCOE", "EU"), "action = \"membership\"", "action = \"liaison\""))
            .issues ==
        Lines{"s.toml:15:10: EU offers no liaison (it offers membership) choose another action or organisation"});
  CHECK(
      after("action = \"membership\"", "action = \"attribution_policy\"") ==
      Lines{
          "s.toml:14:16: lever \"membership\" names an organisation (the action \"attribution_policy\" is a policy of "
          "the nation alone) remove it"});
  CHECK(after("from =", "status = \"PC\"\nfrom =") ==
        Lines{"s.toml:16:10: unknown status \"PC\" (CCDCOE knows CP, SN) did you mean \"CP\"?"});
  CHECK(check(replaced(replaced(good_study(), "action = \"membership\"", "action = \"liaison\""),
                       "from =", "status = \"CP\"\nfrom ="))
            .issues == Lines{"s.toml:16:10: lever \"membership\" has a status (only membership of an organisation with "
                             "kinds of members has one) remove it"});
  CHECK(after("action = \"membership\"", "action = \"membershp\"\nstatus = \"CP\"") ==
        Lines{"s.toml:15:10: unknown action \"membershp\" (known: liaison, exercise, membership, withdrawal, attribution_policy, dissolution) did "
              "you mean \"membership\"?"});
  CHECK(with("[[levers]]\nname = \"membership\"\nnation = \"EST\"\norganisation = \"EU\"\naction = \"membership\"\n"
             "from = 2020-01-01\n") ==
        Lines{"s.toml:18:8: repeated lever \"membership\" (names tell levers apart) choose another name"});
  CHECK(
      after("\"membership\"", "\"none\"") ==
      Lines{
          "s.toml:12:8: a lever cannot be called \"none\" (that is the treatment without levers) choose another name"});
}

TEST_CASE("a lever dated after the horizon is a placebo, not a fault", "[campaign]") {
  CHECK(after("2022-11-04", "2030-01-01") == Lines{});
  CHECK(after("2022-11-04", "2099-01-01") == Lines{});
}

TEST_CASE("factors, prior sets, mechanisms and options that name nothing or do not fit", "[campaign]") {
  auto factor_with = [](std::string const& from, std::string const& to) { return with(replaced(factor, from, to)); };
  CHECK(factor_with("detection_gain", "detection_gane") ==
        Lines{"s.toml:17:10: unknown factor \"detection_gane\" in [factors] (known: detection_gain, dwell_median, "
              "team_share) did you mean \"detection_gain\"?"});
  CHECK(
      factor_with("1.2", "2.5") ==
      Lines{
          "s.toml:18:16: factor \"detection_gain\": uniform(1, 2.5) reaches above the accepted range (accepted: 0.5 to "
          "2 [1]) move or narrow the distribution"});
  CHECK(
      factor_with("low = 1", "low = 0.4") ==
      Lines{
          "s.toml:18:16: factor \"detection_gain\": uniform(0.4, 1.2) reaches below the accepted range (accepted: 0.5 "
          "to 2 [1]) move or narrow the distribution"});
  CHECK(factor_with("low = 1", "low = 1.5") ==
        Lines{"s.toml:18:16: uniform(1.5, 1.2) is not a distribution (low must be below high) correct its numbers"});
  CHECK(
      factor_with("unit = \"1\"", "unit = \"d\"") ==
      Lines{
          "s.toml:21:8: factor \"detection_gain\" is in \"d\" (the model counts it in \"1\") convert it and write unit "
          "= \"1\""});
  CHECK(factor_with("source = \"assumed: test\"\n", "") ==
        Lines{"s.toml:17:1: missing key \"source\" in "
              "[factors.detection_gain] (it has no default) add source "
              "= \"assumed: why\""});
  CHECK(
      factor_with("\"C\"", "\"E\"") ==
      Lines{"s.toml:23:9: unknown grade \"E\" (A measured, B reported, C expert bound, D assumed) write one of \"A\", "
            "\"B\", \"C\", \"D\""});
  CHECK(
      factor_with("\"uniform\"", "\"unifrom\"") ==
      Lines{
          "s.toml:18:16: unknown distribution \"unifrom\" (known: constant, uniform, log_uniform, triangular, normal, "
          "lognormal, beta, gamma, exponential, weibull, sceptical, discrete) did you mean \"uniform\"?"});
  CHECK(
      factor_with("high = 1.2", "hi = 1.2") ==
      Lines{
          "s.toml:17:1: missing key \"high\" in [factors.detection_gain] (it has no default) add high = 1.0",
          "s.toml:20:1: unknown key \"hi\" in [factors.detection_gain] (known: distribution, low, high, unit, source, "
          "grade) remove it"});
  CHECK(with("[priors]\nset = \"flatt\"\n") ==
        Lines{"s.toml:18:7: unknown prior set \"flatt\" (known: flat, wide) did you mean \"flat\"?"});
  CHECK(with("[mechanisms]\nM4 = true\n") ==
        Lines{"s.toml:18:6: mechanism M4 cannot be switched on (this build does not "
              "have it: mechanism) write M4 = false"});
  CHECK(with("[behaviour]\nadaption = false\ncutoff = 1\n") ==
        Lines{"s.toml:18:1: unknown behaviour \"adaption\" in [behaviour] (known: adaptation, cutoff, crises) did you mean \"adaptation\"?",
              "s.toml:19:10: \"cutoff\" in [behaviour] is a whole number (true or false is needed) write it as in cutoff = true"});
  CHECK(
      with("[scenario]\nworld = \"word\"\nassets_per_sector = 0\ndisplacement = 1.5\n") ==
      Lines{
          "s.toml:18:9: unknown world \"word\" (known: world, berylia) did you mean \"world\"?",
          "s.toml:19:21: 0 is out of range for \"assets_per_sector\" in [scenario] (1 to 100000 are accepted) choose a "
          "number within them",
          "s.toml:20:16: 1.5 is out of range for \"displacement\" in [scenario] (0 to 1 are accepted) choose a number "
          "within them"});
}

TEST_CASE("what belongs to another world is named with it, and a misspelt world is taken for the nearest", "[campaign]") {
  auto in = [](std::string const& world, std::string const& text) { return check(text + "[scenario]\nworld = \"" + world + "\"\n").issues; };
  CHECK(in("berylia", replaced(replaced(good_study(), "JPN", "XBE"), "CCDCOE", "CYDEC")) == Lines{});
  CHECK(in("berylia", good_study()) ==
        Lines{"s.toml:13:10: nation \"JPN\" is not in the world \"berylia\" (Japan belongs to the world \"world\") write world = "
              "\"world\" in [scenario], or name another",
              "s.toml:14:16: organisation \"CCDCOE\" is not in the world \"berylia\" (it belongs to the world \"world\") write world = "
              "\"world\" in [scenario], or name another"});
  CHECK(check(replaced(good_study(), "seed = 7", "seed = 7\nfocal = [\"XCR\"]")).issues ==
        Lines{"s.toml:11:10: nation \"XCR\" is not in the world \"world\" (Crimsonia belongs to the world \"berylia\") write world = "
              "\"berylia\" in [scenario], or name another"});
  // One fault, one issue: nation and organisation are judged by the world that was meant.
  CHECK(in("berlyia", replaced(replaced(good_study(), "JPN", "XBE"), "CCDCOE", "CYDEC")) ==
        Lines{"s.toml:18:9: unknown world \"berlyia\" (known: world, berylia) did you mean \"berylia\"?"});
  CHECK(in("mars", good_study()) == Lines{"s.toml:18:9: unknown world \"mars\" (known: world, berylia) use a known one"});
  CHECK(in("berylia", replaced(replaced(good_study(), "JPN", "XBR"), "CCDCOE", "CYDEK")) ==
        Lines{"s.toml:13:10: unknown nation \"XBR\" (the world has 2 nations) did you mean \"XBE\" (Berylia)?",
              "s.toml:14:16: unknown organisation \"CYDEK\" (known: CYDEC) did you mean \"CYDEC\"?"});
}

TEST_CASE("an unbounded prior may leave a thousandth outside the accepted range, not more", "[campaign]") {
  auto dwell = [](double log_sd) {
    return with("[factors.dwell_median]\ndistribution = \"lognormal\"\nmedian = 100\nlog_sd = " +
                std::to_string(log_sd) + "\nunit = \"d\"\nsource = \"s\"\ngrade = \"D\"\n");
  };
  // The quantile of 0.999 is 100 exp(3.0902 s), which is 1000 at s = 0.74511.
  CHECK(dwell(0.745) == Lines{});
  CHECK(
      dwell(0.746) ==
      Lines{"s.toml:18:16: factor \"dwell_median\": more than 0.1 % of lognormal(median 100, log-sd 0.746) lies above "
            "the accepted range (accepted: 0 to 1000 [d]) move or narrow the distribution"});
  auto share = [](std::string const& numbers) {
    return with("[factors.team_share]\n" + numbers + "unit = \"1\"\nsource = \"s\"\ngrade = \"D\"\n");
  };
  CHECK(share("distribution = \"beta\"\nshape_a = 0.5\nshape_b = 9\n") == Lines{});
  CHECK(share("distribution = \"exponential\"\nmean = 0.144\n") == Lines{});  // 6.9078 means: 0.9947
  CHECK(share("distribution = \"exponential\"\nmean = 0.145\n").size() == 1);
  CHECK(share("distribution = \"normal\"\nmean = 0.5\nsd = 0.16\n") == Lines{});  // 3.0902 sd: 0.494
  CHECK(share("distribution = \"normal\"\nmean = 0.5\nsd = 0.17\n").size() == 2);
  CHECK(share("distribution = \"gamma\"\nshape = 1\nmean = 0.144\n") == Lines{});  // shape 1 is the exponential
  CHECK(share("distribution = \"gamma\"\nshape = 1\nmean = 0.145\n").size() == 1);
  CHECK(share("distribution = \"weibull\"\nshape = 1\nscale = 0.144\n") == Lines{});
  CHECK(share("distribution = \"weibull\"\nshape = 1\nscale = 0.145\n").size() == 1);
  CHECK(share("distribution = \"weibull\"\nshape = 1e300\nscale = 0.1\n").size() == 1);
}

TEST_CASE("designs that do not add up", "[campaign]") {
  auto explicit_design = [](std::string const& treatments, std::string const& reference = "never") {
    return with("[design]\nreference = \"" + reference + "\"\n" + treatments);
  };
  std::string const never = "[[treatments]]\nname = \"never\"\nlevers = []\n";
  std::string const joins = "[[treatments]]\nname = \"joins\"\nlevers = [\"membership\"]\n";
  CHECK(explicit_design(never + joins) == Lines{});
  CHECK(explicit_design(never + joins, "nevr") ==
        Lines{"s.toml:18:13: unknown reference \"nevr\" (the treatments are never, joins) did you mean \"never\"?"});
  CHECK(explicit_design(never) ==
        Lines{"s.toml:11:1: lever \"membership\" is in no treatment (it would change nothing) "
              "remove it or add it to a treatment"});
  CHECK(explicit_design(never + joins + joins) ==
        Lines{"s.toml:26:8: repeated treatment \"joins\" (names tell treatments apart) choose another name"});
  CHECK(explicit_design(never + joins + replaced(replaced(joins, "joins", "more"), "membership", "membershp")) ==
        Lines{"s.toml:27:11: unknown lever \"membershp\" (known: membership) did you mean \"membership\"?"});
  CHECK(with(never + joins) ==
        Lines{"s.toml:1:1: missing table [design] in the study (it has no default) add [design] with reference"});
  CHECK(with("[design]\ntype = \"full_factorial\"\n" + never) ==
        Lines{"s.toml:19:1: a full factorial lists no treatments (they are all combinations of the levers) remove "
              "[[treatments]], or write type = \"explicit\""});
  CHECK(with("[design]\ntype = \"factorial\"\n") ==
        Lines{"s.toml:18:8: unknown type of design \"factorial\" (known: full_factorial, explicit, fractional_factorial, one_at_a_time, leave_one_out, paired, points, file) use a known one"});
  // A misspelt type hides nothing else.
  CHECK(with("[design]\ntype = \"explict\"\nreference = \"nevr\"\n" + never).size() == 3);
  CHECK(
      with("[[levers]]\nname = \"again\"\nnation = \"JPN\"\norganisation = \"CCDCOE\"\naction = \"membership\"\n"
           "from = 2024-01-01\n") ==
      Lines{"s.toml:11:1: treatment \"membership+again\" cannot hold both \"membership\" and \"again\" (they move the "
            "same thing at the same time) keep one of them, or part their dates"});
}

TEST_CASE("a misspelt type of design hides no other problem of the design", "[campaign]") {
  CHECK(with("[design]\ntype = \"explict\"\nreference = \"nver\"\n"
             "[[treatments]]\nname = \"never\"\nlevers = \"none\"\n"
             "[[treatments]]\nname = \"never\"\nlevers = [\"x\", \"x\"]\n") ==
        Lines{"s.toml:11:1: lever \"membership\" is in no treatment (it would change nothing) remove it or add it to a "
              "treatment",
              "s.toml:18:8: unknown type of design \"explict\" (known: full_factorial, explicit, fractional_factorial, one_at_a_time, leave_one_out, paired, points, file) did you mean "
              "\"explicit\"?",
              "s.toml:19:13: unknown reference \"nver\" (the treatments are never) did you mean \"never\"?",
              "s.toml:22:10: \"levers\" in [[treatments]] is a text (an array of texts is needed) write it as in levers = "
              "[\"membership\"]",
              "s.toml:24:8: repeated treatment \"never\" (names tell treatments apart) choose another name",
              "s.toml:25:11: unknown lever \"x\" (known: membership) add it as [[levers]]",
              "s.toml:25:16: repeated \"x\" in \"levers\" (each may be named once) keep one of them"});
}

TEST_CASE("names that are repeated or missing are listed once or not at all", "[campaign]") {
  std::string const table = "[[treatments]]\nname = \"n\"\nlevers = [\"membership\"]\n";
  auto const found = with("[design]\nreference = \"x\"\n" + table + table + "[[treatments]]\nlevers = []\n");
  REQUIRE(found.size() == 3);
  CHECK(found[0] == "s.toml:18:13: unknown reference \"x\" (the treatments are n) name one of them");
}

TEST_CASE("a campaign beyond ten million replications is refused", "[campaign]") {
  auto const text = replaced(good_study(), "replications = 2", "replications = 50000");
  CHECK(check(replaced(text, "futures = 4", "futures = 100")).issues == Lines{});
  CHECK(
      check(replaced(text, "futures = 4", "futures = 101")).issues ==
      Lines{"s.toml:7:1: 10100000 replications are too many (2 treatments x 101 futures x 50000 replications; at most "
            "10000000) lower futures or replications"});
}

TEST_CASE("responses, windows and series that do not fit", "[campaign]") {
  CHECK(with("[[responses]]\nname = \"resilience_los\"\n").size() == 1);
  CHECK_THAT(
      with("[[responses]]\nname = \"resilience_los\"\n").at(0),
      Catch::StartsWith("s.toml:18:8: unknown response \"resilience_los\" (known: resilience_loss, robustness,") &&
          Catch::EndsWith("did you mean \"resilience_loss\"?"));
  CHECK(
      with("[[responses]]\nname = \"effects\"\nfrom = 2014-12-31\nto = 2028-01-02\n") ==
      Lines{
          "s.toml:19:8: the window of \"effects\" opens on 2014-12-31, before recording (recording lasts from "
          "2015-01-01 to 2028-01-01) choose a later date",
          "s.toml:20:6: the window of \"effects\" closes on 2028-01-02, after the end (recording lasts from 2015-01-01 "
          "to 2028-01-01) choose an earlier date"});
  CHECK(
      with("[[responses]]\nname = \"effects\"\nfrom = 2020-01-01\nto = 2020-01-01\n") ==
      Lines{"s.toml:20:6: the window of \"effects\" is empty (it opens on 2020-01-01 and closes on 2020-01-01) let it "
            "close later than it opens"});
  CHECK(with("[[responses]]\nname = \"effects\"\n[[responses]]\nname = \"effects\"\n") ==
        Lines{"s.toml:20:8: repeated response \"effects\" (each is measured over one window) keep one of them"});
  CHECK(with("[series]\nnames = [\"servce\"]\nfocal_step_days = 0\n") ==
        Lines{"s.toml:18:10: unknown series \"servce\" (known: service, open_incidents) did you mean \"service\"?",
              "s.toml:19:19: 0 is out of range for \"focal_step_days\" in [series] (1 to 3653 are accepted) choose a "
              "number "
              "within them"});
}

TEST_CASE("a misspelt or repeated response hides no problem of its window", "[campaign]") {
  auto const found = with("[[responses]]\nname = \"efects\"\nfrom = 2014-12-31\n"
                          "[[responses]]\nname = \"effects\"\n[[responses]]\nname = \"effects\"\nfrom = 2013-01-01\n"
                          "[[responses]]\nto = 2030-01-01\n");
  Lines places;
  for (auto const& issue : found) places.push_back(issue.substr(0, issue.find(" (")));
  CHECK(places == Lines{"s.toml:18:8: unknown response \"efects\"",
                        "s.toml:19:8: the window of \"efects\" opens on 2014-12-31, before recording",
                        "s.toml:23:8: repeated response \"effects\"",
                        "s.toml:24:8: the window of \"effects\" opens on 2013-01-01, before recording",
                        "s.toml:25:1: missing key \"name\" in [[responses]]",
                        "s.toml:26:6: the window of a response without a name closes on 2030-01-01, after the end"});
}

TEST_CASE("all problems are reported at once, in the order of the file, overrides last", "[campaign]") {
  auto text = replaced(good_study(), "futures", "futurs");
  text = replaced(text, "2012-01-01", "2012-02-30");
  text = replaced(text, "\"JPN\"", "JPN");
  text = replaced(text, "CCDCOE", "NATO");
  auto const found = check(text + "[factors.x]\n", {"campaign.replications=0"});
  std::vector<std::string> places;
  for (auto const& issue : found.issues) places.push_back(issue.substr(0, issue.find(": ")));
  CHECK(places == Lines{"s.toml:4:9", "s.toml:8:1", "s.toml:13:10", "s.toml:14:16", "s.toml:17:10",
                        "--set campaign.replications=0"});
  CHECK_FALSE(found.study);
  CHECK(found.summary.empty());
  try {
    parse_study({"s.toml", text}, {}, vocabulary());
    FAIL("a bad study was accepted");
  } catch (Error const& error) {
    std::string const message = error.what();
    CHECK(std::count(message.begin(), message.end(), '\n') == 3);
    CHECK_THAT(message, Catch::StartsWith("s.toml:4:9: 2012-02-30 is not a date"));
  }
}
