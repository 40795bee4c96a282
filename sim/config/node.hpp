// A config file in memory: tables, arrays and values, each with the place where it was written.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/time.hpp"
#include "sim/config/issue.hpp"

namespace sim {

struct Member;

/// A value of a config; which data member holds it depends on `kind`.
struct Node {
  enum class Kind {
    table,       // members
    array,       // elements
    text,        // text
    integer,     // integer
    huge_integer,  // a whole number beyond 64 bits: text
    number,      // number; may be infinite or NaN as written
    flag,        // flag
    date,        // date
    date_time,   // a time, or a date with a time: nothing in a config needs one
    unreadable,  // an issue about it has been reported already
  };
  Kind kind = Kind::table;
  Position where;
  bool is_inline = false;  // a table written {so}, which cannot be extended by a header
  std::vector<Member> members;
  std::vector<Node> elements;
  std::string text;
  std::int64_t integer = 0;
  double number = 0;
  bool flag = false;
  Date date;
};

/// A key and its value; members stand in the order of the file.
struct Member {
  std::string key;
  Position where;  // of the key
  Node value;
};

/// The member `key` of a table, or null.
Node const* find(Node const& table, std::string_view key);
Node* find(Node& table, std::string_view key);

/// "a text", "a whole number", "an array" ...
std::string_view kind_name(Node::Kind kind);

}  // namespace sim
