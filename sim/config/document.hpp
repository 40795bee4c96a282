// Turns TOML text into nodes; goes on after a mistake where it can, so that all are reported together.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/config/node.hpp"

namespace sim {

/// Largest config that is read [bytes].
inline constexpr std::size_t config_bytes_max = 1u << 20;
/// Deepest nesting of tables, arrays and dotted keys.
inline constexpr int config_depth_max = 64;

/// Largest file that is read, whole MiB, and what to do about a larger one.
struct TextLimit {
  std::size_t bytes = config_bytes_max;
  std::string advice = "name a study, not data";
};

/// Reads a file whole; Error if it is missing, not a plain file, unreadable or larger than the limit.
std::string read_text_file(std::string const& path, TextLimit const& limit = {});

/// The document, or nothing if it is too broken to judge its keys; every mistake of the syntax is added to `issues`.
/// Repeated keys and values that cannot be read are reported and skipped. Never throws on bad text.
std::optional<Node> parse_document(std::string_view text, Issues& issues);

/// Applies issues.overrides() in order. In an array of tables a part of the path is the
/// `name` of an element or its index from 0. A key that nobody reads is found later, by the reader.
void apply_overrides(Node& root, Issues& issues);

}  // namespace sim
