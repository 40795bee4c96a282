// Counts what the world's rows say, for tests that need more than the responses of a study.
#pragma once

#include <array>
#include <cstring>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "models/world/setting.hpp"
#include "sim/exec/executors.hpp"
#include "tests/models_world/studies.hpp"

namespace world::test {

/// Calls a function for every committed row of chosen kinds.
class Census final : public sim::RowSink {
 public:
  explicit Census(sim::World const& world) : world_(world) {}

  /// `heard` is called as heard(key, row) for every R that an A records.
  template <class A, class R, class F>
  void listen(F heard) {
    listeners_.push_back(
        {world_.agent_type_index<A>(), sim::row_kind<A, R>(), [heard](sim::RowKey const& key, std::byte const* bytes) {
           R row;
           std::memcpy(&row, bytes, sizeof row);
           heard(key, row);
         }});
  }
  void row(sim::RowKey const& key, std::span<std::byte const> bytes) override {
    for (Listener const& listener : listeners_)
      if (listener.type == key.agent_type && listener.kind == key.row_kind) listener.heard(key, bytes.data());
  }

 private:
  struct Listener {
    std::uint16_t type, kind;
    std::function<void(sim::RowKey const&, std::byte const*)> heard;
  };
  sim::World const& world_;
  std::vector<Listener> listeners_;
};

/// The setting of one future of a study without controlled relations, made as its scenario makes it.
std::unique_ptr<Setting> setting_of(SmallStudy const& study, Atlas const& atlas, std::uint32_t future);

/// Every logical process of type A with its state.
template <class A, class F>
void for_each_agent(sim::World const& world, F visit) {
  for (std::uint32_t lp = 0; lp < world.lp_count(); ++lp)
    if (world.type(sim::LpId{lp}).name == A::name) {
      sim::LpRef<A> const ref{sim::LpId{lp}};
      visit(world.agent(ref), world.state(ref));
    }
}

}  // namespace world::test
