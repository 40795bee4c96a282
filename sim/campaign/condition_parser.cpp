#include "sim/campaign/condition_parser.hpp"

#include <algorithm>

#include "sim/base/names.hpp"

namespace sim {
namespace {

using Kind = ConditionWord::Kind;
using Operation = Condition::Operation;

bool is_comparison(Operation operation) { return operation >= Operation::less && operation <= Operation::unequal; }

}  // namespace

ConditionParser::ConditionParser(std::string_view text, std::vector<std::string> const& names, std::string const& example)
    : text_(text), names_(names), example_(example), words_(condition_words(text)) {}

std::vector<Condition::Step> ConditionParser::steps() {
  either();
  auto const& rest = words_[at_];
  if (rest.kind == Kind::close) refuse(rest.at, "a parenthesis closes that was never opened", "they come in pairs", "remove it");
  if (rest.kind != Kind::end)
    refuse(rest.at, "an operator is missing before " + shown(rest.text), "two values stand side by side",
           "write and, or, a comparison or + - * / between them");
  return std::move(steps_);
}

void ConditionParser::refuse(std::size_t at, std::string problem, std::string reason, std::string advice) const {
  throw ConditionError(text_, at, std::move(problem), std::move(reason), std::move(advice));
}

void ConditionParser::binary(Rule side, std::vector<Operation> const& operations) {
  (this->*side)();
  auto const stands_here = [&] {
    return words_[at_].kind == Kind::operation &&
           std::find(operations.begin(), operations.end(), words_[at_].operation) != operations.end();
  };
  while (stands_here()) {
    auto const operation = words_[at_++].operation;
    (this->*side)();
    push(operation);
  }
}

void ConditionParser::either() { binary(&ConditionParser::both, {Operation::either}); }
void ConditionParser::both() { binary(&ConditionParser::opposite, {Operation::both}); }
void ConditionParser::sum() { binary(&ConditionParser::product, {Operation::add, Operation::subtract}); }
void ConditionParser::product() { binary(&ConditionParser::sign, {Operation::multiply, Operation::divide}); }

void ConditionParser::nested(Rule rule, ConditionWord const& opened) {
  if (++depth_ > Condition::depth_max)
    refuse(opened.at, "the condition is nested too deeply", std::to_string(Condition::depth_max) + " levels are read",
           "write it more plainly");
  (this->*rule)();
  --depth_;
}

void ConditionParser::opposite() {
  auto const& word = words_[at_];
  if (word.kind != Kind::operation || word.operation != Operation::opposite) return comparison();
  ++at_;
  nested(&ConditionParser::opposite, word);
  push(Operation::opposite);
}

void ConditionParser::comparison() {
  sum();
  auto const compares = [&] { return words_[at_].kind == Kind::operation && is_comparison(words_[at_].operation); };
  if (!compares()) return;
  auto const operation = words_[at_++].operation;
  sum();
  push(operation);
  if (compares())
    refuse(words_[at_].at, "comparisons do not chain", shown(words_[at_].text) + " would compare 1 or 0",
           "write a < b and b < c");
}

void ConditionParser::sign() {
  auto const& word = words_[at_];
  bool const minus = word.kind == Kind::operation && word.operation == Operation::subtract;
  bool const plus = word.kind == Kind::operation && word.operation == Operation::add;
  if (!minus && !plus) return atom();
  ++at_;
  nested(&ConditionParser::sign, word);
  if (minus) push(Operation::negate);
}

void ConditionParser::atom() {
  auto const& word = words_[at_];
  if (word.kind == Kind::number) {
    steps_.push_back({Operation::number, word.number});
    ++at_;
  } else if (word.kind == Kind::name) {
    name(word);
    ++at_;
  } else if (word.kind == Kind::open) {
    ++at_;
    nested(&ConditionParser::either, word);
    if (words_[at_].kind == Kind::end) refuse(word.at, "a parenthesis is not closed", "they come in pairs", "close it");
    if (words_[at_].kind != Kind::close)
      refuse(words_[at_].at, "an operator is missing before " + shown(words_[at_].text), "two values stand side by side",
             "write and, or, a comparison or + - * / between them");
    ++at_;
  } else if (word.kind == Kind::end) {
    refuse(word.at, words_.size() == 1 ? "the condition is empty" : "the condition ends too early",
           "a name or a number is missing", "write it, as in " + example_);
  } else if (word.operation == Operation::opposite) {
    refuse(word.at, "\"not\" cannot stand here", "it binds less tightly than the operator before it",
           "put parentheses around it: (not a)");
  } else {
    refuse(word.at, "a name or a number is missing before " + shown(word.text), "nothing stands on that side of it", "write it");
  }
}

void ConditionParser::name(ConditionWord const& word) {
  auto const known = std::find(names_.begin(), names_.end(), word.text);
  if (known == names_.end())
    refuse(word.at, "unknown name " + shown(word.text), names_.empty() ? "no names are known here" : "known: " + listed(names_),
           did_you_mean(word.text, names_, "use a known one"));
  steps_.push_back({Operation::name, 0, static_cast<std::size_t>(known - names_.begin())});
}

}  // namespace sim
