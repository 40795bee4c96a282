#include "sim/kernel/fingerprint.hpp"

#include <algorithm>
#include <cstring>
#include <string_view>

#include "sim/kernel/world.hpp"

namespace sim {

namespace {

class Fingerprint {
 public:
  void add(std::uint64_t word) { value_ = mix64((value_ ^ word) + 0x9e37'79b9'7f4a'7c15); }
  void add(std::string_view text) {
    add(text.size());
    add(stream_id(text));
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0;
};

}  // namespace

std::uint64_t fingerprint(std::span<std::byte const> bytes) {
  Fingerprint all;
  all.add(bytes.size());
  for (std::size_t at = 0; at < bytes.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, std::min<std::size_t>(8, bytes.size() - at));
    all.add(word);
  }
  return all.value();
}

std::uint64_t world_fingerprint(World const& world) {
  Fingerprint all;
  all.add(static_cast<std::uint64_t>(world.lookahead().ticks));
  all.add(world.stream().seed);
  all.add(std::uint64_t{world.stream().future} << 32 | world.stream().replication);
  if (world.stream().complement != 0) all.add(world.stream().complement);
  all.add(std::uint64_t{world.traces_causes()});
  all.add(world.lp_count());
  for (std::uint32_t lp = 0; lp < world.lp_count(); ++lp) {
    all.add(world.stream_id_of(LpId{lp}));
    all.add(world.type(LpId{lp}).name);
  }
  return all.value();
}

std::uint64_t layout_fingerprint(World const& world) {
  Fingerprint all;
  for (std::size_t i = 0; i < world.types(); ++i) {
    AgentType const& type = world.type(i);
    all.add(type.name);
    all.add(std::uint64_t{type.state_offset} << 32 | type.state_size);
    all.add(type.draw_count);
    all.add(type.events.size());
    for (EventKind const& kind : type.events) {
      all.add(kind.name);
      all.add(kind.size);
    }
  }
  return all.value();
}

}  // namespace sim
