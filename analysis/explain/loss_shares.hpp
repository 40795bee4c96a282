// Whose doing a loss of service is: every change of a level is put down to the incident that made it.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "sim/base/time.hpp"

namespace analysis {

/// The integral over time of what parts of a system lack, divided among incidents. Each change of a part's level belongs to the incident that made
/// it, so that the shares of all incidents (0 stands for none) sum to the whole loss at any time and over any window. A part that is whole again
/// owes nothing to anybody: what overlapping outages put down to one incident and took from another is forgotten then.
class LossShares {
 public:
  /// `weights` of the parts, counted within [from, to).
  LossShares(std::vector<double> weights, sim::Time from, sim::Time to);
  /// The level of `part` is `level` (0 to 1) from `at` on, by the doing of `incident`. Times do not fall.
  void change(sim::Time at, std::size_t part, double level, std::uint64_t incident);
  /// Loss by incident [part-weights x days], up to `to`.
  std::map<std::uint64_t, double> shares() const;

 private:
  struct Debt { double amount = 0; sim::Time since; };
  void settle(Debt&, std::uint64_t incident, double weight, sim::Time at);

  std::vector<double> weights_, levels_;
  std::vector<std::map<std::uint64_t, Debt>> debts_;  // [part] what incidents have taken and not brought back
  std::map<std::uint64_t, double> shares_;
  sim::Time from_, to_;
};

}  // namespace analysis
