#include "analysis/explain/loss_shares.hpp"

#include <algorithm>

namespace analysis {

LossShares::LossShares(std::vector<double> weights, sim::Time from, sim::Time to)
    : weights_(std::move(weights)), levels_(weights_.size(), 1), debts_(weights_.size()), from_(from), to_(to) {}

void LossShares::settle(Debt& debt, std::uint64_t incident, double weight, sim::Time at) {
  sim::Time const begin = std::max(debt.since, from_), end = std::min(at, to_);
  if (begin < end && debt.amount != 0) shares_[incident] += weight * debt.amount * sim::in_days(end - begin);
  debt.since = at;
}

void LossShares::change(sim::Time at, std::size_t part, double level, std::uint64_t incident) {
  auto& debts = debts_[part];
  if (level == 1) {
    for (auto& [whose, debt] : debts) settle(debt, whose, weights_[part], at);
    debts.clear();
  } else {
    Debt& debt = debts[incident];
    settle(debt, incident, weights_[part], at);
    debt.amount += levels_[part] - level;
  }
  levels_[part] = level;
}

std::map<std::uint64_t, double> LossShares::shares() const {
  LossShares rest = *this;
  for (std::size_t part = 0; part < rest.debts_.size(); ++part)
    for (auto& [whose, debt] : rest.debts_[part]) rest.settle(debt, whose, weights_[part], to_);
  return rest.shares_;
}

}  // namespace analysis
