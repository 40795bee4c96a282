// Counts the heap allocations of a run; a program of its own, because it replaces operator new.
#include <atomic>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <new>

#include "sim/exec/executors.hpp"
#include "tests/exec/variants.hpp"
#include "tests/exec/gossip.hpp"

namespace {

std::atomic<std::uint64_t> allocations{0};

void* counted(std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  void* const memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

void* operator new(std::size_t size) { return counted(size); }
void* operator new[](std::size_t size) { return counted(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

TEST_CASE("allocations are counted", "[exec][allocation]") {
  std::uint64_t const before = allocations;
  auto* const one = new int(1);
  REQUIRE(allocations == before + 1);
  delete one;
}

TEST_CASE("nothing is allocated per event in steady state", "[exec][allocation]") {
  for (auto const& name : variants::names()) {
    if (name.ends_with("-far")) continue;  // holds the whole run in memory, by design
    for (sim::Duration const longest : {sim::Duration{3}, sim::second}) {
      INFO(name);
      sim::World world = gossip::build({.people = 500, .lookahead = sim::Duration{2}, .longest_wake = longest});
      sim::NoRows rows;
      auto const executor = variants::make(name);
      executor->start(world, rows, sim::Time{});
      executor->run_until(sim::Time{} + longest * 60);
      std::uint64_t const events_before = executor->statistics().events;
      std::uint64_t const before = allocations;
      executor->run_until(sim::Time{} + longest * 150);
      std::uint64_t const after = allocations;
      REQUIRE(executor->statistics().events - events_before > 40'000);
      // Several workers share the work as it comes, and an optimistic window is found by trying: their buffers still grow
      // now and then.
      bool const is_shared = name.find('/') != name.npos && !name.ends_with("/1") && !name.ends_with("-tick") && !name.ends_with("-little");
      REQUIRE(after - before <= (is_shared ? executor->execution().handled / 2000 : 0));
    }
  }
}
