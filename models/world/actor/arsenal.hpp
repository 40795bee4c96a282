// An actor's exploits for one platform: acquired, held, used when the stakes are high enough, lost.
#pragma once

#include "models/world/directory.hpp"
#include "sim/base/pool.hpp"
#include "sim/rng/stream_id.hpp"

namespace world {

/// Zero-days and the current tool for known flaws of one actor on one platform (equations 4 and 5.2).
struct Arsenal {
  static constexpr std::string_view name = "arsenal";

  /// The actor wants to get in by a flaw; reconnaissance takes `recon_days`.
  struct Request { Operation operation; double recon_days; };
  struct Acquisition { std::uint32_t number; };
  /// A use of `tool` was discovered after `dwell_days`.
  struct Burned { std::uint32_t tool; float dwell_days; };
  struct Disclosed { std::uint32_t tool; };
  using Events = sim::EventList<Request, Acquisition, Burned, Disclosed>;

  /// An occasion to use a zero-day: the stakes, the threshold, and what was decided.
  struct Decision { double stakes, threshold; std::int32_t actor, used; };
  using Rows = sim::RowList<Decision>;
  enum class Draw : std::uint8_t { initial, acquisition, life, stakes, tool, disclosure, fallback, count_ };

  struct Exploit { std::uint32_t tool; float expires_day; };
  struct State {
    sim::Pool<Exploit, 128> held;
    double survived, used;       // decayed counts of uses
    float decayed_day;
    std::uint32_t burned;        // zero-day that has been discovered and is not yet disclosed; 0 for none
    std::uint32_t known_number;  // current tool for known flaws
    float known_until, known_patch_day;
  };

  Directory const* directory;
  int actor;
  int platform;
  double acquisition_per_year;

  void init(State&, sim::Context<Arsenal>&) const;
  void on(Request const&, State&, sim::Context<Arsenal>&) const;
  void on(Acquisition const&, State&, sim::Context<Arsenal>&) const;
  void on(Burned const&, State&, sim::Context<Arsenal>&) const;
  void on(Disclosed const&, State&, sim::Context<Arsenal>&) const;

 private:
  bool use_zero_day(Operation&, State&, sim::Context<Arsenal>&) const;
  void use_known_flaw(Operation&, double arrival_day, State&, sim::Context<Arsenal>&) const;
  std::uint32_t tool_id(std::uint32_t number, bool known) const;
};

/// True for a tool that uses a known flaw; such tools follow from the date alone, zero-days from what happened before.
inline bool is_known_flaw(std::uint32_t tool) { return (tool >> 23 & 1) != 0; }

/// Which part of a dyad holds an intrusion: by its tool if that uses a known flaw, by its number otherwise, so that the
/// part, whose draws decide detection and effect, never depends on a treatment.
inline std::size_t part_of_tool(std::uint32_t tool, std::uint64_t incident, std::size_t parts) {
  return (is_known_flaw(tool) ? sim::mix64(tool) : incident & 0x7fffffff) % parts;
}

/// Stakes from which an actor uses a zero-day that survives a use with chance `survival`: the law of Axelrod and Iliev in continuous
/// time (equations 4.2).
double use_threshold(Parameters const& parameters, double survival);

}  // namespace world
