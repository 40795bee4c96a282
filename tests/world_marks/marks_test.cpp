// A mark is drawn at one moment of a history, or it is a lasting one: else a split history would draw it anew half way.
#include <catch2/catch.hpp>

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "sim/exec/executors.hpp"
#include "sim/rng/stream.hpp"
#include "tests/models_world/studies.hpp"

using namespace world::test;

namespace {

// Agent, purpose, subkey.
using Mark = std::tuple<std::uint64_t, std::uint32_t, std::uint64_t>;

constexpr std::uint32_t origin = 7, branch = 9;

// What has been drawn since the last event of the one history that is watched.
std::vector<Mark>* drawn = nullptr;

// Rows are of no interest; events end the moment to which draws belong.
class Watch final : public sim::RowSink {
 public:
  explicit Watch(sim::World const& world) : world_(world) {}
  void event(sim::EventHeader const& event, sim::EventCause const&) override {
    ++moment_;
    for (Mark const& mark : *drawn) {
      auto const [at, is_new] = moment_of_.emplace(mark, moment_);
      if (!is_new && at->second != moment_) {
        sim::AgentType const& type = world_.type(event.to);
        again.insert(std::string(type.name) + " purpose " + std::to_string(std::get<1>(mark) & ~sim::mark_purpose) + " on " +
                     std::string(type.events[event.kind].name));
      }
    }
    drawn->clear();
  }
  void row(sim::RowKey const&, std::span<std::byte const>) override {}
  std::size_t marks() const { return moment_of_.size(); }

  std::set<std::string> again;

 private:
  sim::World const& world_;
  std::uint64_t moment_ = 0;
  std::map<Mark, std::uint64_t> moment_of_;
};

}  // namespace

// Takes the place of the library's own, which the linker leaves out: every draw passes through here.
void sim::RngStream::refill() {
  if (drawn != nullptr && counter_[2] >> 32 == branch && (counter_[2] & mark_purpose) != 0)
    drawn->emplace_back(counter_[1], static_cast<std::uint32_t>(counter_[2]), counter_[3]);
  words_ = philox_block(counter_, key_);
  ++counter_[0];
  used_ = 0;
}

namespace {

std::set<std::string> drawn_again(StudyOptions const& options) {
  SmallStudy const study = make_study(options);
  auto const replication = study.scenario->build(study.scenario->prepare(0), {0, 0, 0});
  sim::ReplicationStream stream = replication->world().stream();
  stream.branch = branch;
  stream.origin = origin;
  replication->world().draw_from(stream);
  replication->world().trace_causes();
  Watch watch(replication->world());
  std::vector<Mark> marks;
  drawn = &marks;
  auto const executor = sim::make_executor("sequential");
  executor->start(replication->world(), watch, study.scenario->start());
  executor->run_until(study.scenario->end());
  drawn = nullptr;
  CHECK(watch.marks() > 1000);
  return watch.again;
}

}  // namespace

TEST_CASE("no mark of the world is drawn at two moments unless it is a lasting one", "[world][splitting]") {
  StudyOptions options;
  options.start = "2018-01-01", options.record_from = "2018-06-01", options.end = "2022-01-01";
  options.mechanisms = available_mechanisms();
  options.constants = strong_constants();
  options.levers = three_steps("2018-07-01");
  options.treatments = {{"all", "\"liaison\", \"exercise\", \"membership\""}};
  for (std::string const& what : drawn_again(options)) FAIL_CHECK(what);
}
