#include <catch2/catch.hpp>

#include "sim/config/document.hpp"

using namespace sim;

namespace {

struct Applied {
  Node root;
  std::vector<std::string> issues;
};

Applied apply(std::string const& text, std::vector<Override> const& overrides) {
  Issues issues("f", overrides);
  auto root = parse_document(text, issues);
  REQUIRE(root);
  apply_overrides(*root, issues);
  return {*root, issues.lines()};
}

std::string const text = "a = 1\n[t]\nb = 2\n[[l]]\nname = \"x\"\nc = 3\n[[l]]\nname = \"y\"\n";

}  // namespace

TEST_CASE("an override replaces, adds and makes tables, the last one counts", "[config]") {
  auto const [root, issues] = apply(text, {"a=5", "a = 6", "t.n=\"s\"", "new.deep.d=2020-01-01", "l.y.c=7", "l.0.c=8"});
  CHECK(issues.empty());
  CHECK(find(root, "a")->integer == 6);
  CHECK(find(root, "a")->where == Position{1, 1, 1});
  CHECK(find(*find(root, "t"), "n")->text == "s");
  CHECK(find(*find(root, "t"), "b")->integer == 2);
  CHECK(find(*find(*find(root, "new"), "deep"), "d")->date == Date{2020, 1, 1});
  CHECK(find(find(root, "l")->elements[1], "c")->integer == 7);
  CHECK(find(find(root, "l")->elements[0], "c")->integer == 8);
}

TEST_CASE("each fault of an override is reported with the override as its place", "[config]") {
  auto const issues =
      apply(text, {"a", "=1", "t..b=1", "a=wide", "a.b=1", "l.z.c=1", "l=[", "a=1\nb=2", "a=", "a=\xff"}).issues;
  auto const quotes = [](std::string const& value) {
    return " is not a TOML value (texts need quotes, dates look like 2022-11-04) if it is a text, write '\"" + value +
           "\"' with both kinds of quotes";
  };
  CHECK(issues ==
        std::vector<std::string>{
            "--set a: there is no equals sign (an override is a key and its value) write key=value, as in "
            "campaign.futures=20",
            "--set =1: the key is not a dotted path (its parts are names with a dot between them) write key=value, as "
            "in campaign.futures=20",
            "--set t..b=1: the key is not a dotted path (its parts are names with a dot between them) write key=value, "
            "as in campaign.futures=20",
            "--set a=wide: \"wide\"" + quotes("wide"),
            "--set a.b=1: \"b\" cannot be set here (the path leads into a "
            "whole number) check the path",
            "--set l.z.c=1: no element \"z\" in \"l\" (there are x, y) use a name, or an index from 0",
            "--set l=[: \"[\"" + quotes("["), "--set a=1?b=2: \"1?b=2\"" + quotes("1?b=2"),
            "--set a=: \"\"" + quotes(""), "--set a=\xff: \"\xff\"" + quotes("\xff")});
}

TEST_CASE("a value of an override that is no text gets no advice for texts", "[config]") {
  CHECK(apply(text, {"a=2020-02-30", "a=1979-13-01", "a=True"}).issues ==
        std::vector<std::string>{
            "--set a=2020-02-30: 2020-02-30 is not a date (February 2020 has 29 days) write a day that exists, as in "
            "2022-11-04",
            "--set a=1979-13-01: 1979-13-01 is not a date (there is no month 13) write a day that exists, as in "
            "2022-11-04",
            "--set a=True: True is not a value (TOML spells it in small letters) write true"});
}

TEST_CASE("an override that an option stands for is shown as the option", "[config]") {
  Override const option("t.b.c=1", "--c 1");
  CHECK(apply(text, {option}).issues ==
        std::vector<std::string>{"--c 1: \"c\" cannot be set here (the path leads into a whole number) check the path"});
}

TEST_CASE("a value of an option that is not TOML is a text, for the reader to judge", "[config]") {
  Override const option("a=abc", "--a abc");
  auto const [root, issues] = apply(text, {option});
  CHECK(issues.empty());
  CHECK(find(root, "a")->kind == Node::Kind::text);
  CHECK(find(root, "a")->text == "abc");
}

TEST_CASE("an override whose value holds a second key is refused", "[config]") {
  CHECK(apply(text, {"a=1\r\nseed=2"}).issues.size() == 1);
  CHECK(apply(text, {"a=1 # seed=2"}).issues.empty());
}
