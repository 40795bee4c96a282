// Cuts the text of a condition into words: numbers, dates, names, operators and parentheses.
#pragma once

#include "sim/campaign/condition.hpp"

namespace sim {

/// One word of a condition.
struct ConditionWord {
  enum class Kind : unsigned char { number, name, operation, open, close, end };
  Kind kind;
  std::size_t at;        // of its first byte in the text, from 0
  std::string_view text;  // as written, of a name without quotes
  double number = 0;
  Condition::Operation operation = Condition::Operation::number;
};

/// All words and an end; ConditionError on anything else.
std::vector<ConditionWord> condition_words(std::string_view text);

}  // namespace sim
