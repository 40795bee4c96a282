#include "sim/base/names.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

namespace sim {
namespace {

constexpr std::size_t word_max = 64;  // longer words are not compared

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// The only name that begins with `word`, whatever the case; its index, or names.size().
std::size_t only_beginning(std::string_view word, std::vector<std::string> const& names) {
  constexpr std::size_t letters_min = 3;
  std::size_t found = names.size();
  if (word.size() < letters_min) return found;
  for (std::size_t i = 0; i < names.size(); ++i) {
    auto const beginning = std::string_view(names[i]).substr(0, word.size());
    bool const same = beginning.size() == word.size() &&
                      std::equal(word.begin(), word.end(), beginning.begin(),
                                 [](char a, char b) { return lower(a) == lower(b); });
    if (!same) continue;
    if (found != names.size()) return names.size();
    found = i;
  }
  return found;
}

}  // namespace

std::string shown(std::string_view text) {
  constexpr std::size_t most = 60;
  std::size_t length = std::min(text.size(), most);
  // Never cut a UTF-8 sequence in two.
  while (length > 0 && length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0u) == 0x80u) --length;
  std::string out = "\"";
  for (char const c : text.substr(0, length)) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
  return out + (length < text.size() ? "...\"" : "\"");
}

std::string shown(double value) {
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, value, std::chars_format::general, 9).ptr};
}

std::string listed(std::vector<std::string> const& names, std::size_t most) {
  std::string out;
  std::set<std::string_view> listed_already;
  for (auto const& name : names) {
    if (name.empty() || !listed_already.insert(name).second || listed_already.size() > most) continue;
    out += (out.empty() ? "" : ", ") + name;
  }
  if (listed_already.size() > most) out += ", and " + std::to_string(listed_already.size() - most) + " more";
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
  if (!nearest.empty()) return nearest;
  auto const begun = only_beginning(word, candidates);
  return begun < candidates.size() ? candidates[begun] : nearest;
}

std::string did_you_mean(std::string_view word, std::vector<std::string> const& candidates,
                         std::string_view otherwise) {
  auto const nearest = closest(word, candidates);
  return nearest.empty() ? std::string(otherwise) : "did you mean \"" + nearest + "\"?";
}

std::optional<std::size_t> closest_thing(std::string_view text, std::vector<std::string> const& codes,
                                         std::vector<std::string> const& names) {
  if (auto const begun = only_beginning(text, names); begun < names.size()) return begun;
  for (auto const* const candidates : {&names, &codes}) {
    if (candidates == &names && text.size() <= 3) continue;
    auto const nearest = closest(text, *candidates);
    if (nearest.empty()) continue;
    return static_cast<std::size_t>(std::find(candidates->begin(), candidates->end(), nearest) - candidates->begin());
  }
  return {};
}

}  // namespace sim
