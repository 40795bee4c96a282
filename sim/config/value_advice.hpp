// What to say of a value that the TOML library refused, in a file or on the command line.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sim {

/// The three parts of an issue.
struct ValueAdvice {
  std::string problem, reason, suggestion;
};

/// True for the letters, digits, _ and - that a key needs no quotes for.
bool is_bare(char c);

/// True for a decimal whole number of TOML that does not fit into 64 bits.
bool is_huge_integer(std::string_view value);

/// The library's "Error while parsing X: Y" as one short line.
std::string shortened(std::string_view description);

/// Advice on a day that does not exist, a value that is missing, and misspelt true and false; nothing for the rest.
std::optional<ValueAdvice> plain_advice(std::string_view value);

/// Advice on any value in a file; `description` is what the library said of it.
ValueAdvice value_advice(std::string_view value, std::string_view description);

}  // namespace sim
