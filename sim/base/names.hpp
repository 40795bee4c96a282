// Names and numbers in messages: quoted, listed, and the nearest known name for a misspelt one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sim {

/// `text` in double quotes, shortened to 60 bytes and without control characters, for messages.
std::string shown(std::string_view text);
/// A number without needless digits, at most nine significant ones, for messages: 12, 0.3, 1e+20.
std::string shown(double value);
/// "a, b, c": each name once, none for an empty one; the names beyond `most` are only counted: "a, b, and 7 more".
std::string listed(std::vector<std::string> const& names, std::size_t most = 16);
/// Insertions, deletions, replacements and swaps of neighbours that turn a into b, ignoring the case of ASCII letters.
/// Source: optimal string alignment, after Damerau, CACM 7 (1964) 171.
std::size_t edit_distance(std::string_view a, std::string_view b);
/// The candidate nearest to `word` within a third of its length (at least 1 edit), else the only one that begins with
/// `word` (at least 3 letters), else empty.
std::string closest(std::string_view word, std::vector<std::string> const& candidates);
/// "did you mean "x"?" for the nearest candidate, else `otherwise`.
std::string did_you_mean(std::string_view word, std::vector<std::string> const& candidates, std::string_view otherwise);
/// Index of the thing that `text` stands for: the only one whose name begins with it (at least 3 letters), else that of
/// the nearest name, or else of the nearest code; of a code at once for a text of at most 3 letters.
std::optional<std::size_t> closest_thing(std::string_view text, std::vector<std::string> const& codes,
                                         std::vector<std::string> const& names);

}  // namespace sim
