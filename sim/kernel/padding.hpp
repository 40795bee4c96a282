// Bytes of a plain struct that hold no value, found when compiled.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace sim {

namespace padding_detail {

template <class T, std::size_t First, std::size_t Count>
constexpr bool read() {
  auto const bytes = std::bit_cast<std::array<unsigned char, sizeof(T)>>(T{});
  unsigned sum = 0;
  for (std::size_t i = First; i < First + Count; ++i) sum += bytes[i];
  return sum + 1 > 0;
}

/// True if bytes [First, First + Count) of T all hold values: a constant expression may read no other.
template <class T, std::size_t First, std::size_t Count>
concept HoldsValues = requires { typename std::bool_constant<read<T, First, Count>()>; };

inline constexpr std::size_t word = 8;

template <class T, std::size_t First>
void clear_word(std::byte* bytes) {
  constexpr std::size_t count = sizeof(T) - First < word ? sizeof(T) - First : word;
  if constexpr (!HoldsValues<T, First, count>) {
    auto const clear = [bytes]<std::size_t I>() {
      if constexpr (!HoldsValues<T, I, 1>) bytes[I] = std::byte{0};
    };
    [&]<std::size_t... I>(std::index_sequence<I...>) { (clear.template operator()<First + I>(), ...); }(std::make_index_sequence<count>{});
  }
}

}  // namespace padding_detail

/// Bytes of a T that hold values; T{} must be a constant without unions.
template <class T>
constexpr std::size_t value_bytes() {
  using namespace padding_detail;
  constexpr auto in_word = []<std::size_t W>() {
    constexpr std::size_t first = W * word, count = sizeof(T) - first < word ? sizeof(T) - first : word;
    if constexpr (HoldsValues<T, first, count>) return count;
    else return []<std::size_t... I>(std::index_sequence<I...>) { return (std::size_t{HoldsValues<T, first + I, 1>} + ...); }(std::make_index_sequence<count>{});
  };
  return [&]<std::size_t... W>(std::index_sequence<W...>) { return (in_word.template operator()<W>() + ...); }(std::make_index_sequence<(sizeof(T) + word - 1) / word>{});
}

/// Zeroes the padding of the T at `bytes`. T{} must be a constant without unions. The compiler's own builtin for this is not used: g++ 12's also
/// zeroes values behind the first elements of an array of structs when padding follows the array.
template <class T>
void clear_padding(std::byte* bytes) {
  using namespace padding_detail;
  if constexpr (!std::is_empty_v<T> && !HoldsValues<T, 0, sizeof(T)>) {
    static_assert(HoldsValues<T, 0, 1>, "T{} is no constant, or T holds a union: its padding cannot be told");
    [bytes]<std::size_t... W>(std::index_sequence<W...>) { (clear_word<T, W * word>(bytes), ...); }(std::make_index_sequence<(sizeof(T) + word - 1) / word>{});
  }
}

}  // namespace sim
