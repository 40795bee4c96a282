// Philox against Random123 and NumPy, names of streams, and the words of a stream.
#include <Random123/philox.h>
#undef philox4x64  // a macro of Random123

#include <catch2/catch.hpp>

#include <set>
#include <vector>

#include "sim/rng/stream.hpp"
#include "sim/rng/stream_id.hpp"

using namespace sim;

TEST_CASE("philox_block gives Random123's known answers", "[rng]") {
  constexpr std::uint64_t ones = ~std::uint64_t{0};
  CHECK(philox_block({0, 0, 0, 0}, {0, 0}) ==
        PhiloxCounter{0x16554d9eca36314c, 0xdb20fe9d672d0fdc, 0xd7e772cee186176b, 0x7e68b68aec7ba23b});
  CHECK(philox_block({ones, ones, ones, ones}, {ones, ones}) ==
        PhiloxCounter{0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6, 0xa09caebf594f0ba0});
  CHECK(philox_block({0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x082efa98ec4e6c89},
                     {0x452821e638d01377, 0xbe5466cf34e90c6c}) ==
        PhiloxCounter{0xa528f45403e61d95, 0x38c72dbd566e9788, 0xa5a1610e72fd18b5, 0x57bd43b5e52b7fe6});
}

TEST_CASE("philox_block gives the words of numpy.random.Philox(counter=[0,7,8,9], key=[1234567,89])", "[rng]") {
  // random_raw(8); NumPy counts up before the first block.
  CHECK(philox_block({1, 7, 8, 9}, {1234567, 89}) ==
        PhiloxCounter{0xdf474f6fd623ca05, 0xe1b5aefa51ca6b41, 0xd0f523e145947248, 0x10f0f4505efdbfc5});
  CHECK(philox_block({2, 7, 8, 9}, {1234567, 89}) ==
        PhiloxCounter{0x65aae9933850b3bf, 0x4dbd7bbe76ac2acd, 0x2dd74ec13fb1bfb7, 0x073b1f70745360d});
}

TEST_CASE("philox_block equals Random123 for any counter and key", "[rng]") {
  r123::Philox4x64_R<10> const oracle;
  PhiloxCounter counter{1, 2, 3, 4};
  PhiloxKey key{5, 6};
  for (int i = 0; i < 20'000; ++i) {
    auto const expected = oracle({{counter[0], counter[1], counter[2], counter[3]}}, {{key[0], key[1]}});
    PhiloxCounter const got = philox_block(counter, key);
    REQUIRE(std::equal(got.begin(), got.end(), expected.begin()));
    key = {key[1] ^ got[0], got[1]};
    counter = got;
  }
}

TEST_CASE("a stream's words are the blocks of the counter its names make", "[rng]") {
  RngStream stream({.seed = 11, .future = 22, .replication = 33, .branch = 44}, 55, 66, 77, 88);
  for (std::uint64_t block = 88; block < 92; ++block) {
    PhiloxCounter const words =
        philox_block({block, 55, (std::uint64_t{44} << 32) | 66, 77}, {11, (std::uint64_t{22} << 32) | 33});
    for (std::uint64_t const word : words) REQUIRE(stream.bits() == word);
  }
}

TEST_CASE("streams that differ in any one name share no word", "[rng]") {
  std::vector<RngStream> streams;
  ReplicationStream const base{.seed = 1, .future = 2, .replication = 3, .branch = 0};
  auto const with = [&](auto change) {
    ReplicationStream changed = base;
    change(changed);
    return changed;
  };
  streams.emplace_back(base, 4, 5, 6);
  streams.emplace_back(with([](auto& r) { r.seed = 2; }), 4, 5, 6);
  streams.emplace_back(with([](auto& r) { r.future = 3; }), 4, 5, 6);
  streams.emplace_back(with([](auto& r) { r.replication = 4; }), 4, 5, 6);
  streams.emplace_back(with([](auto& r) { std::swap(r.future, r.replication); }), 4, 5, 6);
  streams.emplace_back(with([](auto& r) { r.branch = 1; }), 4, 5, 6);
  streams.emplace_back(base, 5, 5, 6);
  streams.emplace_back(base, 4, 6, 6);
  streams.emplace_back(base, 4, 5, 7);
  streams.emplace_back(base, 5, 4, 6);
  streams.emplace_back(base, 4, 6, 5);
  streams.emplace_back(base, 4, 5, 6, std::uint64_t{1} << 40);
  std::set<std::uint64_t> words;
  for (auto& stream : streams)
    for (int i = 0; i < 1000; ++i) words.insert(stream.bits());
  CHECK(words.size() == streams.size() * 1000);
}

TEST_CASE("neighbouring streams are uncorrelated", "[rng]") {
  // Each of the 64 x 64 pairs of bits of the first words of streams k and k + 1 agrees half of the time.
  constexpr int pairs = 20'000;
  std::vector<int> agreements(64 * 64, 0);
  ReplicationStream const replication{.seed = 9};
  std::uint64_t last = RngStream(replication, 0, 0, 0).bits();
  for (int k = 1; k <= pairs; ++k) {
    std::uint64_t const word = RngStream(replication, static_cast<std::uint64_t>(k), 0, 0).bits();
    for (int i = 0; i < 64; ++i) {
      std::uint64_t const same = ~(word ^ (last >> i | last << ((64 - i) % 64)));
      for (int j = 0; j < 64; ++j) agreements[64 * i + j] += static_cast<int>(same >> j & 1);
    }
    last = word;
  }
  // 7.1 standard deviations: p < 1e-9 for all 4096 together.
  double const bound = 7.1 * 0.5 * std::sqrt(pairs);
  for (int const count : agreements) REQUIRE(std::abs(count - pairs / 2) < bound);
}

TEST_CASE("stream_id is stable, and distinct for the names of a large world", "[rng]") {
  CHECK(stream_id("") == mix64(0xcbf29ce484222325));
  CHECK(stream_id("a") == mix64(0xaf63dc4c8601ec8c));       // FNV-1a's published test vector
  CHECK(stream_id("foobar") == mix64(0x85944171f73967e8));  // another one
  CHECK(mix64(0x9e3779b97f4a7c15) == 0xe220a8397b1dcdaf);   // first output of splitmix64 from seed 0
  static_assert(stream_id("nation/JPN") != stream_id("nation/JPM"));
  std::set<std::uint64_t> ids;
  for (int i = 0; i < 100'000; ++i) ids.insert(stream_id("asset/" + std::to_string(i)));
  CHECK(ids.size() == 100'000);
}
