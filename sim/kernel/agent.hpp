// What an agent type is: the lists it declares, the concept it meets, and the table the kernel runs it by.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

namespace sim {

/// The payload types an agent handles; their positions are the event kinds.
template <class... Ps>
struct EventList {
  static constexpr std::size_t size = sizeof...(Ps);
};

/// The row types an agent records; their positions are the row kinds.
template <class... Rs>
struct RowList {
  static constexpr std::size_t size = sizeof...(Rs);
};

/// Largest state of an agent [bytes].
inline constexpr std::size_t state_size_max = 4096;

/// Const parameters, plain-data state, typed handlers `void on(P const&, State&, Context<A>&) const`.
template <class A>
concept Agent = std::is_trivially_copyable_v<typename A::State> && std::is_default_constructible_v<typename A::State> &&
                sizeof(typename A::State) <= state_size_max && alignof(typename A::State) <= 16 &&
                std::is_enum_v<typename A::Draw> && requires {
                  typename A::Events;
                  typename A::Rows;
                  A::Draw::count_;
                  { A::name } -> std::convertible_to<std::string_view>;
                };

namespace agent_detail {

template <class List>
struct Position;
template <template <class...> class List, class... Ts>
struct Position<List<Ts...>> {
  /// Position of T in the list; the list's length if it is not there.
  template <class T>
  static constexpr std::size_t of() {
    std::size_t at = 0;
    (void)((std::is_same_v<T, Ts> ? false : (++at, true)) && ...);
    return at;
  }
};

/// Its address stands for agent type A.
template <class A>
inline constexpr char tag{};

}  // namespace agent_detail

/// Position of payload P among the events of A.
template <class A, class P>
constexpr std::uint16_t event_kind() {
  constexpr std::size_t at = agent_detail::Position<typename A::Events>::template of<P>();
  static_assert(at < A::Events::size, "the receiver's Events do not list this payload");
  return static_cast<std::uint16_t>(at);
}

/// Position of row R among the rows of A.
template <class A, class R>
constexpr std::uint16_t row_kind() {
  constexpr std::size_t at = agent_detail::Position<typename A::Rows>::template of<R>();
  static_assert(at < A::Rows::size, "the agent's Rows do not list this row");
  return static_cast<std::uint16_t>(at);
}

/// Number of purposes for which A draws.
template <class A>
inline constexpr std::size_t draw_count = static_cast<std::size_t>(A::Draw::count_);

struct HandlerCall;

/// One kind of event of an agent type.
struct EventKind {
  std::string_view name;
  std::uint16_t size = 0;  // of the payload [bytes]
  void (*handle)(void const* agent, std::byte* state, std::byte const* payload, HandlerCall& call) = nullptr;
};

/// One kind of row of an agent type.
struct RowKind {
  std::string_view name;
  std::uint16_t size = 0;  // [bytes]
};

/// All the kernel knows of an agent type: run-time data, so that the kernel is compiled once.
struct AgentType {
  void const* tag = nullptr;  // the same for the same A
  std::string_view name;
  std::uint32_t agent_size = 0;    // parameters [bytes]
  std::uint32_t state_offset = 0;  // within the LP's block [bytes]
  std::uint32_t state_size = 0;    // [bytes]
  std::uint32_t draw_count = 0;
  std::span<EventKind const> events;
  std::span<RowKind const> rows;
  void (*construct)(std::byte* state) = nullptr;  // State{} in zeroed memory
  void (*init)(void const* agent, std::byte* state, HandlerCall& call) = nullptr;
  void (*clear_padding)(std::byte* state) = nullptr;  // zeroes bytes without a value, so that states can be compared
};

}  // namespace sim
