#include <charconv>

#include "sim/config/document.hpp"
#include "sim/config/text_checks.hpp"
#include "sim/config/toml.hpp"
#include "sim/config/value_advice.hpp"

namespace sim {
namespace {

constexpr char const* form = "write key=value, as in campaign.futures=20";

void relocate(Node& node, Position where) {
  node.where = where;
  for (auto& member : node.members) {
    member.where = where;
    relocate(member.value, where);
  }
  for (auto& element : node.elements) relocate(element, where);
}

/// The dotted parts of `path`; empty if one of them is empty.
std::vector<std::string> parts_of(std::string_view path) {
  std::vector<std::string> parts;
  for (;;) {
    auto const dot = path.find('.');
    parts.emplace_back(path.substr(0, dot));
    if (parts.back().empty()) return {};
    if (dot == std::string_view::npos) return parts;
    path.remove_prefix(dot + 1);
  }
}

/// Element of an array of tables by its `name` or index; null if there is none.
Node* element_of(Node& array, std::string const& part) {
  for (auto& element : array.elements)
    if (Node const* name = find(element, "name"); name && name->kind == Node::Kind::text && name->text == part)
      return &element;
  std::size_t index = 0;
  auto const [end, failed] = std::from_chars(part.data(), part.data() + part.size(), index);
  if (failed != std::errc() || end != part.data() + part.size() || index >= array.elements.size()) return nullptr;
  return &array.elements[index];
}

std::vector<std::string> names_in(Node const& array) {
  std::vector<std::string> names;
  for (auto const& element : array.elements)
    if (Node const* name = find(element, "name"); name && name->kind == Node::Kind::text) names.push_back(name->text);
  return names;
}

/// The table that holds the last part of the path, made where it is missing; null after an issue.
Node* holder(Node& root, std::vector<std::string> const& parts, Position where, Issues& issues) {
  Node* at = &root;
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    if (at->kind == Node::Kind::array) {
      Node* const element = element_of(*at, parts[i]);
      if (!element) {
        auto const names = names_in(*at);
        issues.add(where, "no element " + shown(parts[i]) + " in " + shown(parts[i - 1]),
                   names.empty() ? "its elements have no names" : "there are " + listed(names),
                   did_you_mean(parts[i], names, "use a name, or an index from 0"));
        return nullptr;
      }
      at = element;
    } else if (at->kind == Node::Kind::table) {
      Node* child = find(*at, parts[i]);
      if (!child) {
        at->members.push_back({parts[i], where, {}});
        child = &at->members.back().value;
        child->where = where;
      }
      at = child;
    } else {
      break;
    }
  }
  if (at->kind == Node::Kind::table) return at;
  issues.add(where, shown(parts.back()) + " cannot be set here",
             "the path leads into " + std::string(kind_name(at->kind)), "check the path");
  return nullptr;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

Node text_node(Node::Kind kind, std::string_view text, Position where) {
  Node node;
  node.kind = kind;
  node.where = where;
  node.text = text;
  return node;
}

/// `is_option`: an option of its own stands for the key, whose values need no quotes.
std::optional<Node> value_of(std::string_view text, bool is_option, Position where, Issues& issues) {
  std::string const line = "value = " + std::string(text);
  bool const is_line = text.find_first_of("\n\r") == std::string_view::npos && line.size() <= config_bytes_max;
  if (is_line && !first_bad_utf8(line) && !first_too_deep(line, config_depth_max)) {
    auto parsed = parse_toml(line);
    if (auto* root = std::get_if<Node>(&parsed)) {
      Node value = std::move(root->members.front().value);
      relocate(value, where);
      return value;
    }
    if (auto const bare = trimmed(text); is_huge_integer(bare)) {
      return text_node(Node::Kind::huge_integer, bare, where);
    } else if (auto const advice = bare.empty() ? std::nullopt : plain_advice(bare)) {
      issues.add(where, advice->problem, advice->reason, advice->suggestion);
      return {};
    }
  }
  if (is_option) return text_node(Node::Kind::text, text, where);
  issues.add(where, shown(text) + " is not a TOML value", "texts need quotes, dates look like 2022-11-04",
             "if it is a text, write '" + shown(text) + "' with both kinds of quotes");
  return {};
}

}  // namespace

void apply_overrides(Node& root, Issues& issues) {
  auto const& overrides = issues.overrides();
  for (std::size_t i = 0; i < overrides.size(); ++i) {
    Position const where{static_cast<int>(i), 1, 1};
    std::string_view const assignment = overrides[i].assignment;
    auto const equals = assignment.find('=');
    if (equals == std::string_view::npos) {
      issues.add(where, "there is no equals sign", "an override is a key and its value", form);
      continue;
    }
    auto const path = trimmed(assignment.substr(0, equals));
    auto const parts = parts_of(path);
    if (parts.empty() || parts.size() > static_cast<std::size_t>(config_depth_max) || first_bad_utf8(path)) {
      issues.add(where, "the key is not a dotted path", "its parts are names with a dot between them", form);
      continue;
    }
    auto value = value_of(assignment.substr(equals + 1), !overrides[i].option.empty(), where, issues);
    Node* const table = holder(root, parts, where, issues);
    if (!value || !table) continue;
    if (Node* const old = find(*table, parts.back()))
      *old = std::move(*value);
    else
      table->members.push_back({parts.back(), where, std::move(*value)});
  }
}

}  // namespace sim
