// Investment in security (Gordon and Loeb 2002): firms weigh offers of further spending, then live through breaches.
#pragma once

#include "models/decision/investment.hpp"
#include "models/theory/theory.hpp"
#include "sim/kernel/context.hpp"

namespace theory {

/// Weighs one offer after the other, each to spend up to a level; then keeps its spending for years.
struct Firm {
  static constexpr std::string_view name = "firm";

  struct Offer {};
  struct Breach {};
  using Events = sim::EventList<Offer, Breach>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { level, breach, count_ };
  struct State {
    double accepted = 0;     // highest level accepted
    double refused = 1e300;  // lowest level refused
    double spending = 0;     // a year, once all offers are weighed
    std::uint32_t offers = 0;
    std::uint32_t breaches = 0;
    double years = 0;  // up to the breach to come
  };

  decision::Investment rule;
  std::uint32_t offers = 0;
  double years = 0;  // that it lives after the offers

  void init(State&, sim::Context<Firm>&) const;
  void on(Offer const&, State&, sim::Context<Firm>&) const;
  void on(Breach const&, State&, sim::Context<Firm>&) const;

 private:
  void await_breach(State&, sim::Context<Firm>&) const;
};

Theory gordon_loeb();

}  // namespace theory
