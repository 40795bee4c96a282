#include "analysis/report/factorial_plan.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "analysis/estimators/fraction.hpp"
#include "sim/base/names.hpp"

namespace analysis {
namespace {

constexpr unsigned alias_levers = 2, searched_levers = 3;

std::vector<std::string> lever_names(sim::ResultSchema const& schema, std::uint32_t term) {
  std::vector<std::string> names;
  for (std::size_t j = 0; j < schema.levers.size(); ++j) {
    if ((term >> j & 1U) != 0) names.push_back(schema.levers[j]);
  }
  return names;
}

/// Levers that are on at more than one level.
std::vector<std::string> varied_levers(sim::ResultSchema const& schema) {
  std::vector<std::string> names;
  for (std::size_t j = 0; j < schema.levers.size(); ++j) {
    int seen = 0;
    bool varies = false;
    for (auto const& t : schema.treatments) {
      int const level = j < t.levels.size() ? t.levels[j] : 0;
      varies = varies || (level != 0 && seen != 0 && level != seen);
      if (level != 0) seen = level;
    }
    if (varies) names.push_back(schema.levers[j]);
  }
  return names;
}

PlannedTerm planned(sim::ResultSchema const& schema, AliasSet const& set) {
  auto const& first = set.terms.front();
  PlannedTerm term{lever_names(schema, first.term), set.word, set.sign, {}};
  int const most = std::max<int>(alias_levers, std::popcount(first.term));
  for (std::size_t i = 1; i < set.terms.size(); ++i) {
    if (std::popcount(set.terms[i].term) <= most) term.aliases.push_back({lever_names(schema, set.terms[i].term), set.terms[i].sign});
  }
  return term;
}

FactorialPlan plan_fraction(sim::ResultSchema const& schema, Fraction const& fraction) {
  FactorialPlan plan{fraction.order, {}, ""};
  for (auto const& set : alias_sets(fraction, searched_levers)) plan.terms.push_back(planned(schema, set));
  plan.note = "The " + std::to_string(fraction.order.size()) + " treatments are a fraction of resolution " + std::to_string(resolution(fraction)) +
              " of the factorial of " + std::to_string(schema.levers.size()) +
              " levers: an effect is that of the term and of the terms named with it, which the design cannot tell apart.";
  std::vector<std::string> constant;
  for (std::size_t j = 0; j < schema.levers.size(); ++j) {
    if (fraction.words[j] == 0) constant.push_back(schema.levers[j]);
  }
  if (!constant.empty()) plan.note += " No effect is shown of " + sim::listed(constant) + ": it is the same in all treatments.";
  return plan;
}

}  // namespace

FactorialPlan plan_factorial(sim::ResultSchema const& schema) {
  std::vector<std::vector<int>> levels;
  for (auto const& t : schema.treatments) levels.push_back(t.levels);
  std::size_t const levers = schema.levers.size();
  if (auto order = factorial_order(levels, levers); !order.empty()) {
    FactorialPlan plan{std::move(order), {}, ""};
    for (std::uint32_t term = 1; term < plan.order.size(); ++term) plan.terms.push_back({lever_names(schema, term), term, 1, {}});
    return plan;
  }
  if (auto const fraction = regular_fraction(levels, levers)) return plan_fraction(schema, *fraction);
  bool const designed = std::any_of(levels.begin(), levels.end(), [](auto const& l) { return !l.empty(); });
  if (!designed) return {};
  auto const varied = varied_levers(schema);
  std::string const reason = varied.empty() ? "the treatments are neither a complete factorial nor a regular fraction of one"
                                            : "levers with several levels (" + sim::listed(varied) + ") have no single effect";
  return {{}, {}, "No effects of levers averaged over the others are shown: " + reason + ". The differences between treatments are."};
}

FactorialEffect signed_effect(FactorialEffect effect, int sign) {
  if (sign > 0) return effect;
  effect.effect.mean = -effect.effect.mean;
  effect.effect.lo = -effect.effect.lo;
  effect.effect.hi = -effect.effect.hi;
  std::swap(effect.effect.lo, effect.effect.hi);
  return effect;
}

}  // namespace analysis
