// A mark is drawn at one moment of a history, or it is a lasting one: else a split history would draw it anew half way.
#include <catch2/catch.hpp>

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "models/world/behaviours.hpp"
#include "sim/exec/executors.hpp"
#include "sim/rng/stream.hpp"
#include "tests/models_world/studies.hpp"

using namespace world::test;

namespace {

// Agent, purpose, subkey; and where in the stream.
using Mark = std::tuple<std::uint64_t, std::uint32_t, std::uint64_t, std::uint64_t>;

constexpr std::uint32_t origin = 0x7000'0000;

// A mark, and the branch word that it was drawn with.
struct Drawn {
  Mark mark;
  std::uint32_t branch;
};

// What has been drawn since the last event of the one history that is watched.
std::vector<Drawn>* drawn = nullptr;

// Rows are of no interest; events end the moment to which draws belong.
class Watch final : public sim::RowSink {
 public:
  explicit Watch(sim::World const& world) : world_(world) {}
  void event(sim::EventHeader const& event, sim::EventCause const&) override {
    for (Drawn const& one : *drawn) {
      auto const [at, is_new] = branch_of_.emplace(one.mark, one.branch);
      if (is_new) continue;
      ++again;
      if (at->second == one.branch) continue;
      sim::AgentType const& type = world_.type(event.to);
      changed.insert(std::string(type.name) + " purpose " + std::to_string(std::get<1>(one.mark) & ~sim::mark_purpose) + " on " +
                     std::string(type.events[event.kind].name));
    }
    drawn->clear();
  }
  void row(sim::RowKey const&, std::span<std::byte const>) override {}
  std::size_t marks() const { return branch_of_.size(); }

  std::size_t again = 0;          // draws of marks that had been drawn before
  std::set<std::string> changed;  // those among them that were others now

 private:
  sim::World const& world_;
  std::map<Mark, std::uint32_t> branch_of_;  // at the first draw
};

}  // namespace

// Takes the place of the library's own, which the linker leaves out: every draw passes through here.
void sim::RngStream::refill() {
  if (drawn != nullptr && (counter_[2] & mark_purpose) != 0)
    drawn->push_back({{counter_[1], static_cast<std::uint32_t>(counter_[2]), counter_[3], counter_[0]}, static_cast<std::uint32_t>(counter_[2] >> 32)});
  words_ = philox_block(counter_, key_);
  ++counter_[0];
  used_ = 0;
}

namespace {

// A history that is split every ten days, each time into a branch of its own.
void check_marks(StudyOptions const& options) {
  SmallStudy const study = make_study(options);
  auto const replication = study.scenario->build(study.scenario->prepare(0), {0, 0, 0});
  sim::Splittable& splittable = *replication->splittable();
  sim::World& world = replication->world();
  sim::ReplicationStream stream = world.stream();
  stream.origin = origin;
  world.trace_causes();
  Watch watch(world);
  std::vector<Drawn> marks;
  drawn = &marks;
  auto const executor = sim::make_executor("sequential");
  std::shared_ptr<sim::Snapshot const> snapshot;
  for (sim::Time at = study.scenario->start(); at < study.scenario->end(); at = at + sim::day * 10) {
    ++stream.branch;
    world.rewind();
    splittable.draw_from(stream);
    if (snapshot) executor->resume(world, watch, snapshot);
    else executor->start(world, watch, at);
    executor->run_until(std::min(at + sim::day * 10, study.scenario->end()));
    snapshot = executor->snapshot();
  }
  drawn = nullptr;
  CHECK(watch.marks() > 1000);
  CHECK(watch.again > 100);
  for (std::string const& what : watch.changed) FAIL_CHECK(what);
}

StudyOptions everything() {
  StudyOptions options;
  options.start = "2018-01-01", options.record_from = "2018-06-01", options.end = "2021-01-01";
  options.mechanisms = available_mechanisms();
  options.constants = strong_constants();
  options.levers = three_steps("2018-07-01");
  options.treatments = {{"all", "\"liaison\", \"exercise\", \"membership\""}};
  return options;
}

}  // namespace

TEST_CASE("a mark that the world draws again after a split is the same", "[world][splitting]") {
  SECTION("with the standard behaviours") { check_marks(everything()); }
  SECTION("with the decision rules of theory, everyday faults and assets that depend on assets") {
    StudyOptions options = everything();
    for (world::BehaviourInfo const& behaviour : world::behaviours())
      if (!behaviour.standard && behaviour.name != "weakest_link" && behaviour.name != "best_shot") options.behaviours.emplace_back(behaviour.name);
    options.scenario = "asset_faults_per_year = 1.0\nassets_per_sector = 10\nasset_dependencies = 1.0\n";
    options.end = "2020-01-01";
    check_marks(options);
  }
}
