#include "sim/config/toml.hpp"

#include <algorithm>

// The library's assertions abort on malformed text, and become undefined behaviour with NDEBUG; here they do nothing.
#undef NDEBUG
#define TOML_ASSERT(condition) static_cast<void>(0)
#define TOML_MAX_NESTED_VALUES 64
#define TOML_EXCEPTIONS 1
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

namespace sim {
namespace {

Position position(toml::source_region const& source) {
  return {-1, std::max(1, static_cast<int>(source.begin.line)), std::max(1, static_cast<int>(source.begin.column))};
}

Node convert(toml::node const& from);

void convert_table(toml::table const& from, Node& to) {
  to.kind = Node::Kind::table;
  to.is_inline = from.is_inline();
  for (auto const& [key, value] : from)
    to.members.push_back({std::string(key.str()), position(key.source()), convert(value)});
  // The library sorts by key; readers want the order of the file.
  std::stable_sort(to.members.begin(), to.members.end(),
                   [](Member const& a, Member const& b) { return a.where < b.where; });
}

void convert_date(toml::date const& from, Node& to) {
  to.kind = Node::Kind::date;
  to.date = {from.year, from.month, from.day};
}

Node convert(toml::node const& from) {
  Node to;
  to.where = position(from.source());
  if (auto const* table = from.as_table()) {
    convert_table(*table, to);
  } else if (auto const* array = from.as_array()) {
    to.kind = Node::Kind::array;
    for (auto const& element : *array) to.elements.push_back(convert(element));
  } else if (auto const* text = from.as_string()) {
    to.kind = Node::Kind::text;
    to.text = text->get();
  } else if (auto const* integer = from.as_integer()) {
    to.kind = Node::Kind::integer;
    to.integer = integer->get();
  } else if (auto const* number = from.as_floating_point()) {
    to.kind = Node::Kind::number;
    to.number = number->get();
  } else if (auto const* flag = from.as_boolean()) {
    to.kind = Node::Kind::flag;
    to.flag = flag->get();
  } else if (auto const* date = from.as_date()) {
    convert_date(date->get(), to);
  } else {
    to.kind = Node::Kind::date_time;
  }
  return to;
}

}  // namespace

std::variant<Node, TomlError> parse_toml(std::string_view text) {
  try {
    Node root;
    convert_table(toml::parse(text), root);
    return root;
  } catch (toml::parse_error const& error) {
    return TomlError{position(error.source()), std::string(error.description())};
  }
}

}  // namespace sim
