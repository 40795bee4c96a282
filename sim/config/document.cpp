#include "sim/config/document.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "sim/base/error.hpp"
#include "sim/config/recovery.hpp"
#include "sim/config/text_checks.hpp"
#include "sim/config/toml.hpp"

namespace sim {
namespace {

/// Texts that hold a masked byte are no longer what the user wrote: nobody shall judge them.
void mark_unreadable(Node& node, std::vector<int> const& masked_lines) {
  if (node.kind == Node::Kind::text &&
      std::binary_search(masked_lines.begin(), masked_lines.end(), node.where.line))
    node.kind = Node::Kind::unreadable;
  for (auto& member : node.members) mark_unreadable(member.value, masked_lines);
  for (auto& element : node.elements) mark_unreadable(element, masked_lines);
}

}  // namespace

std::string read_text_file(std::string const& path, TextLimit const& limit) {
  std::error_code failed;
  auto const status = std::filesystem::status(path, failed);
  if (status.type() == std::filesystem::file_type::not_found)
    throw Error("cannot read " + shown(path) + " (there is no such file) check the path");
  if (status.type() == std::filesystem::file_type::directory)
    throw Error("cannot read " + shown(path) + " (it is a folder) name a file in it");
  if (failed || status.type() != std::filesystem::file_type::regular)
    throw Error("cannot read " + shown(path) + " (it is not a plain file) name a plain file");
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error("cannot read " + shown(path) + " (" + std::strerror(errno) + ") check its permissions");
  std::string text(limit.bytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad()) throw Error("cannot read " + shown(path) + " (the disk reports an error) check the disk");
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.size() > limit.bytes)
    throw Error("cannot read " + shown(path) + " (it is larger than " + std::to_string(limit.bytes >> 20) + " MiB) " + limit.advice);
  return text;
}

std::optional<Node> parse_document(std::string_view text, Issues& issues) {
  if (text.size() > config_bytes_max) {
    issues.add({}, "the text is larger than 1 MiB", "no study needs that much", "shorten it");
    return {};
  }
  std::string masked(text);
  std::vector<int> masked_lines;
  for (Position const where : mask_bad_utf8(masked)) {
    issues.add(where, "this byte is not UTF-8 text", "TOML files are UTF-8 without zero bytes",
               "save the file as UTF-8");
    masked_lines.push_back(where.line);
    // A zero byte is no slip of an editor: the file is no text at all, or UTF-16.
    if (text.find('\0') != std::string_view::npos) return {};
  }
  Recovery recovery{std::move(masked)};
  for (;;) {
    if (auto const deep = first_too_deep(recovery.text(), config_depth_max)) {
      issues.add(*deep, "nested too deeply", "at most " + std::to_string(config_depth_max) + " levels are read",
                 "make it flatter");
      return {};
    }
    auto parsed = parse_toml(recovery.text());
    if (auto* root = std::get_if<Node>(&parsed)) {
      recovery.clean(*root);
      if (!masked_lines.empty()) mark_unreadable(*root, masked_lines);
      return std::move(*root);
    }
    if (!recovery.mend(std::get<TomlError>(parsed), issues)) return {};
  }
}

}  // namespace sim
