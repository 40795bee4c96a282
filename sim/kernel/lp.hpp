// Names of logical processes: untyped ids and references that know which events their target handles.
#pragma once

#include <cstdint>
#include <limits>

namespace sim {

/// Position of a logical process in its world, counted from 0 in order of addition.
enum class LpId : std::uint32_t {};

/// Sender of the events that come from outside the world (interventions); never the id of a logical process.
inline constexpr LpId external_sender{std::numeric_limits<std::uint32_t>::max()};

/// A logical process whose agent is of type A: only events that A handles can be sent to it.
template <class A>
struct LpRef {
  LpId id{};
  friend constexpr bool operator==(LpRef, LpRef) = default;
};

}  // namespace sim
