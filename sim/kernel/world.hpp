// A world: its agents, their states, and the interventions sent to them from outside.
#pragma once

#include <cstdint>
#include <cstring>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/base/contracts.hpp"
#include "sim/kernel/agent_type.hpp"
#include "sim/kernel/snapshot.hpp"
#include "sim/kernel/stream_id_set.hpp"

namespace sim {

struct WorldOptions {
  Duration lookahead = tick;   // smallest delay between different logical processes, at least one tick
  ReplicationStream stream;    // what all draws share
  bool traces_causes = false;  // events carry parent and incident; changes no result
};

/// Built once per replication: add agents, schedule interventions, then hand it to an executor. Runs once.
/// May be moved until an executor has started it. Not to be used by two threads at once.
class World {
 public:
  /// Throws Error if the lookahead is below one tick.
  explicit World(WorldOptions const& options);

  /// Says that delays between some of the logical processes are longer than the world's lookahead; before the start. It
  /// changes no result and is checked at every send. Throws Error if regions do not ascend from 0, a delay is missing or
  /// below the lookahead, or one within a region is not the lookahead.
  void set_regions(Regions regions);
  Regions const& regions() const { return regions_; }

  /// Makes room for `count` logical processes; optional.
  void reserve(std::uint32_t count);

  /// Adds a logical process whose draws are keyed by stream_id("type/instance"); Error if that id is taken.
  template <class A>
  LpRef<A> add(A agent, std::string_view instance_name) {
    void const* const kept = keep(std::move(agent));
    return {add_lp(type_of<A>(), kept, instance_name, nullptr)};
  }
  /// The same with a stream id that the caller has made; the instance is named after the id.
  template <class A>
  LpRef<A> add(A agent, std::uint64_t stream) {
    void const* const kept = keep(std::move(agent));
    return {add_lp(type_of<A>(), kept, {}, &stream)};
  }
  /// The same with both.
  template <class A>
  LpRef<A> add(A agent, std::string_view instance_name, std::uint64_t stream) {
    void const* const kept = keep(std::move(agent));
    return {add_lp(type_of<A>(), kept, instance_name, &stream)};
  }

  /// An event from outside, at a time after the start. `external_key` is its identity in ties and must be unique in the
  /// world; no send counter is touched. Error at the start if a rule is broken.
  template <class A, class P>
  void schedule_external(LpRef<A> to, Time at, std::uint32_t external_key, P const& payload) {
    static_assert(check_payload<P>());
    P clean = payload;
    if (!normalise(clean)) refuse::not_finite(type_name<P>());
    SIM_CHECK(static_cast<std::uint32_t>(to.id) < lp_count());
    SIM_CHECK(types_[slots_[static_cast<std::uint32_t>(to.id)].type]->tag == &agent_detail::tag<A>);
    add_external({{at, external_key}, to.id, event_kind<A, P>(), payload_size<P>}, &clean);
  }

  /// Other streams from the next start or resumption on, of the same replication; not once started.
  void draw_from(ReplicationStream const& stream);

  /// Takes all interventions back; not once started.
  void clear_externals() {
    SIM_CHECK(!started());
    externals_.clear();
    external_payloads_.clear();
  }

  template <class A>
  A const& agent(LpRef<A> ref) const {
    return *static_cast<A const*>(agents_[checked<A>(ref)]);
  }
  /// State of a logical process; the world must have been started.
  template <class A>
  typename A::State const& state(LpRef<A> ref) const {
    SIM_CHECK(started());
    std::uint32_t const lp = checked<A>(ref);
    return *reinterpret_cast<typename A::State const*>(table_.block(lp).at(agent_type<A>.state_offset));
  }

  /// Digest of everything committed so far: of all LPs' trace digests in order of LpId.
  std::uint64_t digest() const;
  /// Trace digest of one logical process.
  std::uint64_t digest(LpId lp) const;

  std::uint32_t lp_count() const { return static_cast<std::uint32_t>(slots_.size()); }
  Duration lookahead() const { return table_.lookahead; }
  ReplicationStream const& stream() const { return table_.stream; }
  bool traces_causes() const { return traces_causes_; }
  /// The same as WorldOptions::traces_causes; not once started.
  void trace_causes() {
    SIM_CHECK(!started());
    traces_causes_ = true;
  }
  bool started() const { return started_; }

  /// Position of agent type A in this world (RowKey::agent_type); types() if it has none of it.
  template <class A>
  std::uint16_t agent_type_index() const {
    std::size_t at = 0;
    while (at < types_.size() && types_[at]->tag != &agent_detail::tag<A>) ++at;
    return static_cast<std::uint16_t>(at);
  }
  std::size_t types() const { return types_.size(); }
  AgentType const& type(std::size_t index) const { return *types_[index]; }
  AgentType const& type(LpId lp) const { return *types_[slots_[static_cast<std::uint32_t>(lp)].type]; }

  /// "type/instance" of a logical process, "outside" for the external sender.
  std::string name(LpId lp) const;
  /// Who sent the event with this tie.
  EventOrigin origin(std::uint64_t tie) const { return tie_origin(table_.salt, tie); }

  // For executors.

  /// Lays out states and records; throws Error if the world has run or an external event is not after `start`.
  void start(Time start);
  /// What handlers need; valid once started.
  WorldTable const& table() const { return table_; }
  /// Lays out records and takes over the states of another world with the same agents; throws Error if the world has
  /// run or its agents are others.
  void resume(Snapshot const& snapshot);
  /// Shape of the records, fixed by the agent types and by whether causes are traced.
  RecordLayout record_layout() const;
  /// Key of a logical process's random streams.
  std::uint64_t stream_id_of(LpId lp) const { return stream_ids_[static_cast<std::uint32_t>(lp)]; }
  /// Offset of a logical process's block among all blocks, and the size of them all [bytes].
  std::size_t block_offset(LpId lp) const {
    return std::size_t{slots_[static_cast<std::uint32_t>(lp)].block} * lp_block_alignment;
  }
  std::size_t block_bytes() const { return arena_bytes(); }
  /// Forgets the run: the world may get other interventions and be started or resumed again.
  void rewind() { started_ = false; }
  /// A copy of all LPs' blocks; the world must have been started.
  std::vector<std::byte> blocks() const;
  /// External events at or after `from` as records of the world's stride, in order of scheduling.
  std::vector<std::byte> external_records(Time from) const;

 private:
  struct AgentStore {
    virtual ~AgentStore() = default;
  };
  template <class A>
  struct AgentStoreOf final : AgentStore {
    std::deque<A> agents;
  };
  struct FreeArena {
    void operator()(std::byte* bytes) const;
  };

  template <class A>
  std::uint32_t type_of() {
    if (last_type_ < types_.size() && types_[last_type_]->tag == &agent_detail::tag<A>) return last_type_;
    last_type_ = agent_type_index<A>();
    if (last_type_ == types_.size()) {
      add_type(agent_type<A>);
      stores_.push_back(std::make_unique<AgentStoreOf<A>>());
    }
    return last_type_;
  }
  template <class A>
  void const* keep(A agent) {
    auto& store = static_cast<AgentStoreOf<A>&>(*stores_[type_of<A>()]);
    return &store.agents.emplace_back(std::move(agent));
  }
  template <class A>
  std::uint32_t checked(LpRef<A> ref) const {
    auto const lp = static_cast<std::uint32_t>(ref.id);
    SIM_CHECK(lp < lp_count() && types_[slots_[lp].type]->tag == &agent_detail::tag<A>);
    return lp;
  }
  void add_type(AgentType const& type);
  LpId add_lp(std::uint32_t type, void const* agent, std::string_view instance_name, std::uint64_t const* stream);
  void add_external(EventHeader const& event, void const* payload);
  void check_externals(Time start) const;
  void lay_out();
  void assign_regions();
  std::size_t arena_bytes() const { return (arena_size_ > 0 ? arena_size_ : 1) * lp_block_alignment; }

  WorldTable table_;
  bool traces_causes_ = false;
  std::uint32_t last_type_ = 0;
  std::vector<AgentType const*> types_;
  std::vector<std::unique_ptr<AgentStore>> stores_;  // [types]
  std::vector<LpSlot> slots_;                        // [LPs]
  Regions regions_;                                  // none, or at least two
  std::vector<void const*> agents_;                  // [LPs]
  std::vector<std::uint64_t> stream_ids_;            // [LPs]
  StreamIdSet stream_id_set_;
  std::string names_;                                // "type/instance" of the LPs that have a name, one after the other
  std::vector<std::uint32_t> name_ends_;             // [LPs]
  std::size_t arena_size_ = 0;                       // [lp_block_alignment]
  std::uint32_t payload_size_max_ = 0;
  std::vector<EventHeader> externals_;               // tie holds the external key
  std::vector<std::byte> external_payloads_;         // one after the other
  std::unique_ptr<std::byte, FreeArena> arena_;      // kept when the world is rewound
  bool started_ = false;
};

}  // namespace sim
