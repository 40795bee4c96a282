#include "sim/kernel/world.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <new>

#include "sim/base/error.hpp"
#include "sim/kernel/digest.hpp"

namespace sim {

namespace {

constexpr std::uint64_t lp_count_max = static_cast<std::uint32_t>(external_sender);

/// Large arenas are made of 2 MiB pages, where a dependent load beyond the caches costs least; small ones are reused by
/// malloc from replication to replication.
std::byte* allocate(std::size_t bytes) {
  constexpr std::size_t large_page = std::size_t{2} << 20;
  bool const is_large = bytes >= 16 * large_page;
  std::size_t const alignment = is_large ? large_page : lp_block_alignment;
  bytes = (bytes + alignment - 1) / alignment * alignment;
  auto* const memory = static_cast<std::byte*>(std::aligned_alloc(alignment, bytes));
  if (memory == nullptr) throw std::bad_alloc();
  if (is_large) madvise(memory, bytes, MADV_HUGEPAGE);
  return memory;
}

std::size_t block_units(AgentType const& type) {
  return (type.state_offset + type.state_size + lp_block_alignment - 1) / lp_block_alignment;
}

}  // namespace

World::World(WorldOptions const& options) : traces_causes_(options.traces_causes) {
  if (options.lookahead < tick) {
    throw Error("lookahead of " + std::to_string(options.lookahead.ticks) +
                " us (there are no instantaneous events) choose at least 1 us");
  }
  table_.lookahead = options.lookahead;
  table_.stream = options.stream;
  table_.salt = tie_salt(options.stream);
}

void World::draw_from(ReplicationStream const& stream) {
  SIM_CHECK(!started());
  SIM_CHECK(tie_salt(stream) == table_.salt);  // pending events keep their order
  table_.stream = stream;
}

void World::FreeArena::operator()(std::byte* bytes) const { std::free(bytes); }

void World::reserve(std::uint32_t count) {
  slots_.reserve(count);
  agents_.reserve(count);
  stream_ids_.reserve(count);
  name_ends_.reserve(count);
  stream_id_set_.reserve(count);
}

void World::add_type(AgentType const& type) {
  SIM_CHECK(!started());
  SIM_CHECK(types_.size() < std::numeric_limits<std::uint16_t>::max());
  types_.push_back(&type);
  for (EventKind const& kind : type.events) payload_size_max_ = std::max<std::uint32_t>(payload_size_max_, kind.size);
}

LpId World::add_lp(std::uint32_t type, void const* agent, std::string_view instance_name,
                   std::uint64_t const* stream) {
  SIM_CHECK(!started());
  if (slots_.size() >= lp_count_max) throw Error("too many logical processes (ids have 32 bits) build a smaller world");
  SIM_CHECK(arena_ == nullptr);  // a rewound world keeps its agents
  std::size_t const name_from = names_.size();
  if (stream == nullptr || !instance_name.empty()) {
    names_.append(types_[type]->name);
    names_.push_back('/');
    names_.append(instance_name);
  }
  if (names_.size() > std::numeric_limits<std::uint32_t>::max()) {
    throw Error("the agents' names take over 4 GiB (too many or too long) shorten them");
  }
  std::uint64_t const id = stream != nullptr ? *stream : stream_id(std::string_view(names_).substr(name_from));
  LpId const lp{static_cast<std::uint32_t>(slots_.size())};
  std::uint32_t const taken_by = stream_id_set_.add(id, static_cast<std::uint32_t>(lp));
  slots_.push_back({static_cast<std::uint32_t>(arena_size_), static_cast<std::uint16_t>(type)});
  agents_.push_back(agent);
  stream_ids_.push_back(id);
  name_ends_.push_back(static_cast<std::uint32_t>(names_.size()));
  if (taken_by != StreamIdSet::none) {
    throw Error("agent " + name(lp) + " has the stream id of " + name(LpId{taken_by}) +
                " (they would draw the same numbers) give each agent a name of its own");
  }
  arena_size_ += block_units(*types_[type]);
  SIM_CHECK(arena_size_ <= std::numeric_limits<std::uint32_t>::max());
  return lp;
}

void World::set_regions(Regions regions) {
  SIM_CHECK(!started());
  std::size_t const count = regions.count();
  auto const refuse = [](std::string const& what, char const* todo) { throw Error("regions: " + what + ") " + todo); };
  if (count < 2 || count > Regions::count_max) {
    refuse(std::to_string(count) + " of them (from 2 to " + std::to_string(Regions::count_max) + " are possible",
           "choose others, or leave them out");
  }
  if (regions.lookahead.size() != count * count) {
    refuse(std::to_string(regions.lookahead.size()) + " delays (" + std::to_string(count) + " regions have " +
               std::to_string(count * count),
           "give one from each to each");
  }
  bool ascends = regions.first[0] == 0;
  for (std::size_t i = 1; i < count; ++i) ascends = ascends && regions.first[i - 1] < regions.first[i];
  if (!ascends) refuse("their first logical processes (they ascend from 0", "give the ranges in order of LpId");
  for (std::size_t from = 0; from < count; ++from) {
    for (std::size_t to = 0; to < count; ++to) {
      Duration const delay = regions.between(from, to);
      if (from == to ? delay == table_.lookahead : delay >= table_.lookahead) continue;
      refuse("a delay of " + std::to_string(delay.ticks) + " us from region " + std::to_string(from) + " to region " +
                 std::to_string(to) + " (the world's lookahead is " + std::to_string(table_.lookahead.ticks) + " us",
             from == to ? "give that within a region" : "give at least that between two");
    }
  }
  regions_ = std::move(regions);
}

/// Writes down the region of every logical process.
void World::assign_regions() {
  if (regions_.count() == 0) return;
  if (regions_.first.back() >= lp_count()) {
    throw Error("region " + std::to_string(regions_.count() - 1) + " begins at logical process " +
                std::to_string(regions_.first.back()) + " (the world has " + std::to_string(lp_count()) +
                ") let each region have at least one");
  }
  std::uint16_t region = 0;
  for (std::uint32_t lp = 0; lp < lp_count(); ++lp) {
    region = static_cast<std::uint16_t>(region + (region + 1u < regions_.count() && regions_.first[region + 1u] == lp));
    slots_[lp].region = region;
  }
}

std::string World::name(LpId lp) const {
  if (lp == external_sender) return "outside";
  auto const at = static_cast<std::size_t>(lp);
  std::size_t const from = at == 0 ? 0 : name_ends_[at - 1];
  if (from != name_ends_[at]) return names_.substr(from, name_ends_[at] - from);
  char id[24];
  std::snprintf(id, sizeof id, "%016llx", static_cast<unsigned long long>(stream_ids_[at]));
  return std::string(type(lp).name) + "/" + id;
}

void World::add_external(EventHeader const& event, void const* payload) {
  SIM_CHECK(!started());
  externals_.push_back(event);
  auto const* const bytes = static_cast<std::byte const*>(payload);
  external_payloads_.insert(external_payloads_.end(), bytes, bytes + event.size);
}

void World::check_externals(Time start) const {
  std::vector<std::uint64_t> keys;
  for (EventHeader const& event : externals_) {
    if (event.key.time <= start) {
      throw Error("intervention at " + to_string(event.key.time) + " to " + name(event.to) + " (the history starts at " +
                  to_string(start) + ") choose a later date");
    }
    keys.push_back(event.key.tie);
  }
  std::sort(keys.begin(), keys.end());
  auto const twice = std::adjacent_find(keys.begin(), keys.end());
  if (twice != keys.end()) {
    throw Error("two interventions have the external key " + std::to_string(*twice) +
                " (it is their identity) give each its own");
  }
}

RecordLayout World::record_layout() const {
  RecordLayout layout;
  layout.has_cause = traces_causes_;
  layout.payload_offset = static_cast<std::uint16_t>(sizeof(EventHeader) + (traces_causes_ ? sizeof(EventCause) : 0));
  layout.stride = layout.payload_offset + (payload_size_max_ + 7) / 8 * 8;
  return layout;
}

void World::lay_out() {
  if (started()) throw Error("a world runs once (its states are spent) build a new one");
  assign_regions();
  if (arena_ == nullptr) arena_.reset(allocate(arena_bytes()));
  stream_id_set_ = {};  // no agent is added any more
  started_ = true;
  table_.layout = record_layout();
  table_.lp_count = lp_count();
  table_.slots = slots_.data();
  table_.types = types_.data();
  table_.arena = arena_.get();
  table_.only_tag = types_.size() == 1 ? types_[0]->tag : nullptr;
  table_.regions = regions_.count() == 0 ? nullptr : &regions_;
}

void World::start(Time start) {
  if (!started()) check_externals(start);
  lay_out();
  std::memset(arena_.get(), 0, arena_bytes());
  for (std::uint32_t lp = 0; lp < table_.lp_count; ++lp) {
    LpBlock& block = table_.block(lp);
    block.agent = agents_[lp];
    block.stream_id = stream_ids_[lp];
    block.digest = mix64(stream_ids_[lp]);
    block.last = start;
    AgentType const& its_type = table_.type(lp);
    its_type.construct(block.at(its_type.state_offset));
  }
}

void World::resume(Snapshot const& snapshot) {
  lay_out();
  bool same = snapshot.blocks.size() == arena_bytes() && snapshot.stride == table_.layout.stride;
  if (same) std::memcpy(arena_.get(), snapshot.blocks.data(), snapshot.blocks.size());
  for (std::uint32_t lp = 0; same && lp < table_.lp_count; ++lp) {
    LpBlock& block = table_.block(lp);
    block.agent = agents_[lp];
    same = block.stream_id == stream_ids_[lp];
  }
  if (same) return;
  started_ = false;
  throw Error("the snapshot does not fit the world (it was taken of other agents) build the world that it was taken of");
}

std::vector<std::byte> World::blocks() const {
  SIM_CHECK(started());
  return {arena_.get(), arena_.get() + arena_bytes()};
}

std::vector<std::byte> World::external_records(Time from) const {
  std::size_t const stride = table_.layout.stride;
  std::vector<std::byte> records;
  std::byte const* payload = external_payloads_.data();
  for (EventHeader event : externals_) {
    if (event.key.time >= from) {
      event.key.tie = make_tie(table_.salt, {external_sender, static_cast<std::uint32_t>(event.key.tie)});
      records.resize(records.size() + stride);
      std::byte* const record = records.data() + records.size() - stride;
      std::memcpy(record, &event, sizeof event);
      if (event.size != 0) std::memcpy(record + table_.layout.payload_offset, payload, event.size);
    }
    payload += event.size;
  }
  return records;
}

std::uint64_t World::digest(LpId lp) const {
  SIM_CHECK(started() && static_cast<std::uint32_t>(lp) < lp_count());
  return table_.block(static_cast<std::uint32_t>(lp)).digest;
}

std::uint64_t World::digest() const {
  SIM_CHECK(started());
  std::uint64_t all = lp_count();
  for (std::uint32_t lp = 0; lp < lp_count(); ++lp) all = mix_digest(all, lp, table_.block(lp).digest);
  return all;
}

}  // namespace sim
