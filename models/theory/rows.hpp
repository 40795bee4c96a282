// Runs a theory's world and hands the rows of its committed events to functions, by type.
#pragma once

#include <cstring>
#include <functional>
#include <span>
#include <vector>

#include "models/theory/clock.hpp"
#include "sim/kernel/executor.hpp"

namespace theory {

/// A row sink with a function per row type.
class Rows final : public sim::RowSink {
 public:
  /// Calls `act` with every committed row R of agent type A.
  template <class A, class R, class F>
  void each(F act) {
    readers_.push_back({[](sim::World const& world) { return world.agent_type_index<A>(); }, 0, sim::row_kind<A, R>(),
                        [act](std::span<std::byte const> bytes) {
                          R row;
                          std::memcpy(&row, bytes.data(), sizeof row);
                          act(row);
                        }});
  }

  /// Starts `world` and runs it until no event is left.
  void run(sim::Executor& executor, sim::World& world) { run_until(executor, world, sim::end_of_time); }

  /// Starts `world` and runs it until `end`.
  void run_until(sim::Executor& executor, sim::World& world, sim::Time end) {
    start(executor, world);
    executor.run_until(end);
  }

  /// Starts `world`; the caller runs on.
  void start(sim::Executor& executor, sim::World& world) {
    for (Reader& reader : readers_) reader.type = reader.type_in(world);
    executor.start(world, *this, sim::Time{});
  }

  void row(sim::RowKey const& key, std::span<std::byte const> bytes) override {
    for (Reader const& reader : readers_) {
      if (reader.type == key.agent_type && reader.kind == key.row_kind) reader.act(bytes);
    }
  }

 private:
  struct Reader {
    std::function<std::uint16_t(sim::World const&)> type_in;
    std::uint16_t type;
    std::uint16_t kind;
    std::function<void(std::span<std::byte const>)> act;
  };
  std::vector<Reader> readers_;
};

}  // namespace theory
