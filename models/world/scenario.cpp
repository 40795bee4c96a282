#include "models/world/scenario.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>

#include "models/world/builder.hpp"
#include "models/world/data_tables.hpp"
#include "models/world/infrastructure/reachable_mean.hpp"
#include "models/world/nation/nation.hpp"
#include "models/world/organisation/organisation.hpp"
#include "models/world/recorder.hpp"
#include "sim/base/error.hpp"
#include "sim/campaign/factors.hpp"
#include "sim/rng/stream_id.hpp"

namespace world {
namespace {

// One switch of one flag at one moment; its place in the study's sorted list of all moves is its event key.
using Move = std::tuple<sim::Time, int, int, int, int>;  // at, nation, organisation, flag, on

constexpr int dissolution_code = 101;  // beside the flags and attribution_policy_flag

int flag_code(std::string const& action) {
  if (action == "dissolution") return dissolution_code;
  if (action == "withdrawal") return withdrawal_flag;
  if (action == "liaison") return static_cast<int>(Flag::liaison);
  if (action == "exercise") return static_cast<int>(Flag::exercise);
  if (action == "membership") return static_cast<int>(Flag::membership);
  return attribution_policy_flag;
}

std::vector<Move> moves_of(Atlas const& atlas, sim::Treatment const& treatment, sim::Time end) {
  std::vector<Move> moves;
  for (sim::Intervention const& i : treatment.interventions) {
    int const nation = atlas.nation(i.nation), organisation = atlas.organisation(i.organisation), flag = flag_code(i.action);
    sim::Time const from = sim::to_time(i.from), to = sim::to_time(i.to);
    if (from < end) moves.emplace_back(from, nation, organisation, flag, 1);
    if (to < end) moves.emplace_back(to, nation, organisation, flag, 0);
  }
  // Where one interval ends as the next begins the flag stays on: a change of status is no step, and ties have no order.
  std::vector<Move> steps;
  for (Move const& move : moves) {
    Move opposite = move;
    std::get<4>(opposite) = 1 - std::get<4>(move);
    if (std::find(moves.begin(), moves.end(), opposite) == moves.end()) steps.push_back(move);
  }
  return steps;
}

std::string hexadecimal(std::uint64_t value) {
  std::string text(16, '0');
  for (std::size_t i = 16; i-- > 0; value >>= 4) text[i] = "0123456789abcdef"[value & 15];
  return text;
}

// A future: its setting, the names of its agents and the economy they share.
struct WorldFuture final : sim::Future {
  WorldFuture(Setting s, Inoperability const& e) : setting(std::move(s)), roster(make_roster(setting)), economy(&e) {}
  Setting setting;
  Roster roster;
  Inoperability const* economy;
  std::optional<LossExpectation> losses;  // where a study asks for controls
};

class WorldReplication final : public sim::Replication, public sim::Splittable {
 public:
  WorldReplication(std::shared_ptr<WorldFuture const> future, sim::ResultSchema const& schema, sim::ReplicationStream stream)
      : future_(std::move(future)), world_({world_lookahead, stream, false}) {
    directory_.setting = &future_->setting;
    draw_years(stream);
    directory_.losses = future_->losses ? &*future_->losses : nullptr;
    build_agents(world_, directory_, future_->roster, *future_->economy);
    recorder_ = std::make_unique<Recorder>(schema, directory_, world_);
  }
  sim::World& world() override { return world_; }
  sim::RowSink& rows() override { return *recorder_; }
  void take_over(sim::Replication const& other) override { recorder_->take_over(*static_cast<WorldReplication const&>(other).recorder_); }
  void measure(sim::ReplicationRecord& record) override { recorder_->measure(record); }
  Directory const& directory() const { return directory_; }

  sim::Splittable* splittable() override { return this; }
  double level() const override { return recorder_->level(); }
  std::shared_ptr<Memory const> remember() const override { return recorder_->remember(); }
  void recall(Memory const& memory) override { recorder_->recall(memory); }
  void draw_from(sim::ReplicationStream const& stream) override {
    world_.draw_from(stream);
    draw_years(stream);
  }

 private:
  // The common year factor of equations 3.2, which a history keeps when it is split.
  void draw_years(sim::ReplicationStream const& stream) {
    int const years = sim::to_date(future_->setting.end).year - future_->setting.first_year + 1;
    directory_.year_factor.clear();
    for (int y = 0; y < years; ++y)
      directory_.year_factor.push_back(sim::RngStream(stream.lasting(), sim::stream_id("world/year_factor"), 0, static_cast<std::uint64_t>(y)).gamma(12, 1));
  }

  std::shared_ptr<WorldFuture const> future_;
  Directory directory_;
  sim::World world_;
  std::unique_ptr<Recorder> recorder_;
};

class WorldScenario final : public sim::Scenario {
 public:
  explicit WorldScenario(sim::Study const& study);
  sim::Time start() const override { return start_; }
  sim::Time end() const override { return end_; }
  sim::Time first_difference() const override { return first_difference_; }
  sim::ResultSchema const& schema() const override { return schema_; }
  std::shared_ptr<sim::Future const> prepare(std::uint32_t index) const override;
  std::unique_ptr<sim::Replication> build(std::shared_ptr<sim::Future const> future, sim::ReplicationKey key) const override;
  void treat(sim::Replication& replication, std::uint32_t point) const override;

 private:
  void describe_nations();
  bool is_adversary(int nation) const;
  void leave_out_newcomers(std::set<std::pair<int, int>>& pairs) const;
  void add_withdrawal(sim::Intervention const& intervention);
  int find_withdrawal(int nation, int organisation, double day) const;
  void find_controlled();
  void find_moves();

  sim::ResultSchema schema_;
  Atlas atlas_;
  Inoperability economy_;
  MechanismSwitches switches_;
  AssetOptions assets_;
  std::shared_ptr<AssetGraph const> graph_;    // shared by all futures; null without dependencies between assets
  sim::Time start_, end_, first_difference_;
  std::vector<Relation> controlled_;
  Endings endings_;
  std::vector<Move> all_moves_;                // sorted, distinct
  std::vector<std::vector<Move>> moves_;       // [treatments]
};

WorldScenario::WorldScenario(sim::Study const& study)
    : schema_(sim::declared_schema(study)), atlas_(load_atlas(study.world)), assets_(asset_options(study)),
      start_(sim::to_time(study.start)), end_(sim::to_time(study.end)),
      first_difference_(sim::to_time(sim::first_difference(study))) {
  std::vector<double> output, recovery;
  for (SectorRecord const& sector : atlas_.sectors) {
    output.push_back(sector.output);
    recovery.push_back(sector.is_service ? 1.0 / 3 : 1.0 / 30);  // [1/d], equations 14.3
  }
  economy_ = Inoperability(interdependence(atlas_.coefficients, output), recovery);
  for (MechanismInfo const& mechanism : mechanisms())
    switches_.on[static_cast<std::size_t>(mechanism.mechanism)] = mechanism.available && sim::is_on(study, mechanism.code);
  for (BehaviourInfo const& behaviour : behaviours())
    switches_.behaves[static_cast<std::size_t>(behaviour.behaviour)] = sim::behaves(study, behaviour.name);
  require_compatible(switches_);
  for (sim::StudyCrisis const& crisis : study.crises) {
    auto const actor = std::find_if(atlas_.actors.begin(), atlas_.actors.end(), [&](ActorRecord const& a) { return a.code == crisis.actor; });
    atlas_.crises.push_back({static_cast<int>(actor - atlas_.actors.begin()), atlas_.nation(crisis.nation), sim::to_time(crisis.from), crisis.jump.value_or(0), false});
  }
  describe_nations();
  schema_.factors.clear();
  for (sim::StudyFactor const& factor : study.factors) schema_.factors.push_back(factor.info);
  sim::FactorDesign futures = sim::draw_futures(study);
  schema_.factor_values = std::move(futures.values);
  schema_.sampling = std::move(futures.info);
  schema_.incident_columns = incident_columns(atlas_);
  for (std::string const& name : tables_of(*atlas_.world)) schema_.data_checksums.emplace_back(name, hexadecimal(sim::stream_id(data_table(name))));
  find_controlled();
  find_moves();
  require_reachable(atlas_, assets_);
  if (assets_.has_graph()) graph_ = std::make_shared<AssetGraph const>(atlas_, assets_);
}

// Home of a state actor with a recorded rivalry against a nation that some treatment acts on.
bool WorldScenario::is_adversary(int nation) const {
  for (DyadRecord const& dyad : atlas_.dyads) {
    if (atlas_.actors[static_cast<std::size_t>(dyad.actor)].nation != nation) continue;
    for (auto const& treatment : schema_.treatments)
      for (auto const& i : treatment.interventions)
        if (!i.nation.empty() && atlas_.nation(i.nation) == dyad.target) return true;
  }
  return false;
}

void WorldScenario::describe_nations() {
  std::string centre(atlas_.world->centre);
  for (auto const& treatment : schema_.treatments)
    for (auto const& i : treatment.interventions)
      if (!i.organisation.empty()) centre = i.organisation;
  int const organisation = atlas_.organisation(centre);
  schema_.nations.clear();
  schema_.nation_names.clear();
  schema_.nation_is_member.clear();
  schema_.nation_is_adversary.clear();
  for (int n = 0; n < static_cast<int>(atlas_.nations.size()); ++n) {
    bool member = false;
    for (FlagRecord const& flag : atlas_.flags)
      member = member || (flag.nation == n && flag.organisation == organisation && flag.flag == Flag::membership && flag.from < end_ && end_ <= flag.to);
    schema_.nations.push_back(atlas_.nations[static_cast<std::size_t>(n)].iso3);
    schema_.nation_names.push_back(atlas_.nations[static_cast<std::size_t>(n)].name);
    schema_.nation_is_member.push_back(member ? 1 : 0);
    schema_.nation_is_adversary.push_back(is_adversary(n) ? 1 : 0);
  }
}

// Leaves in `pairs` those that agents must know from the beginning, because the record or an exercise is overridden; the others take a slot
// when a treatment moves them.
void WorldScenario::leave_out_newcomers(std::set<std::pair<int, int>>& pairs) const {
  auto const pair_of = [&](sim::Intervention const& i) { return std::pair(atlas_.nation(i.nation), atlas_.organisation(i.organisation)); };
  std::size_t const all = pairs.size();
  std::set<std::pair<int, int>> held;
  for (FlagRecord const& flag : atlas_.flags)
    if (pairs.count({flag.nation, flag.organisation}) != 0) held.emplace(flag.nation, flag.organisation);
  for (auto const& treatment : schema_.treatments)
    for (auto const& i : treatment.interventions)
      if (i.action == "exercise") held.insert(pair_of(i));
  std::size_t most = 0;  // newcomers of one treatment
  for (auto const& treatment : schema_.treatments) {
    std::set<std::pair<int, int>> newcomers;
    for (auto const& i : treatment.interventions)
      if (!i.nation.empty() && !i.organisation.empty() && i.action != "withdrawal" && held.count(pair_of(i)) == 0) newcomers.insert(pair_of(i));
    most = std::max(most, newcomers.size());
  }
  if (held.size() + most > static_cast<std::size_t>(Relations::capacity))
    throw sim::Error("the study moves " + std::to_string(all) + " relations of a nation to an organisation (agents hold at most " +
                     std::to_string(Relations::capacity) + ": those in the record or with an exercise, here " + std::to_string(held.size()) +
                     ", and those that one treatment moves beside them, here " + std::to_string(most) + ") split it into several studies");
  pairs = std::move(held);
}

void WorldScenario::add_withdrawal(sim::Intervention const& i) {
  Withdrawal const one{atlas_.nation(i.nation), atlas_.organisation(i.organisation), sim::in_days(sim::to_time(i.from) - start_)};
  if (sim::to_time(i.from) < end_ && find_withdrawal(one.nation, one.organisation, one.day) < 0) endings_.withdrawals.push_back(one);
}

// Its number in the list; -1 if it is not there.
int WorldScenario::find_withdrawal(int nation, int organisation, double day) const {
  auto const& all = endings_.withdrawals;
  auto const same = [&](Withdrawal const& w) { return w.nation == nation && w.organisation == organisation && w.day == day; };
  auto const at = std::find_if(all.begin(), all.end(), same);
  return at == all.end() ? -1 : static_cast<int>(at - all.begin());
}

void WorldScenario::find_controlled() {
  std::set<std::pair<int, int>> pairs;
  for (auto const& treatment : schema_.treatments)
    for (auto const& i : treatment.interventions)
      if (i.action == "dissolution") endings_.organisation = atlas_.organisation(i.organisation), endings_.day = sim::in_days(sim::to_time(i.from) - start_);
      else if (i.action == "withdrawal") add_withdrawal(i);
      else if (!i.organisation.empty()) pairs.emplace(atlas_.nation(i.nation), atlas_.organisation(i.organisation));
  if (static_cast<int>(pairs.size()) > Relations::capacity) leave_out_newcomers(pairs);
  for (auto const& [nation, organisation] : pairs) {
    Relation relation;
    relation.nation = static_cast<std::int16_t>(nation);
    relation.organisation = static_cast<std::int16_t>(organisation);
    for (FlagRecord const& flag : atlas_.flags)
      if (flag.nation == nation && flag.organisation == organisation && flag.flag == Flag::announcement)
        relation.flags.announced = static_cast<float>(sim::in_days(flag.from - start_));  // common to all treatments
    for (auto const& treatment : schema_.treatments)
      for (auto const& i : treatment.interventions)
        if (i.action == "exercise" && atlas_.nation(i.nation) == nation && atlas_.organisation(i.organisation) == organisation) relation.exercise_is_lever = 1;
    controlled_.push_back(relation);
  }
}

void WorldScenario::find_moves() {
  for (auto const& treatment : schema_.treatments) {
    moves_.push_back(moves_of(atlas_, treatment, end_));
    all_moves_.insert(all_moves_.end(), moves_.back().begin(), moves_.back().end());
  }
  std::sort(all_moves_.begin(), all_moves_.end());
  all_moves_.erase(std::unique(all_moves_.begin(), all_moves_.end()), all_moves_.end());
}

std::shared_ptr<sim::Future const> WorldScenario::prepare(std::uint32_t index) const {
  Parameters const parameters = parameters_from(&schema_.factor_values[index * schema_.factors.size()]);
  Setting setting(atlas_, parameters, switches_, controlled_, {schema_.seed, sim::future_of_draws(schema_.sampling, index), 0, 0}, start_, end_, assets_, endings_);
  setting.asset_graph = graph_;
  auto future = std::make_shared<WorldFuture>(std::move(setting), economy_);
  auto const is_control = [](sim::ResponseInfo const& response) { return response.is_control; };
  if (std::any_of(schema_.responses.begin(), schema_.responses.end(), is_control)) future->losses.emplace(future->setting);
  return future;
}

std::unique_ptr<sim::Replication> WorldScenario::build(std::shared_ptr<sim::Future const> future, sim::ReplicationKey key) const {
  auto typed = std::static_pointer_cast<WorldFuture const>(std::move(future));
  sim::ReplicationStream const stream{schema_.seed, sim::future_of_draws(schema_.sampling, key.future), key.replication};
  auto replication = std::make_unique<WorldReplication>(std::move(typed), schema_, schema_.antithetic ? sim::antithetic(stream) : stream);
  treat(*replication, key.point);
  return replication;
}

void WorldScenario::treat(sim::Replication& replication, std::uint32_t point) const {
  auto& history = static_cast<WorldReplication&>(replication);
  history.world().clear_externals();
  for (Move const& move : moves_[point]) {
    auto const& [at, nation, organisation, flag, on] = move;
    auto const place = std::lower_bound(all_moves_.begin(), all_moves_.end(), move) - all_moves_.begin();
    auto const key = static_cast<std::uint32_t>(place);
    if (flag == dissolution_code)
      history.world().schedule_external(history.directory().organisations[static_cast<std::size_t>(organisation)], at, key, Organisation::Dissolved{organisation});
    else
      history.world().schedule_external(history.directory().nations[static_cast<std::size_t>(nation)], at, key, Nation::Lever{organisation, flag, flag == withdrawal_flag ? find_withdrawal(nation, organisation, sim::in_days(at - start_)) : on});
  }
}

}  // namespace

AssetOptions asset_options(sim::Study const& study) {
  AssetOptions options;
  options.per_sector = static_cast<int>(sim::option(study, "assets_per_sector"));
  options.size_exponent = sim::option(study, "asset_size_exponent");
  options.dependencies = sim::option(study, "asset_dependencies");
  options.graph_seed = static_cast<std::uint64_t>(sim::option(study, "asset_graph_seed"));
  options.faults_per_year = sim::option(study, "asset_faults_per_year");
  options.crew_load = sim::option(study, "asset_crew_load");
  return options;
}

std::unique_ptr<sim::Scenario> make_scenario(sim::Study const& study) { return std::make_unique<WorldScenario>(study); }

}  // namespace world
