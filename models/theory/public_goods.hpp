// Shared defence as a public good (Hirshleifer 1983, Varian 2004): members answer each other's efforts until nobody
// moves. Best shot: they wait for somebody else to act, and who gains most waits least (Bliss and Nalebuff 1984).
#pragma once

#include <array>

#include "models/decision/effort.hpp"
#include "models/theory/theory.hpp"
#include "sim/kernel/context.hpp"

namespace theory {

/// Reviews its effort now and then and tells the others.
struct Member {
  static constexpr std::string_view name = "member";
  static constexpr std::uint32_t members_max = 16;

  struct Review {};
  /// Another member's effort.
  struct Effort {
    double effort;
    std::uint64_t member;
  };
  using Events = sim::EventList<Review, Effort>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { gap, count_ };
  struct State {
    std::array<double, members_max> efforts{};  // as known, one's own included
    std::uint32_t reviews = 0;
  };

  decision::Sharing sharing = decision::Sharing::total;
  std::array<double, members_max> alone{};  // what each would do alone
  std::uint32_t members = 0;
  std::uint32_t index = 0;  // also its LpId less the first one's, which is 0

  /// Time for which a member of the best shot waits: shorter the more it would do alone.
  double patience() const;

  void init(State&, sim::Context<Member>&) const;
  void on(Review const&, State&, sim::Context<Member>&) const;
  void on(Effort const&, State&, sim::Context<Member>&) const;
};

Theory public_goods();

}  // namespace theory
