// Final size of an epidemic (Kermack and McKendrick 1927): how many an outbreak reaches before it burns out.
#pragma once

#include "models/theory/theory.hpp"
#include "sim/kernel/context.hpp"

namespace theory {

/// Susceptible, then infectious for an exponential time of mean 1 with contacts at a constant rate, then removed.
struct Person {
  static constexpr std::string_view name = "person";

  /// An infectious contact.
  struct Contact {};
  /// The next contact to make.
  struct Meet {};
  using Events = sim::EventList<Contact, Meet>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { duration, gap, target, count_ };
  struct State {
    sim::Time recovers;
    std::uint32_t infected = 0;  // ever
  };

  double contact_rate = 0;  // R0
  std::uint32_t persons = 0;

  void init(State&, sim::Context<Person>&) const {}
  void on(Contact const&, State&, sim::Context<Person>&) const;
  void on(Meet const&, State&, sim::Context<Person>&) const;

 private:
  void infect(State&, sim::Context<Person>&) const;
  void meet_next(State const&, sim::Context<Person>&) const;
};

Theory sir();

}  // namespace theory
