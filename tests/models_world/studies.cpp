#include "tests/models_world/studies.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstring>
#include <sstream>

#include "models/world/mechanisms.hpp"
#include "models/world/scenario.hpp"
#include "sim/campaign/run_replication.hpp"
#include "sim/exec/executors.hpp"

namespace world::test {
namespace {

constexpr std::uint64_t event_limit = 50'000'000;

sim::ParameterInfo const& factor(std::string const& name) {
  for (sim::ParameterInfo const& info : vocabulary().factors)
    if (info.name == name) return info;
  FAIL("no factor " << name);
  throw 0;
}

// TOML keys with a dot inside need quotes.
std::string constant(std::string const& name, double value) {
  std::ostringstream text;
  text.precision(17);
  text << "[factors.\"" << name << "\"]\ndistribution = \"constant\"\nvalue = " << std::showpoint << value
       << "\nunit = \"" << factor(name).unit << "\"\nsource = \"assumed: a test\"\ngrade = \"D\"\n";
  return text.str();
}

std::string lever_text(Lever const& lever) {
  std::string text = "[[levers]]\nname = \"" + lever.name + "\"\naction = \"" + lever.action + "\"\nfrom = " + lever.from + "\n";
  if (!lever.nation.empty()) text += "nation = \"" + lever.nation + "\"\n";
  if (!lever.organisation.empty()) text += "organisation = \"" + lever.organisation + "\"\n";
  if (!lever.status.empty()) text += "status = \"" + lever.status + "\"\n";
  if (!lever.to.empty()) text += "to = " + lever.to + "\n";
  return text;
}

template <class T>
bool same_bits(std::vector<T> const& a, std::vector<T> const& b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0);
}

}  // namespace

std::vector<Lever> three_steps(std::string const& from) {
  return {{"liaison", "JPN", "CCDCOE", "liaison", from},
          {"exercise", "JPN", "CCDCOE", "exercise", from},
          {"membership", "JPN", "CCDCOE", "membership", from, "CP"}};
}

std::vector<std::string> available_mechanisms() {
  std::vector<std::string> codes;
  for (MechanismInfo const& mechanism : mechanisms())
    if (mechanism.available) codes.emplace_back(mechanism.code);
  return codes;
}

std::vector<std::pair<std::string, double>> strong_constants() {
  std::vector<std::pair<std::string, double>> constants{
      {"M1.detection_ratio", 2},      {"M2.share_probability", 1}, {"M2.leak_probability", 0.02}, {"M3.exercise_ratio", 2},
      {"M4.pool_share", 1},           {"M5.attribution_odds", 5},  {"M5.evidence_speed", 5},
      {"M6.decision_delay_ratio", 0.2}, {"M6.misattribution_cut", 0.9}, {"M7.information_ratio", 0.5},
      {"M8.targeting_ratio", 2},      {"M9.partnership_cost", 0.2}, {"M10.free_riding", 0.9},
      {"membership_ramp", 1},         {"relay_delay", 0.1},        {"hunt_probability", 1},
      {"exercise_reach", 0},          {"patch_loss", 1},           {"indicator_half_life", 365}};
  for (char const* m : {"M1", "M2", "M3", "M5", "M6", "M7", "M8"})
    constants.emplace_back(std::string("centre_weight.") + m, 2);
  return constants;
}

SmallStudy make_study(StudyOptions const& options) {
  std::ostringstream text;
  text << "study_format = 1\nname = \"small\"\n[scenario]\nworld = \"" << options.world << "\"\n" << options.scenario << "[time]\nstart = " << options.start
       << "\nrecord_from = " << options.record_from << "\nend = " << options.end
       << "\n[campaign]\nfutures = " << options.futures << "\nreplications = " << options.replications
       << "\nseed = " << options.seed << "\nfocal = [\"" << options.focal << "\"]\n[mechanisms]\n";
  for (MechanismInfo const& mechanism : mechanisms()) {
    auto const& on = options.mechanisms;
    bool const is_on = std::find(on.begin(), on.end(), mechanism.code) != on.end();
    text << mechanism.code << " = " << (is_on ? "true" : "false") << '\n';
  }
  text << "[behaviour]\n" << options.behaviour;
  for (std::string const& name : options.behaviours) text << name << " = true\n";
  for (auto const& [name, value] : options.constants) text << constant(name, value);
  for (Lever const& lever : options.levers) text << lever_text(lever);
  text << "[design]\ntype = \"explicit\"\nreference = \"" << options.treatments.front().first << "\"\n";
  for (auto const& [name, levers] : options.treatments)
    text << "[[treatments]]\nname = \"" << name << "\"\nlevers = [" << levers << "]\n";
  text << options.more;
  sim::Study study = sim::parse_study({"small.toml", text.str()}, {}, vocabulary());
  auto scenario = make_scenario(study);
  return {std::move(study), std::move(scenario)};
}

sim::ReplicationRecord run(sim::Scenario const& scenario, std::shared_ptr<sim::Future const> const& future,
                           sim::ReplicationKey key, std::string const& executor, unsigned threads) {
  auto const made = sim::make_executor(executor, threads);
  auto record = sim::run_replication(scenario, future, key, *made, event_limit, nullptr);
  REQUIRE(record.has_value());
  INFO(record->message);
  REQUIRE(record->status == sim::ReplicationStatus::done);
  return std::move(*record);
}

std::unique_ptr<sim::Replication> history_of(SmallStudy const& study, std::uint32_t future) {
  auto replication = study.scenario->build(study.scenario->prepare(future), {0, future, 0});
  sim::NoRows nobody;
  auto const executor = sim::make_executor("sequential");
  executor->start(replication->world(), nobody, study.scenario->start());
  executor->run_until(study.scenario->end());
  return replication;
}

std::vector<sim::ReplicationRecord> run_all(SmallStudy const& study) {
  auto const futures = study.study.futures, replications = study.study.replications;
  auto const points = static_cast<std::uint32_t>(study.study.treatments.size());
  std::vector<sim::ReplicationRecord> records(std::size_t{points} * futures * replications);
  for (std::uint32_t f = 0; f < futures; ++f) {
    auto const future = study.scenario->prepare(f);
    for (std::uint32_t p = 0; p < points; ++p)
      for (std::uint32_t r = 0; r < replications; ++r)
        records[(std::size_t{p} * futures + f) * replications + r] = run(*study.scenario, future, {p, f, r});
  }
  return records;
}

double response(sim::ResultSchema const& schema, sim::ReplicationRecord const& record, std::string const& name,
                std::size_t nation) {
  for (std::size_t i = 0; i < schema.responses.size(); ++i)
    if (schema.responses[i].name == name) return record.responses.at(sim::response_offset(schema, i) + nation);
  FAIL("no response " << name);
  return 0;
}

double total(sim::ResultSchema const& schema, sim::ReplicationRecord const& record, std::string const& name) {
  double sum = 0;
  for (std::size_t n = 0; n < schema.nations.size(); ++n) sum += response(schema, record, name, n);
  return sum;
}

bool same_outcome(sim::ReplicationRecord const& a, sim::ReplicationRecord const& b) {
  return same_bits(a.responses, b.responses) && same_bits(a.focal_series, b.focal_series) &&
         same_bits(a.other_series, b.other_series) && same_bits(a.incidents, b.incidents);
}

}  // namespace world::test
