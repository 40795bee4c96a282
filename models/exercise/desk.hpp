// A team's desk with deadlines: legal advisers, media cell, strategic cell, reporters.
#pragma once

#include <array>

#include "models/exercise/camp.hpp"
#include "sim/kernel/context.hpp"

namespace exercise {

/// Takes tasks in order of arrival, drops those that are overdue. An information operation takes trust when it arrives; the
/// answer wins part of it back.
struct Desk {
  static constexpr std::string_view name = "desk";
  static constexpr std::uint32_t tray_max = 40;  // waiting tasks; one more is dropped

  /// The work on a task is done; `lost` is the trust that it took.
  struct Finish {
    Task task;
    double lost;
  };
  using Events = sim::EventList<Task, Finish>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { work, quality, count_ };
  /// A task in the tray.
  struct Waiting {
    Task task;
    double lost;
  };
  struct State {
    std::array<Waiting, tray_max> tray{};  // a ring
    std::uint32_t first = 0;
    std::uint32_t length = 0;
    std::uint32_t busy = 0;       // members of the staff
    std::uint32_t in_time = 0;    // tasks of its own
    std::uint32_t good = 0;       // of these
    std::uint32_t reserved = 0;
    double trust_lost = 0;        // share
    double trust_area = 0;        // integral of the trust lost [h]
    sim::Time last;               // change of the trust
  };

  Camp const* camp = nullptr;
  double staff = 1;
  double work_hours = 1;  // median
  double skill = 0;       // [sd]

  void init(State& state, sim::Context<Desk>& context) const { state.last = context.now(); }
  void on(Task const&, State&, sim::Context<Desk>&) const;
  void on(Finish const&, State&, sim::Context<Desk>&) const;

  /// Trust lost up to `now`, over time [h].
  static double trust_area_at(State const& state, sim::Time now);
  /// Points for a task: 1 for a good answer in time, half for a poor one.
  static double credit(State const& state) { return 0.5 * (state.in_time + state.good); }

 private:
  void begin(State&, sim::Context<Desk>&) const;
  void hand_on(Task const&, sim::Context<Desk>&) const;
  static void change_trust(State&, sim::Time now, double lost);
};

}  // namespace exercise
