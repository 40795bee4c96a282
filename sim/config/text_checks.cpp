#include "sim/config/text_checks.hpp"

#include <algorithm>
#include <cstdint>

namespace sim {
namespace {

/// Length of the valid UTF-8 sequence at `at`, 0 if there is none (RFC 3629, table of section 4).
std::size_t sequence_length(std::string_view text, std::size_t at) {
  auto byte = [&](std::size_t i) -> unsigned {
    return at + i < text.size() ? static_cast<std::uint8_t>(text[at + i]) : 0u;
  };
  auto tail = [&](std::size_t i) { return (byte(i) & 0xC0u) == 0x80u; };
  unsigned const first = byte(0), next = byte(1);
  if (first == 0) return 0;
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return tail(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    if (!tail(1) || !tail(2) || (first == 0xE0 && next < 0xA0) || (first == 0xED && next > 0x9F)) return 0;
    return 3;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    if (!tail(1) || !tail(2) || !tail(3) || (first == 0xF0 && next < 0x90) || (first == 0xF4 && next > 0x8F)) return 0;
    return 4;
  }
  return 0;
}

/// Place of byte `at`; columns count bytes.
Position position_of(std::string_view text, std::size_t at) {
  Position where;
  for (std::size_t i = 0; i < at; ++i) {
    if (text[i] == '\n') {
      ++where.line;
      where.column = 1;
    } else {
      ++where.column;
    }
  }
  return where;
}

/// Index just after the string that opens at `at`; an unclosed one ends with its line, or with the text if multi-line.
std::size_t after_string(std::string_view text, std::size_t at) {
  char const quote = text[at];
  bool const multi_line = text.substr(at, 3) == std::string_view(quote == '"' ? "\"\"\"" : "'''");
  std::size_t i = at + (multi_line ? 3 : 1);
  for (; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (!multi_line) return i + 1;
      if (text.substr(i, 3) != std::string_view(quote == '"' ? "\"\"\"" : "'''")) continue;
      i += 3;
      // Up to two quotes may stand before the closing three.
      for (int extra = 0; extra < 2 && i < text.size() && text[i] == quote; ++extra) ++i;
      return i;
    } else if (text[i] == '\n' && !multi_line) {
      return i;
    }
  }
  return text.size();
}

}  // namespace

std::optional<Position> first_bad_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    std::size_t const length = sequence_length(text, i);
    if (length == 0) return position_of(text, i);
    i += length;
  }
  return {};
}

std::vector<Position> mask_bad_utf8(std::string& text) {
  std::vector<Position> found;
  Position at;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t length = sequence_length(text, i);
    if (length == 0) {
      if (found.empty() || found.back().line != at.line) found.push_back(at);
      text[i] = '_';
      length = 1;
    }
    bool const ends_line = text[i] == '\n';
    at = ends_line ? Position{-1, at.line + 1, 1} : Position{-1, at.line, at.column + static_cast<int>(length)};
    i += length;
  }
  return found;
}

std::optional<Position> first_too_deep(std::string_view text, int depth_max) {
  int open = 0, dots = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    switch (text[i]) {
      case '#':
        while (i + 1 < text.size() && text[i + 1] != '\n') ++i;
        break;
      case '"':
      case '\'':
        i = after_string(text, i) - 1;
        break;
      case '[':
      case '{':
        ++open;
        dots = 0;
        break;
      case ']':
      case '}':
        open = std::max(0, open - 1);
        dots = 0;
        break;
      case '=':
      case ',':
      case '\n':
        dots = 0;
        break;
      case '.':
        ++dots;
        break;
      default:
        break;
    }
    if (open > depth_max || dots >= depth_max) return position_of(text, i);
  }
  return {};
}

}  // namespace sim
