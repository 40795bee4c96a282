// Event records, their strict total order, and the fair tie that makes it the same on every executor.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

#include "sim/base/time.hpp"
#include "sim/kernel/lp.hpp"
#include "sim/rng/stream.hpp"
#include "sim/rng/stream_id.hpp"

namespace sim {

/// Place of an event in the strict total order of one replication.
struct EventKey {
  Time time;
  std::uint64_t tie = 0;  // see make_tie
  friend constexpr auto operator<=>(EventKey const&, EventKey const&) = default;
};

/// Who sent an event: the n-th send of a logical process, counted from 1; 0 stands for its init.
/// External events have the sender `external_sender` and the caller's key as number.
struct EventOrigin {
  LpId sender{};
  std::uint32_t number = 0;
  friend constexpr bool operator==(EventOrigin, EventOrigin) = default;
};

/// The salt of a replication's ties. The branch is left out, so that pending events keep their places when a history
/// is split.
constexpr std::uint64_t tie_salt(ReplicationStream const& stream) {
  return mix64(mix64(stream.seed) ^ (std::uint64_t{stream.future} << 32 | stream.replication));
}

/// A number that decides between events of the same time: a bijection of the origin, salted per replication, so that
/// nobody wins by a small id.
constexpr std::uint64_t make_tie(std::uint64_t salt, EventOrigin origin) {
  return mix64((std::uint64_t{static_cast<std::uint32_t>(origin.sender)} << 32 | origin.number) ^ salt);
}

/// Inverse of make_tie.
constexpr EventOrigin tie_origin(std::uint64_t salt, std::uint64_t tie) {
  std::uint64_t word = tie ^ (tie >> 31) ^ (tie >> 62);
  word *= 0x3196'42b2'd24d'8ec3;  // inverse of 0x94d049bb133111eb modulo 2^64
  word ^= (word >> 27) ^ (word >> 54);
  word *= 0x96de'1b17'3f11'9089;  // inverse of 0xbf58476d1ce4e5b9 modulo 2^64
  word ^= (word >> 30) ^ (word >> 60);
  word ^= salt;
  return {LpId{static_cast<std::uint32_t>(word >> 32)}, static_cast<std::uint32_t>(word)};
}

/// What every event record starts with; cause (if traced) and payload follow.
struct EventHeader {
  EventKey key;
  LpId to{};
  std::uint16_t kind = 0;  // position in the receiver's Events
  std::uint16_t size = 0;  // of the payload [bytes]
};
static_assert(sizeof(EventHeader) == 24);

/// Where an event comes from, kept only in worlds that trace causes.
struct EventCause {
  std::uint64_t parent = 0;    // tie of the event whose handler sent this one; 0 for external events
  std::uint64_t incident = 0;  // inherited from the parent's handler
};

/// Shape of the records of one world, chosen when it starts.
struct RecordLayout {
  bool has_cause = false;
  std::uint16_t payload_offset = sizeof(EventHeader);
  std::uint32_t stride = sizeof(EventHeader);  // multiple of 8 [bytes]
};

/// The cause of an event; zeros where the world traces none.
inline EventCause event_cause(RecordLayout const& layout, EventHeader const& event) {
  return layout.has_cause ? *reinterpret_cast<EventCause const*>(&event + 1) : EventCause{};
}

/// The payload of an event.
inline std::byte const* event_payload(RecordLayout const& layout, EventHeader const& event) {
  return reinterpret_cast<std::byte const*>(&event) + layout.payload_offset;
}

}  // namespace sim
