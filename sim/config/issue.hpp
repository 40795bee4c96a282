// Collects everything wrong with a config so that it can be reported at once, each with its place and a suggestion.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/names.hpp"

namespace sim {

/// A place in a config: line and column from 1, or an override of the command line.
struct Position {
  int override_index = -1;  // index of the override; -1: the file
  int line = 1;
  int column = 1;
  friend constexpr auto operator<=>(Position const&, Position const&) = default;
};

/// A change of one key that the command line asks for.
struct Override {
  std::string assignment;  // "dotted.key=TOML value"
  std::string option;      // "--futures 20" where an option of its own stands for the key, else empty

  Override(std::string assigned, std::string from_option = {});
  Override(char const* assigned) : Override(std::string(assigned)) {}
  /// As the user typed it: the option, or "--set <assignment>".
  std::string typed() const { return option.empty() ? "--set " + assignment : option; }
};

/// All problems found so far, as "file:line:column: problem (reason) suggestion".
class Issues {
 public:
  /// `file` is shown before line and column, overrides as they were typed.
  explicit Issues(std::string file, std::vector<Override> overrides = {});

  /// Adds one problem; the three parts must not be empty.
  void add(Position where, std::string_view problem, std::string_view reason, std::string_view suggestion);
  bool empty() const { return found_.empty(); }
  std::size_t size() const { return found_.size(); }
  /// One line each, by position, the file before the overrides; repetitions dropped, the 101st and later only counted.
  std::vector<std::string> lines() const;
  /// The overrides of the command line.
  std::vector<Override> const& overrides() const { return overrides_; }

 private:
  struct Found {
    Position where;
    std::string text;
  };
  std::string file_;
  std::vector<Override> overrides_;
  std::vector<Found> found_;
};

}  // namespace sim
