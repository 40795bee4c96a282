// Visits the members of a plain struct (aggregate reflection by structured bindings, up to 16 members).
#pragma once

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace sim::members {

inline constexpr std::size_t count_max = 16;

/// Stands for a member of any type while members are counted.
template <class Owner>
struct Anything {
  template <class T>
    requires(!std::is_same_v<T, Owner>)
  constexpr operator T() const noexcept;
};

template <class T, std::size_t>
using AnythingAt = Anything<T>;

template <class T, std::size_t... I>
constexpr bool has_at_least(std::index_sequence<I...>) {
  return requires { T{AnythingAt<T, I>{}...}; };
}

/// Number of members of an aggregate without C arrays and base classes.
template <class T, std::size_t N = 0>
constexpr std::size_t count() {
  if constexpr (std::is_empty_v<T>) {
    return 0;
  } else if constexpr (N <= count_max && has_at_least<T>(std::make_index_sequence<N + 1>{})) {
    return count<T, N + 1>();
  } else {
    return N;
  }
}

/// References to all members of `v`, in order.
template <class T>
constexpr auto tie(T& v) {
  constexpr std::size_t n = count<std::remove_const_t<T>>();
  static_assert(n <= count_max, "a payload or row has at most 16 members; put some into a nested struct");
  // clang-format off
  if constexpr (n == 0) { return std::tuple<>(); }
  else if constexpr (n == 1) { auto& [a] = v; return std::tie(a); }
  else if constexpr (n == 2) { auto& [a, b] = v; return std::tie(a, b); }
  else if constexpr (n == 3) { auto& [a, b, c] = v; return std::tie(a, b, c); }
  else if constexpr (n == 4) { auto& [a, b, c, d] = v; return std::tie(a, b, c, d); }
  else if constexpr (n == 5) { auto& [a, b, c, d, e] = v; return std::tie(a, b, c, d, e); }
  else if constexpr (n == 6) { auto& [a, b, c, d, e, f] = v; return std::tie(a, b, c, d, e, f); }
  else if constexpr (n == 7) { auto& [a, b, c, d, e, f, g] = v; return std::tie(a, b, c, d, e, f, g); }
  else if constexpr (n == 8) { auto& [a, b, c, d, e, f, g, h] = v; return std::tie(a, b, c, d, e, f, g, h); }
  else if constexpr (n == 9) { auto& [a, b, c, d, e, f, g, h, i] = v; return std::tie(a, b, c, d, e, f, g, h, i); }
  else if constexpr (n == 10) {
    auto& [a, b, c, d, e, f, g, h, i, j] = v; return std::tie(a, b, c, d, e, f, g, h, i, j);
  } else if constexpr (n == 11) {
    auto& [a, b, c, d, e, f, g, h, i, j, k] = v; return std::tie(a, b, c, d, e, f, g, h, i, j, k);
  } else if constexpr (n == 12) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l] = v; return std::tie(a, b, c, d, e, f, g, h, i, j, k, l);
  } else if constexpr (n == 13) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m] = v; return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m);
  } else if constexpr (n == 14) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, o] = v; return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, o);
  } else if constexpr (n == 15) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, o, p] = v;
    return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, o, p);
  } else {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q] = v;
    return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q);
  }
  // clang-format on
}

}  // namespace sim::members
