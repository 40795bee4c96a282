// Padding is told from values wherever it lies, so that clearing it never changes a value.
#include <catch2/catch.hpp>

#include <cstdint>
#include <cstring>
#include <set>

#include "sim/base/pool.hpp"
#include "sim/kernel/padding.hpp"

namespace {

/// Offsets that clear_padding zeroes.
template <class T>
std::set<std::size_t> cleared() {
  alignas(16) std::byte bytes[sizeof(T)];
  std::memset(bytes, 0xff, sizeof bytes);
  sim::clear_padding<T>(bytes);
  std::set<std::size_t> offsets;
  for (std::size_t i = 0; i < sizeof bytes; ++i)
    if (bytes[i] != std::byte{0xff}) offsets.insert(i);
  return offsets;
}

struct Pair {
  std::uint32_t a = 0;
  float b = 0;
};
struct Gap {
  char a = 0;
  std::int32_t b = 0;
};
struct Full {
  Pair pairs[20] = {};
  double d = 0;
};
struct AfterArray {
  Pair pairs[20] = {};
  double d = 0;
  std::uint32_t u = 0;
};
struct InArray {
  Gap gaps[20] = {};
  char last = 0;
};
struct AfterPool {
  sim::Pool<Pair, 128> pool;
  std::uint16_t u = 0;
};
struct Nothing {};

}  // namespace

TEST_CASE("clearing padding leaves every value, behind arrays of structs too", "[kernel][padding]") {
  CHECK(cleared<Pair>().empty());
  CHECK(cleared<Full>().empty());
  CHECK(cleared<Nothing>().empty());
  CHECK(cleared<Gap>() == std::set<std::size_t>{1, 2, 3});
  CHECK(cleared<AfterArray>() == std::set<std::size_t>{172, 173, 174, 175});
  std::set<std::size_t> gaps;
  for (std::size_t i = 0; i < 20; ++i)
    for (std::size_t k : {1, 2, 3}) gaps.insert(8 * i + k);
  for (std::size_t k : {161, 162, 163}) gaps.insert(k);
  CHECK(cleared<InArray>() == gaps);
  std::set<std::size_t> const pool = cleared<AfterPool>();
  CHECK(pool.size() == sizeof(AfterPool) - 16 - 128 * 8 - sizeof(std::size_t) - 2);
  CHECK(*pool.begin() >= 16 + 128 * 8);
  CHECK(sim::value_bytes<Gap>() == sizeof(Gap) - 3);
  CHECK(sim::value_bytes<AfterArray>() == sizeof(AfterArray) - 4);
  CHECK(sim::value_bytes<InArray>() == sizeof(InArray) - 63);
  CHECK(sim::value_bytes<Full>() == sizeof(Full));
}
