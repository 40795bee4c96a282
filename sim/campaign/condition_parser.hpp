// Parses the text of a condition into steps of a stack machine, by recursive descent.
#pragma once

#include "sim/campaign/condition_words.hpp"

namespace sim {

/// One pass over one text.
class ConditionParser {
 public:
  ConditionParser(std::string_view text, std::vector<std::string> const& names, std::string const& example);
  /// The steps in postfix order; ConditionError.
  std::vector<Condition::Step> steps();

 private:
  using Rule = void (ConditionParser::*)();
  void either();
  void both();
  void opposite();
  void comparison();
  void sum();
  void product();
  void sign();
  void atom();
  void nested(Rule rule, ConditionWord const& opened);
  void binary(Rule side, std::vector<Condition::Operation> const& operations);
  void name(ConditionWord const& word);
  void push(Condition::Operation operation) { steps_.push_back({operation}); }
  [[noreturn]] void refuse(std::size_t at, std::string problem, std::string reason, std::string advice) const;

  std::string_view text_;
  std::vector<std::string> const& names_;
  std::string const& example_;
  std::vector<ConditionWord> words_;  // the last one is the end
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::vector<Condition::Step> steps_;
};

}  // namespace sim
