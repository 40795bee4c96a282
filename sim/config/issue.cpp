#include "sim/config/issue.hpp"

#include <algorithm>
#include <utility>

#include "sim/base/contracts.hpp"

namespace sim {
namespace {

constexpr std::size_t lines_max = 100;
constexpr std::size_t word_max = 64;  // longer words are not compared

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

Override::Override(std::string assigned, std::string from_option)
    : assignment(std::move(assigned)), option(std::move(from_option)) {}

Issues::Issues(std::string file, std::vector<Override> overrides)
    : file_(std::move(file)), overrides_(std::move(overrides)) {}

void Issues::add(Position where, std::string_view problem, std::string_view reason, std::string_view suggestion) {
  SIM_CHECK(!problem.empty() && !reason.empty() && !suggestion.empty());
  std::string text(problem);
  text.append(" (").append(reason).append(") ").append(suggestion);
  found_.push_back({where, std::move(text)});
}

std::vector<std::string> Issues::lines() const {
  auto sorted = found_;
  std::stable_sort(sorted.begin(), sorted.end(), [](auto const& a, auto const& b) { return a.where < b.where; });
  std::vector<std::string> lines;
  for (auto const& [where, text] : sorted) {
    std::string line;
    if (where.override_index >= 0) {
      line = overrides_.at(static_cast<std::size_t>(where.override_index)).typed();
      std::replace_if(
          line.begin(), line.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, '?');
    } else {
      line = file_ + ":" + std::to_string(where.line) + ":" + std::to_string(where.column);
    }
    line += ": " + text;
    if (lines.empty() || lines.back() != line) lines.push_back(std::move(line));
  }
  if (lines.size() > lines_max) {
    auto const more = lines.size() - lines_max;
    lines.resize(lines_max);
    lines.push_back("and " + std::to_string(more) + " more (the first " + std::to_string(lines_max) +
                    " are shown) mend these and check again");
  }
  return lines;
}

std::string shown(std::string_view text) {
  constexpr std::size_t most = 60;
  std::size_t length = std::min(text.size(), most);
  // Never cut a UTF-8 sequence in two.
  while (length > 0 && length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0u) == 0x80u) --length;
  std::string out = "\"";
  for (char const c : text.substr(0, length)) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
  return out + (length < text.size() ? "...\"" : "\"");
}

std::string listed(std::vector<std::string> const& names, std::size_t most) {
  std::string out;
  for (std::size_t i = 0; i < names.size() && i < most; ++i) out += (i ? ", " : "") + names[i];
  if (names.size() > most) out += ", and " + std::to_string(names.size() - most) + " more";
  return out;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      char const x = lower(a[i - 1]), y = lower(b[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (x == y ? 0 : 1)});
      if (i > 1 && j > 1 && x == lower(b[j - 2]) && lower(a[i - 2]) == y) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

std::string closest(std::string_view word, std::vector<std::string> const& candidates) {
  if (word.size() > word_max) return {};
  std::size_t best = std::max<std::size_t>(1, word.size() / 3) + 1;
  std::string nearest;
  for (auto const& candidate : candidates) {
    std::size_t const longer = std::max(word.size(), candidate.size()),
                      shorter = std::min(word.size(), candidate.size());
    if (longer - shorter >= best) continue;
    std::size_t const distance = edit_distance(word, candidate);
    if (distance >= best || distance >= candidate.size()) continue;
    best = distance;
    nearest = candidate;
  }
  return nearest;
}

std::string did_you_mean(std::string_view word, std::vector<std::string> const& candidates,
                         std::string_view otherwise) {
  auto const nearest = closest(word, candidates);
  return nearest.empty() ? std::string(otherwise) : "did you mean \"" + nearest + "\"?";
}

}  // namespace sim
