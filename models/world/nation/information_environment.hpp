// A nation's public: what trust it has lost to effects and to information operations around them, and how it comes back.
#pragma once

#include "models/world/directory.hpp"

namespace world {

/// Trust on the logit scale falls with every known effect, more with an information operation; time and counter-messages
/// bring it back (equations 15). An outcome only: nobody's decisions depend on it.
struct InformationEnvironment {
  static constexpr std::string_view name = "information_environment";

  /// A campaign's effect has become known.
  struct Shock { std::uint64_t incident; std::uint64_t severity; };
  /// The government answers a shock of `drop` logits on `day`.
  struct CounterMessage { std::uint64_t incident; double drop, day; };
  /// A crisis with another state begins: an information operation without an effect.
  struct Pulse { std::uint64_t number; };
  using Events = sim::EventList<Shock, CounterMessage, RelationChange, Pulse>;

  /// Trust lies `deficit` logits below normal from now on, and recovers exponentially. `operation`: 1 if an information
  /// operation came with the effect, 0 if not, -1 for a counter-message.
  struct Trust { double deficit; std::int32_t nation, operation; };
  using Rows = sim::RowList<Trust>;
  enum class Draw : std::uint8_t { operation, answer, count_ };

  struct State {
    double deficit;  // at `day` [logit]
    double day;
    Relations relations;
  };

  Directory const* directory;
  int index;

  void init(State&, sim::Context<InformationEnvironment>&) const;
  void on(Shock const&, State&, sim::Context<InformationEnvironment>&) const;
  void on(CounterMessage const&, State&, sim::Context<InformationEnvironment>&) const;
  void on(RelationChange const&, State&, sim::Context<InformationEnvironment>&) const;
  void on(Pulse const&, State&, sim::Context<InformationEnvironment>&) const;

 private:
  struct Fall { std::uint64_t incident; double drop; bool operation; };  // `drop` before partnership
  void fall(Fall const&, State&, sim::Context<InformationEnvironment>&) const;
  double remaining(double amount, double days) const;
};

/// Drop of trust [logit] by an information operation alone, before partnership: what it adds to an effect of severity 2.
double operation_drop(Parameters const& parameters);

/// Drop of trust [logit] by an effect of that severity, before partnership (equations 15.2).
double trust_drop(Parameters const& parameters, int severity, bool with_operation);

}  // namespace world
