// What a study adds to history: crises of its own, and the end of an organisation.
#include <catch2/catch.hpp>

#include "tests/campaign_study/test_vocabulary.hpp"

using namespace sim;
using namespace sim::test;

namespace {

using Lines = std::vector<std::string>;

/// Issues of the good study with something appended.
Lines with(std::string const& more) { return check(good_study() + more).issues; }

}  // namespace

TEST_CASE("dissolutions that cannot be", "[campaign]") {
  std::string const good = "[[levers]]\nname = \"end\"\norganisation = \"CCDCOE\"\naction = \"dissolution\"\nfrom = 2015-01-01\n";  // lines 17 to 21
  std::string const apart = "[design]\nreference = \"none\"\n[[treatments]]\nname = \"none\"\nlevers = []\n[[treatments]]\nname = \"a\"\nlevers = [\"membership\"]\n"
                            "[[treatments]]\nname = \"b\"\nlevers = [\"end\"]\n";
  CHECK(with(good + apart) == Lines{});
  CHECK(with(good) == Lines{"s.toml:11:1: treatment \"membership+end\" cannot hold both \"membership\" and \"end\" (one of them ends the organisation of the other) keep one of "
                            "them, or part their dates"});
  CHECK(with(good + "nation = \"JPN\"\n" + apart) ==
        Lines{"s.toml:22:10: lever \"end\" names a nation (the action \"dissolution\" is of the organisation alone) remove it"});
  CHECK(with(good + "to = 2020-01-01\n" + apart) ==
        Lines{"s.toml:22:6: lever \"end\" has an end (an organisation that is dissolved does not come back) remove it"});
  CHECK(with(good + replaced(good, "\"end\"", "\"again\"") + replaced(apart, "[\"end\"]", "[\"end\", \"again\"]")).size() >= 1);
  CHECK(with(replaced(good, "CCDCOE", "EU") + apart) ==
        Lines{"s.toml:20:10: EU offers no dissolution (it offers membership) choose another action or organisation"});
}

TEST_CASE("crises that cannot be", "[campaign]") {
  std::string const good = "[[crises]]\nactor = \"RUS\"\nnation = \"EST\"\nfrom = 2026-05-20\njump = 1\n";  // lines 17 to 21
  CHECK(with(good) == Lines{});
  CHECK(with(good + "[[crises]]\nactor = \"USA\"\nnation = \"EST\"\nfrom = 2026-05-20\n") == Lines{});
  CHECK(with(good + good) == Lines{"s.toml:22:1: repeated crisis of \"RUS\" and \"EST\" (it begins on the same day) remove one of them"});
  CHECK(with(replaced(good, "RUS", "RUSS")) == Lines{"s.toml:18:9: unknown actor \"RUSS\" (known: RUS, USA) did you mean \"RUS\"?"});
  CHECK(with(replaced(replaced(good, "RUS", "USA"), "EST", "USA")) ==
        Lines{"s.toml:18:9: \"USA\" is in crisis with itself (a crisis is between two states) name another actor or nation"});
  CHECK(with(replaced(good, "EST", "ESS")) ==
        Lines{"s.toml:19:10: unknown nation \"ESS\" (the world has 5 nations) did you mean \"EST\" (Estonia)?"});
  CHECK(with(replaced(good, "2026-05-20", "2011-05-20")) ==
        Lines{"s.toml:20:8: a crisis begins on 2011-05-20, before the start (the history begins on 2012-01-01) choose a later date, or an earlier start in [time]"});
  CHECK(with(replaced(good, "2026-05-20", "2028-01-01")) ==
        Lines{"s.toml:20:8: a crisis begins on 2028-01-01, not before the end (the history ends on 2028-01-01) choose an earlier date, or remove it"});
  for (char const* const jump : {"0", "-1.0", "3.5"})
    CHECK(with(replaced(good, "jump = 1", std::string("jump = ") + jump)).size() == 1);
  CHECK(with(replaced(good, "jump = 1", "jump = 3.5")) ==
        Lines{"s.toml:21:8: 3.5 is out of range for \"jump\" in [[crises]] (above 0 to 3 is accepted) choose a number within them"});
  CHECK(with(good + "[behaviour]\ncrises = false\n") ==
        Lines{"s.toml:17:1: the study names a crisis (crises = false in [behaviour] switches all of them off) remove one of the two"});
  CHECK(check(replaced(replaced(good_study(), "JPN", "XBE"), "CCDCOE", "CYDEC") + "[scenario]\nworld = \"berylia\"\n" + replaced(good, "EST", "XCR")).issues ==
        Lines{"s.toml:19:1: the study names a crisis (no actor of the world \"berylia\" has any) remove [[crises]]"});
  CHECK(with("[[crises]]\n").size() == 3);
}
