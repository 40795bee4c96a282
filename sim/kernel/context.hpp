// What a handler may do: read the clock, send, draw and observe; valid for one handler call.
#pragma once

#include <cstdint>
#include <cstring>

#include "sim/base/time.hpp"
#include "sim/base/type_name.hpp"
#include "sim/kernel/agent.hpp"
#include "sim/kernel/handler_output.hpp"
#include "sim/kernel/lp_block.hpp"
#include "sim/kernel/payload.hpp"
#include "sim/rng/stream.hpp"

namespace sim {

/// One handler call, without types.
struct HandlerCall {
  WorldTable const& world;
  LpBlock& lp;
  LpId self;
  EventKey key;          // of the handled event
  EventCause cause;      // of the handled event; `incident` may be set by the handler
  HandlerOutput& output;
};

/// Reasons for which a handler call is stopped; each throws, and the executor adds agent, event kind and date.
namespace refuse {
[[noreturn]] void delay_below_lookahead(Duration delay, Duration lookahead);
[[noreturn]] void delay_between_regions(WorldTable const& world, LpId from, LpId to, Duration delay);
[[noreturn]] void event_not_in_future(Duration delay);
[[noreturn]] void time_overflow(Duration delay);
[[noreturn]] void unknown_receiver(WorldTable const& world, LpId to, std::string_view type);
[[noreturn]] void not_finite(std::string_view kind);
[[noreturn]] void counter_overflow(std::string_view what);
}  // namespace refuse

/// Marks draw from purposes above this bit, so that they share no words with numbered draws.
inline constexpr std::uint32_t mark_purpose = 0x8000'0000;

/// The model author's view of the kernel.
template <class A>
class Context {
 public:
  using Draw = typename A::Draw;

  explicit Context(HandlerCall& call) : call_(call) {}
  Context(Context const&) = delete;
  Context& operator=(Context const&) = delete;

  /// Time of the handled event; the start in init.
  Time now() const { return call_.key.time; }
  /// The logical process that handles the event.
  LpRef<A> self() const { return {call_.self}; }

  /// Id of the incident that the handled event belongs to; always 0 in worlds that trace no causes, so nothing in a
  /// model may depend on it.
  std::uint64_t incident() const { return call_.cause.incident; }
  /// The id that everything sent or observed from here on in this call carries.
  void set_incident(std::uint64_t incident) {
    if (call_.world.layout.has_cause) call_.cause.incident = incident;
  }

  /// Sends an event that arrives after `delay` >= the world's lookahead, and that between the two regions, if it has any.
  template <class B, class P>
  void send(LpRef<B> to, Duration delay, P const& payload) {
    if (delay < call_.world.lookahead) [[unlikely]] refuse::delay_below_lookahead(delay, call_.world.lookahead);
    auto const index = static_cast<std::uint32_t>(to.id);
    if (index >= call_.world.lp_count || !is_of_type<B>(index)) [[unlikely]] {
      refuse::unknown_receiver(call_.world, to.id, B::name);
    }
    if (call_.world.regions != nullptr) check_way(index, delay);
    emit(to.id, delay, event_kind<B, P>(), payload);
  }

  /// Sends an event to oneself that arrives after `delay` >= one tick.
  template <class P>
  void schedule(Duration delay, P const& payload) {
    if (delay < tick) [[unlikely]] refuse::event_not_in_future(delay);
    emit(call_.self, delay, event_kind<A, P>(), payload);
  }

  /// A stream of fresh words: the n-th call for a purpose always gives the n-th stream.
  RngStream rng(Draw purpose) {
    std::uint32_t& counter = call_.lp.draws(static_cast<std::size_t>(purpose));
    if (counter == ~std::uint32_t{0}) [[unlikely]] refuse::counter_overflow("draws");
    return {call_.world.stream, call_.lp.stream_id, static_cast<std::uint32_t>(purpose), counter++};
  }

  /// The stream of (agent, purpose, subkey): a mark, drawn at one moment of a history and kept. Where it is drawn again at
  /// a later moment, see lasting_rng and rng_in.
  RngStream rng(Draw purpose, std::uint64_t subkey) {
    return {call_.world.stream, call_.lp.stream_id, mark_purpose | static_cast<std::uint32_t>(purpose), subkey};
  }

  /// The same keyed by `owner`, a stream id of its own, where any of several agents may come to handle the thing.
  RngStream rng_of(std::uint64_t owner, Draw purpose, std::uint64_t subkey) {
    return {call_.world.stream, owner, mark_purpose | static_cast<std::uint32_t>(purpose), subkey};
  }

  /// A mark that handlers draw again at later moments: the same words even if the history was split in between, after
  /// which rng(purpose, subkey) gives others.
  RngStream lasting_rng(Draw purpose, std::uint64_t subkey) {
    return {call_.world.stream.lasting(), call_.lp.stream_id, mark_purpose | static_cast<std::uint32_t>(purpose), subkey};
  }

  /// The same keyed by `owner`, as rng_of.
  RngStream lasting_rng_of(std::uint64_t owner, Draw purpose, std::uint64_t subkey) {
    return {call_.world.stream.lasting(), owner, mark_purpose | static_cast<std::uint32_t>(purpose), subkey};
  }

  /// Branch of the streams: 0 but in histories that are split or antithetic.
  std::uint32_t branch() const { return call_.world.stream.branch; }
  /// The mark that rng(purpose, subkey) gave in `branch`, for handlers that draw it again at a later moment and have kept the
  /// branch in the state.
  RngStream rng_in(std::uint32_t branch, Draw purpose, std::uint64_t subkey) {
    ReplicationStream stream = call_.world.stream;
    stream.branch = branch;
    return {stream, call_.lp.stream_id, mark_purpose | static_cast<std::uint32_t>(purpose), subkey};
  }

  /// Records a row; it reaches the RowSink if the event commits.
  template <class R>
  void observe(R const& row) {
    static_assert(check_payload<R>());
    R clean = row;
    if (!normalise(clean)) [[unlikely]] refuse::not_finite(type_name<R>());
    RowHeader const header{call_.cause.incident, row_kind<A, R>(), static_cast<std::uint32_t>(payload_size<R>)};
    std::byte* const place = call_.output.rows.append(sizeof header + header.padded_size());
    std::memcpy(place, &header, sizeof header);
    write_padded(place + sizeof header, clean);
  }

 private:
  /// In a world of one type nothing of the receiver need be looked up, which may lie far away.
  template <class B>
  bool is_of_type(std::uint32_t lp) const {
    void const* const only = call_.world.only_tag;
    return only != nullptr ? only == &agent_detail::tag<B> : call_.world.type(lp).tag == &agent_detail::tag<B>;
  }

  void check_way(std::uint32_t to, Duration delay) const {
    auto const self = static_cast<std::uint32_t>(call_.self);
    if (delay < call_.world.lookahead_between(self, to)) [[unlikely]] refuse::delay_between_regions(call_.world, call_.self, LpId{to}, delay);
  }

  template <class P>
  static void write_padded(std::byte* place, P const& value) {
    if constexpr (payload_size<P> % 8 != 0) std::memset(place + payload_size<P> / 8 * 8, 0, 8);
    if constexpr (payload_size<P> != 0) std::memcpy(place, &value, payload_size<P>);
  }

  template <class P>
  void emit(LpId to, Duration delay, std::uint16_t kind, P const& payload) {
    static_assert(check_payload<P>());
    EventHeader header{.to = to, .kind = kind, .size = static_cast<std::uint16_t>(payload_size<P>)};
    if (__builtin_add_overflow(now().ticks, delay.ticks, &header.key.time.ticks)) [[unlikely]] {
      refuse::time_overflow(delay);
    }
    P clean = payload;
    if (!normalise(clean)) [[unlikely]] refuse::not_finite(type_name<P>());
    if (call_.lp.sends == ~std::uint32_t{0}) [[unlikely]] refuse::counter_overflow("sends");
    header.key.tie = make_tie(call_.world.salt, {call_.self, ++call_.lp.sends});
    RecordLayout const layout = call_.world.layout;
    std::byte* const place = call_.output.events.append(layout.stride);
    std::memcpy(place, &header, sizeof header);
    if (layout.has_cause) {
      EventCause const cause{call_.key.tie, call_.cause.incident};
      std::memcpy(place + sizeof header, &cause, sizeof cause);
    }
    write_padded(place + layout.payload_offset, clean);
  }

  HandlerCall& call_;
};

}  // namespace sim
