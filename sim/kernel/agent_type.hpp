// Makes the kernel's table of an agent type from its C++ type.
#pragma once

#include <algorithm>
#include <array>
#include <new>

#include "sim/base/type_name.hpp"
#include "sim/kernel/context.hpp"
#include "sim/kernel/padding.hpp"

namespace sim {

namespace agent_detail {

template <class A, class P>
void handle(void const* agent, std::byte* state, std::byte const* payload, HandlerCall& call) {
  Context<A> context(call);
  auto& typed_state = *reinterpret_cast<typename A::State*>(state);
  if constexpr (std::is_empty_v<P>) {
    static_cast<A const*>(agent)->on(P{}, typed_state, context);
  } else {
    static_cast<A const*>(agent)->on(*reinterpret_cast<P const*>(payload), typed_state, context);
  }
}

template <class A>
void init(void const* agent, std::byte* state, HandlerCall& call) {
  Context<A> context(call);
  static_cast<A const*>(agent)->init(*reinterpret_cast<typename A::State*>(state), context);
}

template <class A>
void construct(std::byte* state) {
  ::new (static_cast<void*>(state)) typename A::State{};
}

template <class A, class List>
struct Kinds;
template <class A, class... Ps>
struct Kinds<A, EventList<Ps...>> {
  static_assert((true && ... && check_payload<Ps>()));
  static constexpr std::array<EventKind, sizeof...(Ps)> all{
      EventKind{type_name<Ps>(), static_cast<std::uint16_t>(payload_size<Ps>), &handle<A, Ps>}...};
};
template <class A, class... Rs>
struct Kinds<A, RowList<Rs...>> {
  static_assert((true && ... && check_payload<Rs>()));
  static constexpr std::array<RowKind, sizeof...(Rs)> all{
      RowKind{type_name<Rs>(), static_cast<std::uint16_t>(payload_size<Rs>)}...};
};

template <class A>
constexpr std::uint32_t state_offset() {
  std::size_t const alignment = std::max<std::size_t>(8, alignof(typename A::State));
  std::size_t const used = lp_draws_offset + draw_count<A> * sizeof(std::uint32_t);
  return static_cast<std::uint32_t>((used + alignment - 1) / alignment * alignment);
}

}  // namespace agent_detail

/// The kernel's table of agent type A.
template <Agent A>
inline constexpr AgentType agent_type{
    .tag = &agent_detail::tag<A>,
    .name = A::name,
    .agent_size = std::is_empty_v<A> ? 0 : sizeof(A),
    .state_offset = agent_detail::state_offset<A>(),
    .state_size = sizeof(typename A::State),
    .draw_count = draw_count<A>,
    .events = agent_detail::Kinds<A, typename A::Events>::all,
    .rows = agent_detail::Kinds<A, typename A::Rows>::all,
    .construct = &agent_detail::construct<A>,
    .init = &agent_detail::init<A>,
    .clear_padding = &clear_padding<typename A::State>,
};

}  // namespace sim
