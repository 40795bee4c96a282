// A team's services in eight sectors that depend on each other, as the green team and the users see them.
#pragma once

#include <array>

#include "models/exercise/camp.hpp"
#include "sim/kernel/context.hpp"

namespace exercise {

inline constexpr std::array sector_names{"energy",  "water",      "telecom",  "transport",
                                         "finance", "government", "military", "health"};
inline constexpr std::size_t sector_count = sector_names.size();
/// Levels of the sectors' services, 0 to 1.
using Levels = std::array<double, sector_count>;

/// Sector of a system.
constexpr std::size_t sector_of(std::uint32_t system) { return system % sector_count; }

/// What is left of each sector's service: Q_k = R_k min over providers p of (1 - D_pk (1 - Q_p)), the greatest solution, from
/// the sectors' own levels R; docs/model/odd.md 7.11, with D times `dependence`.
Levels served(Levels const& own, double dependence);

/// Knows which systems are down.
struct Services {
  static constexpr std::string_view name = "services";
  using Events = sim::EventList<Down, Up, Check, Visit>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { count_ };
  struct State {
    std::array<std::uint32_t, sector_count> down{};  // weight of systems that are down
    Levels levels{};
    double availability = 1;  // mean level, sectors weighted by their systems
    double checked = 0;       // sum of the availability at all checks
    double area = 0;          // integral of the availability [h]
    sim::Time last;           // change of the availability
    std::uint32_t checks = 0;
    std::uint32_t visits = 0;
    std::uint32_t served = 0;  // visits that found the service
  };

  Camp const* camp = nullptr;
  std::array<std::uint32_t, sector_count> weights{};  // of all systems

  void init(State&, sim::Context<Services>&) const;
  void on(Down const&, State&, sim::Context<Services>&) const;
  void on(Up const&, State&, sim::Context<Services>&) const;
  void on(Check const&, State&, sim::Context<Services>&) const;
  void on(Visit const&, State&, sim::Context<Services>&) const;

 private:
  void update(State&, sim::Time now) const;
};

/// The services of a team with all its systems.
Services make_services(Camp const& camp);

}  // namespace exercise
