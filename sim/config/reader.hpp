// Reads a table key by key and notes whatever is missing, mistyped, out of range or unknown; never stops at the first.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/shortest_number.hpp"
#include "sim/config/node.hpp"

namespace sim {

/// Whether a key must stand in the file, and what it looks like: shown when it is missing or mistyped.
struct KeyRule {
  std::string example;
  bool required = false;
};
inline KeyRule required(std::string example) { return {std::move(example), true}; }
inline KeyRule optional_key(std::string example) { return {std::move(example), false}; }

/// A value and where it was written.
template <class T>
struct Located {
  T value;
  Position where;
};

/// One table of a config. Every key asked for counts as known; finish() reports all others.
/// A reader without a table (missing or mistyped, reported already) is silent: it has no keys and misses none.
class TableReader {
 public:
  /// `title` names the table in messages, as "[time]"; both arguments must outlive the reader.
  TableReader(Node const* table, std::string title, Issues& issues);

  bool present() const { return table_ != nullptr; }
  /// True if `key` stands in the table, readable or not. Does not count as asking for it.
  bool has(std::string_view key) const;
  /// Where the value of `key` was written; the table's place if there is none.
  Position where(std::string_view key) const;
  /// Where the table was opened.
  Position where() const { return table_ ? table_->where : Position{}; }
  std::string const& title() const { return title_; }

  /// The value, or empty: absent, or reported.
  std::optional<std::string> text(std::string_view key, KeyRule const& rule);
  std::optional<bool> flag(std::string_view key, KeyRule const& rule);
  std::optional<Date> date(std::string_view key, KeyRule const& rule);
  /// A whole number in [minimum, maximum].
  std::optional<std::int64_t> integer(std::string_view key, KeyRule const& rule, std::int64_t minimum,
                                      std::int64_t maximum);
  /// A finite number; whole numbers are accepted. -0 becomes 0.
  std::optional<double> number(std::string_view key, KeyRule const& rule);
  /// An array of texts without repetitions.
  std::optional<std::vector<Located<std::string>>> texts(std::string_view key, KeyRule const& rule);
  /// One date, or an array of one or more.
  std::optional<std::vector<Located<Date>>> dates(std::string_view key, KeyRule const& rule);
  /// One text, or an array of one or more; repetitions are kept.
  std::optional<std::vector<Located<std::string>>> one_or_more_texts(std::string_view key, KeyRule const& rule);
  /// An array of arrays of whole numbers in [0, 1000000].
  std::optional<std::vector<Located<std::vector<int>>>> rows(std::string_view key, KeyRule const& rule);
  /// An array of finite numbers; whole numbers are accepted.
  std::optional<std::vector<Located<double>>> numbers(std::string_view key, KeyRule const& rule);
  /// An array of such arrays, each with its place.
  std::optional<std::vector<Located<std::vector<double>>>> number_rows(std::string_view key, KeyRule const& rule);
  /// The table under `key`; silent reader if absent.
  TableReader table(std::string_view key, KeyRule const& rule);
  /// The elements of the array of tables under `key`.
  std::vector<TableReader> tables(std::string_view key, KeyRule const& rule);

  /// Reports every key that was not asked for; `noun` says what it should have been, as "key" or "factor".
  void finish(std::string_view noun = "key") const;

  Issues& issues() const { return *issues_; }

 private:
  bool is_a(std::string_view key, Node::Kind kind) const;
  Node const* expect(std::string_view key, KeyRule const& rule, Node::Kind kind, std::string_view wanted);
  std::optional<double> number_in(std::string_view key, Node const& element, KeyRule const& rule, std::string_view wanted);
  void mistyped(std::string_view key, Node const& value, KeyRule const& rule, std::string_view wanted);
  Node const* list(std::string_view key, KeyRule const& rule, std::string_view wanted);

  Node const* table_;
  std::string title_;
  Issues* issues_;
  std::vector<std::string> asked_;
};

}  // namespace sim
