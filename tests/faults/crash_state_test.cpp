#include <catch2/catch.hpp>

#include <set>

#include "tests/faults/crash_state.hpp"

using namespace faults;

namespace {

// Writes a life by hand.
struct Script {
  std::vector<Event> events;

  void create(std::string const& path, std::uint64_t file) { add({.call = Call::create, .file = file}, path); }
  void make_directory(std::string const& path) { add({.call = Call::make_directory}, path); }
  void unlink(std::string const& path) { add({.call = Call::unlink}, path); }
  void rename(std::string const& from, std::string const& to) { add({.call = Call::rename}, from, to); }
  void write(std::string const& path, std::uint64_t file, std::uint64_t offset, std::string const& bytes) {
    add({.call = Call::write, .file = file, .offset = offset}, path);
    events.back().data = bytes;
  }
  void resize(std::string const& path, std::uint64_t file, std::uint64_t size) {
    add({.call = Call::resize, .file = file, .offset = size}, path);
  }
  void begin_sync(std::string const& path, std::uint64_t file) { add({.call = Call::sync_begin, .file = file}, path); }
  void end_sync(std::string const& path, std::uint64_t file, int error = 0) {
    add({.call = Call::sync_end, .error = error, .file = file}, path);
  }
  void sync(std::string const& path, std::uint64_t file) {
    begin_sync(path, file);
    end_sync(path, file);
  }

  // All different states that may be found at the end.
  std::set<Tree> states(NameOrder order, double survival, Tree const& before = {}) const {
    std::set<Tree> found;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
      found.insert(crash_state(before, events, {events.size(), survival, 0.5, order, seed}));
    }
    return found;
  }

 private:
  void add(TraceHead const& head, std::string const& path, std::string const& new_path = "") {
    events.push_back({head, path, new_path, {}});
  }
};

std::string const page(4096, 'a'), other_page(4096, 'b'), zeros(4096, '\0');

}  // namespace

TEST_CASE("what was synced, with its directory, is there after every crash", "[faults]") {
  Script script;
  script.create("x", 7);
  script.write("x", 7, 0, "old");
  script.sync("x", 7);
  script.sync("", 1);
  for (NameOrder const order : {NameOrder::as_made, NameOrder::any}) {
    CHECK((script.states(order, 0) == std::set<Tree>{{{"x", "old"}}}));
  }
}

TEST_CASE("a synced file whose name was not synced may be gone, where names have no order", "[faults]") {
  Script script;
  script.create("x", 7);
  script.write("x", 7, 0, "old");
  script.sync("x", 7);
  CHECK((script.states(NameOrder::any, 0) == std::set<Tree>{{}, {{"x", "old"}}}));
  CHECK((script.states(NameOrder::as_made, 0) == std::set<Tree>{{{"x", "old"}}}));
}

TEST_CASE("pages survive one by one, sizes come with or without them", "[faults]") {
  Script script;
  script.create("x", 7);
  script.sync("", 1);
  script.write("x", 7, 0, page + other_page);
  std::set<Tree> expected{{{"x", ""}}};
  for (auto const& first : {page, zeros}) {
    for (auto const& second : {other_page, zeros}) expected.insert({{"x", first + second}});
  }
  CHECK((script.states(NameOrder::any, 0.5) == expected));
  CHECK((script.states(NameOrder::as_made, 0) == std::set<Tree>{{{"x", ""}}, {{"x", zeros + zeros}}}));
}

TEST_CASE("a write during a sync is not covered by it, and a failed sync covers nothing", "[faults]") {
  for (int const error : {0, 5}) {
    Script script;
    script.create("x", 7);
    script.sync("", 1);
    script.write("x", 7, 0, page);
    script.begin_sync("x", 7);
    script.write("x", 7, 4096, other_page);
    script.end_sync("x", 7, error);
    bool const is_first_sure = error == 0;
    for (Tree const& tree : script.states(NameOrder::any, 0)) {
      std::string const& bytes = tree.at("x");
      CHECK((bytes.substr(0, 4096) == page) == is_first_sure);
      CHECK((bytes.size() <= 4096 || bytes.substr(4096) == zeros));
    }
  }
}

TEST_CASE("a page overwritten after a sync is as at the sync or as after a later write", "[faults]") {
  Script script;
  script.create("x", 7);
  script.write("x", 7, 0, "aaaa");
  script.sync("x", 7);
  script.sync("", 1);
  script.write("x", 7, 1, "b");
  script.write("x", 7, 2, "c");
  CHECK((script.states(NameOrder::any, 0.5) == std::set<Tree>{{{"x", "aaaa"}}, {{"x", "abaa"}}, {{"x", "abca"}}}));
}

TEST_CASE("what is cut off does not come back when the file grows again", "[faults]") {
  Script script;
  script.resize("x", 7, 2);
  script.sync("x", 7);
  script.write("x", 7, 2, "new");
  CHECK((script.states(NameOrder::as_made, 0, {{"x", "secret"}}) ==
         std::set<Tree>{{{"x", "se"}}, {{"x", std::string("se\0\0\0", 5)}}}));
}

TEST_CASE("a rename without a sync of the file may leave zeros under the new name", "[faults]") {
  Script script;
  script.create("x.tmp", 7);
  script.write("x.tmp", 7, 0, "whole");
  script.rename("x.tmp", "x");
  script.sync("", 1);
  auto const states = script.states(NameOrder::as_made, 0);
  CHECK(states.contains({{"x", std::string(5, '\0')}}));
  for (Tree const& tree : states) CHECK((tree.size() == 1 && tree.contains("x")));
}

TEST_CASE("names survive as a prefix, or each by itself", "[faults]") {
  Script script;
  script.make_directory("d");
  script.sync("", 1);
  script.create("d/a", 7);
  script.create("d/b", 8);
  script.unlink("d/a");
  Tree const none{{"d/", ""}}, a{{"d/", ""}, {"d/a", ""}}, both{{"d/", ""}, {"d/a", ""}, {"d/b", ""}},
      b{{"d/", ""}, {"d/b", ""}};
  CHECK((script.states(NameOrder::as_made, 0) == std::set<Tree>{none, a, both, b}));
  CHECK((script.states(NameOrder::any, 0) == std::set<Tree>{none, a, both, b}));
  script.create("d/c", 9);
  script.unlink("d/b");
  // Gone: b; there: a, whose removal came before.
  Tree const reordered{{"d/", ""}, {"d/a", ""}, {"d/c", ""}};
  CHECK_FALSE(script.states(NameOrder::as_made, 0).contains(reordered));
  CHECK(script.states(NameOrder::any, 0).contains(reordered));
}
