// Builds the agents of one replication: the same logical processes with the same ids in every treatment.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/world/directory.hpp"
#include "models/world/infrastructure/inoperability.hpp"
#include "sim/rng/stream_id.hpp"

namespace world {

/// Names and stream ids of all logical processes of a future, in the order in which they are built.
class Roster {
 public:
  /// Adds a logical process of type A.
  template <class A>
  void enter(std::string_view instance) {
    text_.append(A::name).append("/");
    std::size_t const from = text_.size() - A::name.size() - 1;
    text_.append(instance);
    stream_ids_.push_back(sim::stream_id(std::string_view(text_).substr(from)));
    // Only the instance is kept.
    text_.erase(from, A::name.size() + 1);
    ends_.push_back(text_.size());
  }
  void reserve(std::size_t count) {
    stream_ids_.reserve(count);
    ends_.reserve(count);
  }
  std::size_t size() const { return stream_ids_.size(); }
  std::string_view name(std::size_t i) const {
    std::size_t const from = i == 0 ? 0 : ends_[i - 1];
    return std::string_view(text_).substr(from, ends_[i] - from);
  }
  std::uint64_t stream_id(std::size_t i) const { return stream_ids_[i]; }

 private:
  std::string text_;                // one name after the other: a string each would take three times as much
  std::vector<std::uint64_t> ends_;
  std::vector<std::uint64_t> stream_ids_;
};

/// Made once per future, since hashing thousands of names per replication would cost more than building them.
Roster make_roster(Setting const& setting);

/// Adds all agents to `world` and fills `directory`, which must stay where it is while the world lives.
void build_agents(sim::World& world, Directory& directory, Roster const& roster, Inoperability const& economy);

}  // namespace world
