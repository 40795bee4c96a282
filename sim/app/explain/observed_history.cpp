#include "sim/app/explain/observed_history.hpp"

#include "models/world/infrastructure/sector.hpp"
#include "sim/app/campaign/run_ranks.hpp"
#include "sim/app/stop_signals.hpp"
#include "sim/campaign/run_replication.hpp"
#include "sim/kernel/digest.hpp"

namespace app {

namespace {

std::uint64_t hash_of(std::span<std::byte const> bytes) {
  std::uint64_t digest = bytes.size();
  for (std::size_t at = 0; at < bytes.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, std::min<std::size_t>(8, bytes.size() - at));
    digest = sim::mix_digest(digest, word, at);
  }
  return digest;
}

analysis::KindRole role_of(world::TellingRole role) {
  switch (role) {
    case world::TellingRole::calendar: return analysis::KindRole::calendar;
    case world::TellingRole::news: return analysis::KindRole::news;
    case world::TellingRole::ordinary: break;
  }
  return analysis::KindRole::ordinary;
}

/// Keeps what one history does.
class Keeper {
 public:
  Keeper(world::Narrator const& narrator, Followed followed)
      : narrator_(narrator), followed_(followed), shares_(narrator.service_weights(), followed.from, followed.to),
        service_row_(narrator.row<world::Sector, world::Sector::ServiceLevel>()) {}

  void event(sim::World const& world, sim::EventHeader const& event, sim::EventCause const& cause) {
    std::uint16_t const kind = kind_of(world, world.type(event.to), false, event.kind);
    analysis::Happening h{event.key.time, event.key.tie, cause.parent, cause.incident, 0, static_cast<std::uint32_t>(event.to), kind, false, analysis::Origin::event};
    if (cause.parent == 0) h.origin = analysis::Origin::intervention;
    else if (world.origin(cause.parent).number == 0) h.origin = analysis::Origin::beginning;
    if (h.origin != analysis::Origin::event) h.parent = 0;
    keep(h, {sim::event_payload(world.record_layout(), event), event.size});
    if (auto const day = narrator_.patch_day(world, event)) history_.patch_days[event.key.tie] = *day;
    if (history_.agents.empty()) name_agents(world);
  }

  void row(sim::World const& world, sim::RowKey const& key, std::span<std::byte const> bytes) {
    std::uint16_t const kind = kind_of(world, world.type(std::size_t{key.agent_type}), true, key.row_kind);
    keep({key.event.time, key.event.tie, key.parent, key.incident, 0, static_cast<std::uint32_t>(key.lp), kind, true, analysis::Origin::event}, bytes);
    if (kind != service_row_) return;
    world::Sector::ServiceLevel level;
    std::memcpy(&level, bytes.data(), sizeof level);
    if (static_cast<std::size_t>(level.nation) == followed_.nation) shares_.change(key.event.time, static_cast<std::size_t>(level.sector), level.level, key.incident);
  }

  ObservedHistory take(sim::ReplicationRecord record) {
    history_.record = std::move(record);
    history_.service_lost = shares_.shares();
    std::vector<analysis::KindRole> roles;
    for (auto const& kind : narrator_.kinds()) roles.push_back(role_of(kind.role));
    history_.graph = std::make_unique<analysis::HistoryGraph>(std::move(happenings_), std::move(roles));
    return std::move(history_);
  }

 private:
  // Looking a kind up takes a while: once for each.
  std::uint16_t kind_of(sim::World const&, sim::AgentType const& type, bool is_row, std::uint16_t kind) {
    auto const [it, is_new] = kinds_.try_emplace({type.tag, is_row, kind}, std::uint16_t{0});
    if (is_new) it->second = is_row ? narrator_.of_row(type, kind) : narrator_.of_event(type, kind);
    return it->second;
  }

  void keep(analysis::Happening h, std::span<std::byte const> bytes) {
    if (std::uint64_t const own = narrator_.incident(h.kind, bytes.data()); own != 0) h.incident = own;
    h.content = hash_of(bytes);
    happenings_.push_back(h);
    history_.begins.push_back(history_.bytes.size());
    history_.bytes.insert(history_.bytes.end(), bytes.begin(), bytes.end());
  }

  void name_agents(sim::World const& world) {
    for (std::uint32_t lp = 0; lp < world.lp_count(); ++lp) history_.agents.push_back(world.name(sim::LpId{lp}));
  }

  world::Narrator const& narrator_;
  Followed followed_;
  analysis::LossShares shares_;
  std::uint16_t service_row_;
  std::map<std::tuple<void const*, bool, std::uint16_t>, std::uint16_t> kinds_;
  std::vector<analysis::Happening> happenings_;
  ObservedHistory history_;
};

/// A replication that tells the keeper what it does.
class Watched final : public sim::Replication, public sim::RowSink {
 public:
  Watched(std::unique_ptr<sim::Replication> replication, Keeper& keeper) : replication_(std::move(replication)), keeper_(keeper) {
    replication_->world().trace_causes();
  }
  sim::World& world() override { return replication_->world(); }
  sim::RowSink& rows() override { return *this; }
  void take_over(sim::Replication const& other) override { replication_->take_over(*static_cast<Watched const&>(other).replication_); }
  void measure(sim::ReplicationRecord& record) override { replication_->measure(record); }
  void event(sim::EventHeader const& event, sim::EventCause const& cause) override { keeper_.event(world(), event, cause); }
  void row(sim::RowKey const& key, std::span<std::byte const> bytes) override {
    keeper_.row(world(), key, bytes);
    replication_->rows().row(key, bytes);
  }
  sim::Replication& watched() { return *replication_; }

 private:
  std::unique_ptr<sim::Replication> replication_;
  Keeper& keeper_;
};

class WatchedScenario final : public sim::Scenario {
 public:
  WatchedScenario(sim::Scenario const& scenario, Keeper& keeper) : scenario_(scenario), keeper_(keeper) {}
  sim::Time start() const override { return scenario_.start(); }
  sim::Time end() const override { return scenario_.end(); }
  sim::Time first_difference() const override { return scenario_.first_difference(); }
  sim::ResultSchema const& schema() const override { return scenario_.schema(); }
  std::shared_ptr<sim::Future const> prepare(std::uint32_t index) const override { return scenario_.prepare(index); }
  std::unique_ptr<sim::Replication> build(std::shared_ptr<sim::Future const> future, sim::ReplicationKey key) const override {
    return std::make_unique<Watched>(scenario_.build(std::move(future), key), keeper_);
  }
  void treat(sim::Replication& replication, std::uint32_t point) const override { scenario_.treat(static_cast<Watched&>(replication).watched(), point); }

 private:
  sim::Scenario const& scenario_;
  Keeper& keeper_;
};

}  // namespace

std::optional<ObservedHistory> observe(WorldStudy const& study, sim::ReplicationKey key, world::Narrator const& narrator, Followed followed) {
  Keeper keeper(narrator, followed);
  WatchedScenario const scenario(*study.scenario, keeper);
  StopSignals const signals;
  AgreedStop stop(signals, false);
  auto const executor = stop.make_executor("sequential", 1);
  auto record = sim::run_replication(scenario, scenario.prepare(key.future), key, *executor, study.study.event_limit, &stop.request());
  if (!record) return {};
  return keeper.take(std::move(*record));
}

}  // namespace app
