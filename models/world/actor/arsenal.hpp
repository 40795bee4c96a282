// An actor's tools for one platform: exploits acquired, held, used when the stakes are high enough, lost; known flaws; compromised suppliers.
#pragma once

#include "models/world/actor/tool.hpp"
#include "models/world/controls.hpp"
#include "sim/base/pool.hpp"
#include "sim/rng/stream_id.hpp"

namespace world {

/// Zero-days, the current tool for known flaws and the supplier compromised at present, of one actor on one platform (equations 4 and 5.2).
struct Arsenal {
  static constexpr std::string_view name = "arsenal";

  /// The actor wants to get in by a flaw or through a supplier; reconnaissance takes `recon_days`.
  struct Request { Operation operation; double recon_days; };
  struct Acquisition { std::uint32_t number; };
  /// A use of `tool` was discovered after `dwell_days`.
  struct Burned { std::uint32_t tool; float dwell_days; };
  struct Disclosed { std::uint32_t tool; };
  /// Somebody who received an indicator of `tool` let the actor know of it.
  struct Leaked { std::uint32_t tool; };
  using Events = sim::EventList<Request, Acquisition, Burned, Disclosed, Leaked>;

  /// An occasion to use a zero-day: the stakes, the threshold, and what was decided.
  struct Decision { double stakes, threshold; std::int32_t actor, used; };
  /// The actor learned that `tool` is known to those whom it attacks.
  struct Leak { std::int32_t actor; std::uint32_t tool; };
  using Rows = sim::RowList<Decision, Leak, Surprise>;
  enum class Draw : std::uint8_t { initial, acquisition, life, stakes, tool, disclosure, fallback, supplier, count_ };

  struct Exploit { std::uint32_t tool; float expires_day; };
  /// Tools that follow each other by a calendar that is the same in all treatments: `number` is that of the date; `variant` counts how
  /// often the tool of that time was lost before its time was over, and replaced at once.
  struct Line { std::uint32_t number, variant; float since_day, until_day; };
  struct State {
    sim::Pool<Exploit, 128> held;
    double survived, used;       // decayed counts of uses
    float decayed_day;
    std::uint32_t burned;        // zero-day that has been discovered and is not yet disclosed; 0 for none
    float known_patch_day;       // of the flaw that `known` uses
    Line known;                  // tools for known flaws
    Line supplier;               // compromised suppliers' products
    std::uint32_t found_supplier;  // the last one that was discovered while in use; 0 for none
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
  void on(Leaked const&, State&, sim::Context<Arsenal>&) const;

 private:
  bool use_zero_day(Operation&, State&, sim::Context<Arsenal>&) const;
  void use_known_flaw(Operation&, double arrival_day, State&, sim::Context<Arsenal>&) const;
  void count_use(Burned const&, State&, sim::Context<Arsenal>&) const;
  void lose(std::uint32_t tool, State&, sim::Context<Arsenal>&) const;
  bool follow(Line&, Draw lives, double median_days, sim::Context<Arsenal>&) const;
  float patch_day(Line const&, sim::Context<Arsenal>&) const;
  std::uint32_t tool_id(ToolKind, std::uint32_t number) const;
  std::uint32_t tool_id(ToolKind, Line const&) const;
};

/// Which part of a dyad holds an intrusion: by its tool's number if that is one of a calendar, so that an indicator concerns one part, by its
/// own number otherwise. Draws go by incident whatever the part, since another way in may lead to another part.
inline std::size_t part_of_tool(std::uint32_t tool, std::uint64_t incident, std::size_t parts) {
  std::uint32_t const of_date = tool & ~((tool_variants - 1) << tool_variant_shift);
  return (follows_calendar(tool) ? sim::mix64(of_date) : incident & 0x7fffffff) % parts;
}

/// Stakes from which an actor uses a zero-day that survives a use with chance `survival`: the law of Axelrod and Iliev in continuous
/// time (equations 4.2).
double use_threshold(Parameters const& parameters, double survival);

}  // namespace world
