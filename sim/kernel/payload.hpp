// What may travel in an event or a row: plain values without padding, doubles finite and never -0.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>

#include "sim/kernel/members.hpp"

namespace sim {

namespace payload_detail {

template <class T>
inline constexpr bool is_array = false;
template <class T, std::size_t N>
inline constexpr bool is_array<std::array<T, N>> = true;

/// Bytes of T that carry a value; less than sizeof(T) if T has padding.
template <class T>
constexpr std::size_t value_bytes() {
  if constexpr (std::is_empty_v<T>) {
    return 0;
  } else if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
    static_assert(!std::is_same_v<T, long double>, "long double has padding");
    return sizeof(T);
  } else if constexpr (is_array<T>) {
    return std::tuple_size_v<T> * value_bytes<typename T::value_type>();
  } else {
    static_assert(!std::is_pointer_v<T>, "a payload holds no pointers");
    static_assert(std::is_aggregate_v<T>, "a payload is a struct of numbers, enums, std::array and such structs");
    return []<class... Members>(std::type_identity<std::tuple<Members&...>>) {
      return (std::size_t{0} + ... + value_bytes<Members>());
    }(std::type_identity<decltype(members::tie(std::declval<T&>()))>{});
  }
}

template <class T>
constexpr bool has_floating_point() {
  if constexpr (std::is_floating_point_v<T>) {
    return true;
  } else if constexpr (std::is_empty_v<T> || std::is_arithmetic_v<T> || std::is_enum_v<T>) {
    return false;
  } else if constexpr (is_array<T>) {
    return has_floating_point<typename T::value_type>();
  } else {
    return []<class... Members>(std::type_identity<std::tuple<Members&...>>) {
      return (false || ... || has_floating_point<Members>());
    }(std::type_identity<decltype(members::tie(std::declval<T&>()))>{});
  }
}

}  // namespace payload_detail

/// Bytes of P in an event record; 0 for an empty struct.
template <class P>
inline constexpr std::size_t payload_size = std::is_empty_v<P> ? 0 : sizeof(P);

/// Checks P at compile time; true if it compiles.
template <class P>
consteval bool check_payload() {
  static_assert(std::is_trivially_copyable_v<P>, "a payload is trivially copyable");
  static_assert(alignof(P) <= 8, "a payload is aligned to at most 8 bytes");
  static_assert(sizeof(P) <= 512, "a payload or row has at most 512 bytes");
  static_assert(payload_detail::value_bytes<P>() == payload_size<P>,
                "a payload has no padding: order its members by size or add explicit ones");
  return true;
}

/// Turns -0 into 0; false if a number is infinite or NaN.
template <class T>
constexpr bool normalise(T& value) {
  if constexpr (std::is_floating_point_v<T>) {
    value += T{0};
    return value - value == T{0};
  } else if constexpr (!payload_detail::has_floating_point<T>()) {
    return true;
  } else if constexpr (payload_detail::is_array<T>) {
    bool finite = true;
    for (auto& item : value) finite &= normalise(item);
    return finite;
  } else {
    return std::apply([](auto&... each) { return (true & ... & static_cast<int>(normalise(each))) != 0; },
                      members::tie(value));
  }
}

}  // namespace sim
