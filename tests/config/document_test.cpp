#include "sim/config/document.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "sim/base/error.hpp"
#include "sim/config/text_checks.hpp"

using namespace sim;

namespace {

std::vector<std::string> problems(std::string const& text) {
  Issues issues("f");
  parse_document(text, issues);
  return issues.lines();
}

Node document(std::string const& text) {
  Issues issues("f");
  auto root = parse_document(text, issues);
  REQUIRE(issues.lines().empty());
  REQUIRE(root);
  return *root;
}

std::string repeat(std::string const& text, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += text;
  return out;
}

}  // namespace

TEST_CASE("a document keeps values, places and the order of the file", "[config]") {
  Node const root = document("z = 1\na = \"t\"\n[m]\nd = 2022-11-04\nx = 0.5\nf = true\n[[l]]\nk = [1, 2]\n[[l]]\n");
  REQUIRE(root.members.size() == 4);
  CHECK(root.members[0].key == "z");
  CHECK(root.members[1].key == "a");
  CHECK(root.members[1].where == Position{-1, 2, 1});
  CHECK(find(root, "z")->integer == 1);
  CHECK(find(root, "a")->text == "t");
  CHECK(find(root, "a")->where == Position{-1, 2, 5});
  Node const& m = *find(root, "m");
  CHECK(m.where == Position{-1, 3, 1});
  CHECK(find(m, "d")->date == Date{2022, 11, 4});
  CHECK(find(m, "x")->number == 0.5);
  CHECK(find(m, "f")->flag);
  REQUIRE(find(root, "l")->elements.size() == 2);
  CHECK(find(find(root, "l")->elements[0], "k")->elements[1].integer == 2);
  CHECK(find(root, "q") == nullptr);
}

TEST_CASE("dates, times and dates with a time are told apart", "[config]") {
  Node const root = document("a = 2022-11-04\nb = 2022-11-04T00:00:00\nc = 10:00:00\nd = 2022-11-04T00:00:00Z\n");
  CHECK(find(root, "a")->kind == Node::Kind::date);
  for (char const* key : {"b", "c", "d"}) CHECK(find(root, key)->kind == Node::Kind::date_time);
}

TEST_CASE("faults of the syntax are all reported, and the rest is still read", "[config]") {
  Issues issues("f");
  auto const root = parse_document(
      "a = 2023-02-29\nb = JPN\nc = 1\nc = 2\n[t]\nx =\n[t]\ny = True\n[u]\nz = 1979-13-01 # note\nw = 08\n", issues);
  CHECK(issues.lines() ==
        std::vector<std::string>{
            "f:1:5: 2023-02-29 is not a date (February 2023 has 28 days) write a day that exists, as in 2022-11-04",
            "f:2:5: JPN is not a value (a text needs quotes) write \"JPN\"",
            "f:4:1: repeated key \"c\" (a key may stand once in a table) keep one of them",
            "f:6:4: the value is missing (nothing follows the equals sign) give a value or remove the key",
            "f:7:1: repeated table [t] (a table may be opened once, and a name stands for one thing) merge it with the "
            "first one",
            "f:8:5: True is not a value (TOML spells it in small letters) write true",
            "f:10:5: 1979-13-01 is not a date (there is no month 13) write a day that exists, as in 2022-11-04",
            "f:11:5: \"08\" cannot be read (parsing decimal integer: leading zeroes are prohibited) write a text in "
            "quotes, a number, true, false or a date as in 2022-11-04"});
  REQUIRE(root);
  CHECK(find(*root, "a")->kind == Node::Kind::unreadable);
  CHECK(find(*root, "c")->integer == 1);
  CHECK(root->members.size() == 5);
  CHECK(find(*find(*root, "u"), "z")->kind == Node::Kind::unreadable);
}

TEST_CASE("a repeated key with a value over several lines is passed over whole", "[config]") {
  Issues issues("f");
  auto const root = parse_document("a = 1\na = [1,\n2]\nb = 3\n", issues);
  CHECK(issues.lines() ==
        std::vector<std::string>{"f:2:1: repeated key \"a\" (a key may stand once in a table) keep one of them"});
  REQUIRE(root);
  CHECK(root->members.size() == 2);
}

TEST_CASE("a user's own text is never taken for the mark of an unreadable value", "[config]") {
  CHECK(find(document("a = \"__unreadable__\"\n"), "a")->kind == Node::Kind::text);
  CHECK(document("__repeated_1 = 1\n").members.size() == 1);
}

TEST_CASE("a fault that hides the rest ends the reading with its place", "[config]") {
  for (std::string const text : {"a = [1, 2\nb = 3\n", "a = \"x\nb = 1\n", "[t\n", "= 1\n", "a = \"\"\"x"}) {
    CAPTURE(text);
    Issues issues("f");
    CHECK_FALSE(parse_document(text, issues));
    CHECK_FALSE(issues.empty());
  }
  CHECK(problems("[t\n") == std::vector<std::string>{"f:1:3: this is not TOML (parsing table header: expected ']', saw "
                                                     "'\\n') mend it and check again: what follows could not be "
                                                     "judged"});
}

TEST_CASE("bytes that are not UTF-8 are refused at their place", "[config]") {
  CHECK(
      problems("a = 1\nb = \"\xff\"\n") ==
      std::vector<std::string>{"f:2:6: this byte is not UTF-8 text (TOML files are UTF-8 without zero bytes) save the "
                               "file as UTF-8"});
  for (std::string const good : {"\x7f", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEF\xBF\xBF",
                                 "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"})
    CHECK_FALSE(first_bad_utf8(good));
  // Overlong forms, surrogates, beyond U+10FFFF, lone and missing continuation bytes (RFC 3629, section 10).
  for (std::string const bad : {"\x80", "\xC0\x80", "\xC1\xBF", "\xC2", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xE2\x82",
                                "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF"})
    CHECK(first_bad_utf8("ab" + bad) == Position{-1, 1, 3});
  CHECK(first_bad_utf8(std::string("a\0b", 3)) == Position{-1, 1, 2});
}

TEST_CASE("a byte that is not UTF-8 hides no problem of other lines, and its text is not judged", "[config]") {
  Issues issues("f");
  auto const root = parse_document("a = \"\xff\xe9\" # \xff\nb = 2020-02-30\n# caf\xe9\nc = 3\n", issues);
  CHECK(issues.lines() ==
        std::vector<std::string>{
            "f:1:6: this byte is not UTF-8 text (TOML files are UTF-8 without zero bytes) save the file as UTF-8",
            "f:2:5: 2020-02-30 is not a date (February 2020 has 29 days) write a day that exists, as in 2022-11-04",
            "f:3:6: this byte is not UTF-8 text (TOML files are UTF-8 without zero bytes) save the file as UTF-8"});
  REQUIRE(root);
  CHECK(find(*root, "a")->kind == Node::Kind::unreadable);
  CHECK(find(*root, "c")->integer == 3);
  // UTF-16: said once.
  CHECK(problems(std::string("\xff\xfe" "a\0=\0\n\0" "1\0\n\0", 12)).size() == 1);
}

TEST_CASE("letters beyond ASCII are no white space, in texts, keys and where they may not stand", "[config]") {
  // One of each range of the library's table: 0xA1, 0x499, hiragana, the last plane before the byte order mark.
  for (std::string const letter :
       {"\xC2\xA1", "\xC3\xBC", "\xD2\x99", "\xE3\x81\x82", "\xE6\x97\xA5", "\xEF\xB9\xB0"}) {
    CAPTURE(letter);
    CHECK(find(document("a = \"\"\"x\\\n  " + letter + "\"\"\"\n"), "a")->text == "x" + letter);
    CHECK(document("\"" + letter + "\" = 1\n").members.at(0).key == letter);
    CHECK(problems("a = " + letter + "\n").size() == 1);
    CHECK(problems(letter + " = 1\n").size() == 1);
    CHECK(problems("a = 1" + letter + "\n").size() == 1);
    CHECK(problems("a = [1" + letter + "]\n").size() == 1);
  }
}

TEST_CASE("64 levels are read, more are refused before the library sees them", "[config]") {
  CHECK(problems("a = " + repeat("[", 64) + repeat("]", 64) + "\n").empty());
  auto const deep = "f:1:69: nested too deeply (at most 64 levels are read) make it flatter";
  CHECK(problems("a = " + repeat("[", 65) + repeat("]", 65) + "\n") == std::vector<std::string>{deep});
  CHECK(problems(repeat("a.", 63) + "a = 1\n").empty());
  CHECK(problems(repeat("a.", 64) + "a = 1\n").size() == 1);
  CHECK(problems("[" + repeat("\"=[\".", 64) + "a]\n").size() == 1);
  CHECK(problems("x = {" + repeat("a.", 100000) + "a = 1}\n").size() == 1);
  CHECK(problems("a = " + repeat("{b = ", 300000)).size() == 1);
}

TEST_CASE("dots and brackets in texts and comments are no nesting", "[config]") {
  auto const many = repeat(".[{", 100);
  CHECK(problems("# " + many + "\na = \"\\\"" + many + "\"\nb = '" + many + "'\nc = \"\"\"\n" + many + "\"\n" + many +
                 "\"\"\"\nd = '''" + many + "''''\n")
            .empty());
}

TEST_CASE("more than 1 MiB is refused", "[config]") {
  CHECK(problems("#" + std::string(config_bytes_max - 1, 'x')).empty());
  CHECK(problems("#" + std::string(config_bytes_max, 'x')) ==
        std::vector<std::string>{"f:1:1: the text is larger than 1 MiB (no study needs that much) shorten it"});
}

TEST_CASE("a file that cannot be read is an error with a reason", "[config]") {
  auto const folder = std::filesystem::temp_directory_path() / "berylia_document_test";
  std::filesystem::create_directories(folder);
  auto const file = (folder / "a.toml").string();
  std::ofstream(file) << "a = 1\n";
  CHECK(read_text_file(file) == "a = 1\n");
  std::ofstream(file) << std::string(config_bytes_max + 1, ' ');
  CHECK_THROWS_WITH(read_text_file(file), Catch::Contains("larger than 1 MiB"));
  CHECK_THROWS_WITH(read_text_file(folder.string()), Catch::Contains("(it is a folder)"));
  CHECK_THROWS_WITH(read_text_file("/dev/zero"), Catch::Contains("(it is not a plain file)"));
  CHECK_THROWS_WITH(read_text_file((folder / "none.toml").string()), Catch::Contains("(there is no such file)"));
  std::filesystem::remove_all(folder);
}
