#include "sim/config/node.hpp"

namespace sim {

Node const* find(Node const& table, std::string_view key) {
  for (auto const& member : table.members)
    if (member.key == key) return &member.value;
  return nullptr;
}

Node* find(Node& table, std::string_view key) {
  for (auto& member : table.members)
    if (member.key == key) return &member.value;
  return nullptr;
}

std::string_view kind_name(Node::Kind kind) {
  switch (kind) {
    case Node::Kind::table:
      return "a table";
    case Node::Kind::array:
      return "an array";
    case Node::Kind::text:
      return "a text";
    case Node::Kind::integer:
    case Node::Kind::huge_integer:
      return "a whole number";
    case Node::Kind::number:
      return "a number with a fraction";
    case Node::Kind::flag:
      return "true or false";
    case Node::Kind::date:
      return "a date";
    case Node::Kind::date_time:
      return "a date with a time of day";
    case Node::Kind::unreadable:
      return "unreadable";
  }
  return "unknown";
}

}  // namespace sim
