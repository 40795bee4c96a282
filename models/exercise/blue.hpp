// A blue team's analysts: the perimeter, the incidents in order of weight, shifts, fatigue, forensics, indicators.
#pragma once

#include <array>

#include "models/exercise/camp.hpp"
#include "sim/kernel/context.hpp"

namespace exercise {

/// One team. The most critical waiting system comes first (systems are numbered so), forensic cases after all incidents.
struct Blue {
  static constexpr std::string_view name = "blue";
  static constexpr std::size_t systems_max = 5056;     // at least the range of [systems] count
  static constexpr std::size_t indicators_max = 320;   // techniques and tools
  static constexpr std::uint32_t cases_max = 40;       // waiting forensic cases; one more is given up

  /// The next shift takes over.
  struct Shift {};
  /// What is to be found out about an incident, by when.
  struct Case {
    sim::Time due;
    std::uint32_t technique;
    std::uint32_t incident;
  };
  /// An analyst has worked on a case to the end.
  struct Solved {
    Case file;
  };
  using Events = sim::EventList<Attack, Incident, Done, Shared, Shift, Solved>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { known, case_work, case_quality, absorb, count_ };
  struct State {
    std::array<std::uint64_t, systems_max / 64> waiting{};      // incidents, by system
    std::array<std::uint64_t, indicators_max / 64> known{};     // indicators
    std::array<Case, cases_max> cases{};                        // a ring
    std::uint32_t first_case = 0;
    std::uint32_t waiting_cases = 0;
    std::uint32_t busy = 0;       // analysts
    std::uint32_t shift = 0;      // counted from the start
    sim::Time shift_began;
    std::uint32_t attacks = 0;
    std::uint32_t prevented = 0;  // attacks stopped at the perimeter
    std::uint32_t blocked = 0;    // of these by a known indicator
    std::uint32_t incidents = 0;
    std::uint32_t case_count = 0;
    std::uint32_t solved = 0;     // cases, well and in time
    std::uint32_t late_count = 0; // cases given up or finished too late
  };

  Camp const* camp = nullptr;

  void init(State&, sim::Context<Blue>&) const;
  void on(Attack const&, State&, sim::Context<Blue>&) const;
  void on(Incident const&, State&, sim::Context<Blue>&) const;
  void on(Done const&, State&, sim::Context<Blue>&) const;
  void on(Shared const&, State&, sim::Context<Blue>&) const;
  void on(Shift const&, State&, sim::Context<Blue>&) const;
  void on(Solved const&, State&, sim::Context<Blue>&) const;

  /// Analysts on duty in a shift.
  std::uint32_t crew(std::uint32_t shift) const;
  /// Speed of an analyst this long into the shift, 1 being fresh, unrehearsed and of mean skill.
  double speed_after(sim::Duration on_shift) const;

 private:
  void assign(State&, sim::Context<Blue>&) const;
  bool begin_case(State&, sim::Context<Blue>&) const;
  void learn(State&, sim::Context<Blue>&, std::uint32_t technique) const;
};

}  // namespace exercise
