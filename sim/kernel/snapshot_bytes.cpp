#include "sim/kernel/snapshot_bytes.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string>

#include "sim/base/error.hpp"
#include "sim/kernel/fingerprint.hpp"

namespace sim {

namespace {

static_assert(std::endian::native == std::endian::little, "snapshots are little-endian and copied as they are");

constexpr std::uint64_t magic = 0x01'50'4e'53'4c'52'45'42;  // "BERLSNP\1"
constexpr std::uint32_t version = 1;

/// What the bytes start with. All members are of one's own size, so there is no padding.
struct Head {
  std::uint64_t magic = 0;
  std::uint32_t version = 0;
  std::uint32_t stride = 0;     // of a record [bytes]
  std::uint64_t size = 0;       // of everything [bytes]
  std::uint64_t world = 0;      // fingerprint: agents, random streams, lookahead
  std::uint64_t layout = 0;     // fingerprint: states, draws, events
  std::int64_t time = 0;
  std::int64_t last_time = 0;
  std::uint64_t last_tie = 0;
  std::uint64_t events = 0;
  std::uint64_t ties = 0;
  std::int64_t shortest_delay = 0;
  std::uint64_t records = 0;    // pending events
};
static_assert(sizeof(Head) == 12 * 8);

/// The part of an LP's block that rolls back: its bytes in a file. Behind the state come zeros up to a whole word.
std::size_t lp_bytes(AgentType const& type) {
  return (type.state_offset + type.state_size - lp_constant_bytes + 7) / 8 * 8;
}

std::size_t all_lp_bytes(World const& world) {
  std::size_t all = 0;
  for (std::uint32_t lp = 0; lp < world.lp_count(); ++lp) all += lp_bytes(world.type(LpId{lp}));
  return all;
}

[[noreturn]] void refuse_damaged(std::string const& what) {
  throw Error("snapshot is damaged (" + what + ") restore it from a copy, or take it again");
}

/// Appends the revertible part of each block, with nothing in it but values.
void write_blocks(World const& world, Snapshot const& snapshot, std::vector<std::byte>& bytes) {
  std::vector<std::byte> copy;  // aligned like a block's state
  for (std::uint32_t lp = 0; lp < world.lp_count(); ++lp) {
    AgentType const& type = world.type(LpId{lp});
    std::byte const* const block = snapshot.blocks.data() + world.block_offset(LpId{lp});
    copy.assign(lp_constant_bytes + lp_bytes(type), std::byte{0});
    std::memcpy(copy.data(), block, type.state_offset + type.state_size);
    type.clear_padding(copy.data() + type.state_offset);
    bytes.insert(bytes.end(), copy.begin() + lp_constant_bytes, copy.end());
  }
}

std::byte const* read_blocks(World const& world, std::byte const* from, Snapshot& snapshot) {
  snapshot.blocks.resize(world.block_bytes());
  for (std::uint32_t lp = 0; lp < world.lp_count(); ++lp) {
    AgentType const& type = world.type(LpId{lp});
    std::byte* const bytes = snapshot.blocks.data() + world.block_offset(LpId{lp});
    auto& block = *reinterpret_cast<LpBlock*>(bytes);
    std::memcpy(bytes + lp_constant_bytes, from, type.state_offset + type.state_size - lp_constant_bytes);
    block.stream_id = world.stream_id_of(LpId{lp});
    if (block.last > snapshot.time) refuse_damaged(world.name(LpId{lp}) + " has events after the snapshot's date");
    from += lp_bytes(type);
  }
  return from;
}

LpBlock const& block_of(World const& world, Snapshot const& snapshot, LpId lp) {
  return *reinterpret_cast<LpBlock const*>(snapshot.blocks.data() + world.block_offset(lp));
}

/// A record that no executor could take is not let in.
void check_record(World const& world, Snapshot const& snapshot, EventHeader const& event, EventKey before) {
  if (static_cast<std::uint32_t>(event.to) >= world.lp_count()) refuse_damaged("an event goes to no logical process");
  AgentType const& type = world.type(event.to);
  if (event.kind >= type.events.size() || event.size != type.events[event.kind].size) {
    refuse_damaged("an event to " + world.name(event.to) + " is of no kind that it handles");
  }
  if (event.key.time < snapshot.time || !(before < event.key)) refuse_damaged("pending events are out of order");
  EventOrigin const origin = world.origin(event.key.tie);
  if (static_cast<std::uint32_t>(origin.sender) >= world.lp_count() || origin.number == 0 ||
      origin.number > block_of(world, snapshot, origin.sender).sends) {
    refuse_damaged("an event comes from no logical process");
  }
}

void read_records(World const& world, std::byte const* from, std::uint64_t count, Snapshot& snapshot) {
  RecordLayout const layout = world.record_layout();
  snapshot.events.assign(from, from + count * layout.stride);
  EventKey before = snapshot.last;
  for (std::size_t at = 0; at < snapshot.events.size(); at += layout.stride) {
    EventHeader event;
    std::memcpy(&event, snapshot.events.data() + at, sizeof event);
    check_record(world, snapshot, event, before);
    before = event.key;
    auto const rest = std::span(snapshot.events).subspan(at, layout.stride).subspan(layout.payload_offset + event.size);
    if (std::any_of(rest.begin(), rest.end(), [](std::byte byte) { return byte != std::byte{0}; })) {
      refuse_damaged("an event is longer than its kind");
    }
  }
}

/// Appends the records with zeros behind each payload.
void write_records(World const& world, Snapshot const& snapshot, std::vector<std::byte>& bytes) {
  RecordLayout const layout = world.record_layout();
  for (std::size_t at = 0; at < snapshot.events.size(); at += layout.stride) {
    EventHeader event;
    std::memcpy(&event, snapshot.events.data() + at, sizeof event);
    std::size_t const used = layout.payload_offset + event.size;
    bytes.insert(bytes.end(), snapshot.events.data() + at, snapshot.events.data() + at + used);
    bytes.resize(bytes.size() + layout.stride - used);
  }
}

bool is_of(World const& world, Snapshot const& snapshot) {
  if (snapshot.blocks.size() != world.block_bytes() || snapshot.stride != world.record_layout().stride) return false;
  for (std::uint32_t lp = 0; lp < world.lp_count(); ++lp) {
    if (block_of(world, snapshot, LpId{lp}).stream_id != world.stream_id_of(LpId{lp})) return false;
  }
  return true;
}

[[noreturn]] void refuse_world() {
  throw Error("the snapshot does not fit the world (it was taken of other agents, random numbers or another lookahead) "
              "build the world that it was taken of");
}

/// The head of bytes that are whole and undamaged.
Head checked_head(std::span<std::byte const> bytes) {
  Head head;
  if (!bytes.empty()) std::memcpy(static_cast<void*>(&head), bytes.data(), std::min(bytes.size(), sizeof head));
  if (bytes.size() < sizeof magic || head.magic != magic) {
    throw Error(head.magic == __builtin_bswap64(magic)
                    ? "the snapshot is of a machine with another byte order (numbers are stored last byte first there) "
                      "take it again on this one"
                    : "this is no snapshot (it does not begin like one) give the file that one was written to");
  }
  if (bytes.size() >= 12 && head.version != version) {
    throw Error("snapshot of format version " + std::to_string(head.version) + " (this program reads version " +
                std::to_string(version) + ") read it with the program that wrote it");
  }
  if (bytes.size() < sizeof head + 8 || head.size != bytes.size()) {
    throw Error("snapshot is incomplete (" + std::to_string(bytes.size()) + " bytes" +
                (bytes.size() < sizeof head ? "" : ", it should have " + std::to_string(head.size)) +
                ") restore it from a copy, or take it again");
  }
  std::uint64_t checksum = 0;
  std::memcpy(&checksum, bytes.data() + bytes.size() - 8, 8);
  if (checksum != fingerprint(bytes.first(bytes.size() - 8))) refuse_damaged("its checksum differs");
  return head;
}

}  // namespace

std::vector<std::byte> to_bytes(World const& world, Snapshot const& snapshot) {
  if (!is_of(world, snapshot)) refuse_world();
  Head const head{.magic = magic,
                  .version = version,
                  .stride = snapshot.stride,
                  .size = sizeof(Head) + all_lp_bytes(world) + snapshot.events.size() + 8,
                  .world = world_fingerprint(world),
                  .layout = layout_fingerprint(world),
                  .time = snapshot.time.ticks,
                  .last_time = snapshot.last.time.ticks,
                  .last_tie = snapshot.last.tie,
                  .events = snapshot.statistics.events,
                  .ties = snapshot.statistics.ties,
                  .shortest_delay = snapshot.statistics.shortest_delay.ticks,
                  .records = snapshot.events.size() / snapshot.stride};
  std::vector<std::byte> bytes;
  bytes.reserve(head.size);
  bytes.resize(sizeof head);
  std::memcpy(bytes.data(), &head, sizeof head);
  write_blocks(world, snapshot, bytes);
  write_records(world, snapshot, bytes);
  std::uint64_t const checksum = fingerprint(bytes);
  bytes.resize(bytes.size() + 8);
  std::memcpy(bytes.data() + bytes.size() - 8, &checksum, 8);
  return bytes;
}

Snapshot from_bytes(World const& world, std::span<std::byte const> bytes) {
  Head const head = checked_head(bytes);
  if (head.world != world_fingerprint(world)) refuse_world();
  if (head.layout != layout_fingerprint(world)) {
    throw Error("the snapshot does not fit this program (states or events are laid out otherwise in the one that took it) "
                "take it again with this build");
  }
  std::size_t const fixed = sizeof head + all_lp_bytes(world) + 8;
  std::uint32_t const stride = world.record_layout().stride;
  if (head.stride != stride || head.size < fixed || (head.size - fixed) / stride != head.records ||
      (head.size - fixed) % stride != 0) {
    refuse_damaged("its parts have the wrong sizes");
  }
  Snapshot snapshot{.time = {head.time},
                    .last = {{head.last_time}, head.last_tie},
                    .statistics = {.events = head.events, .ties = head.ties, .shortest_delay = {head.shortest_delay}},
                    .stride = stride,
                    .blocks = {},
                    .events = {}};
  if (snapshot.last.time > snapshot.time) refuse_damaged("its last event lies after its date");
  std::byte const* const records = read_blocks(world, bytes.data() + sizeof head, snapshot);
  read_records(world, records, head.records, snapshot);
  return snapshot;
}

}  // namespace sim
