// Numbers and names as a reader expects them in a sentence.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "analysis/estimators/mean.hpp"

namespace analysis {

/// Three significant digits, thousands separated, large numbers in words, small ones with an exponent: "0.0123", "1,230", "4.56 million",
/// "1.2e-05"; "unknown" for NaN.
std::string number(double value);
/// With its sign: "+1.2", "-3", "0".
std::string signed_number(double value);
/// "a to b", signed.
std::string range(double lo, double hi);
/// A share as a percentage: "61 %", "2.3 %".
std::string percent(double share);
/// The number with its unit spelt out: 2, "d" -> "2 days"; "1" and "share" add nothing.
std::string amount(double value, std::string const& unit);
/// The unit alone with a leading blank, or nothing for a pure number.
std::string unit_words(std::string const& unit);
/// "resilience_loss" -> "resilience loss".
std::string phrase(std::string name);
/// "1 future", "2 futures", "8,000 histories".
std::string count_of(std::size_t n, std::string const& singular, std::string const& plural);
/// "a", "a and b", "a, b and c".
std::string enumeration(std::vector<std::string> const& items);
/// Pads or cuts UTF-8 text to `width` columns.
std::string column(std::string const& text, std::size_t width, bool right = false);

}  // namespace analysis
