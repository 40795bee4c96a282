#include "sim/app/bench/precision_units.hpp"

#include <time.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <limits>
#include <mutex>
#include <thread>

#include "models/world/scenario.hpp"
#include "sim/base/error.hpp"
#include "sim/base/names.hpp"
#include "sim/campaign/run_replication.hpp"
#include "sim/exec/executors.hpp"

namespace app {

namespace {

double thread_cpu_s() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

template <class T, class Name>
std::size_t find(std::vector<T> const& all, std::string const& what, std::string const& given, Name name) {
  std::vector<std::string> names;
  for (T const& each : all) names.push_back(name(each));
  auto const at = std::find(names.begin(), names.end(), given);
  if (at != names.end()) return static_cast<std::size_t>(at - names.begin());
  throw sim::Error("--" + what + " " + given + " (not in the study; it has " + sim::listed(names) + ") " +
                   sim::did_you_mean(given, names, "name one of these"));
}

/// The treatment to compare: named, or the one with the most interventions.
sim::Treatment chosen_treatment(sim::Study const& study, std::string const& given) {
  std::vector<sim::Treatment> others;
  for (sim::Treatment const& t : study.treatments)
    if (t.name != study.reference) others.push_back(t);
  if (others.empty())
    throw sim::Error("the study has a single treatment, " + sim::shown(study.reference) +
                     " (there is no difference to estimate) give it a second one, or choose another study");
  if (!given.empty()) return others[find(others, "treatment", given, [](auto const& t) { return t.name; })];
  return *std::max_element(others.begin(), others.end(), [](auto const& a, auto const& b) { return a.interventions.size() < b.interventions.size(); });
}

/// The study with nothing but the reference and the treatment, in this order, and futures that have no order.
sim::Study reduced(sim::Study study, std::string const& treatment, std::uint32_t futures, std::size_t replications) {
  sim::Treatment const other = chosen_treatment(study, treatment);
  std::erase_if(study.treatments, [&](auto const& t) { return t.name != study.reference; });
  study.treatments.push_back(other);
  study.sampling = {};
  study.futures = futures;
  study.replications = static_cast<std::uint32_t>(replications);
  return study;
}

/// A rule would end the methods at different counts, and splitting measures no difference of histories.
void require_plain(PrecisionQuestion const& question) {
  sim::Study const study = sim::load_study(question.study, question.overrides, world::vocabulary());
  if (study.stopping.is_rule()) throw sim::Error("cannot measure " + question.study + " (it has a [stopping] rule) leave the rule out of a copy");
  if (study.rare_event.is_set()) throw sim::Error("cannot measure " + question.study + " (it asks for a [rare_event]) name a study of responses");
}

sim::Study opened(PrecisionQuestion const& question, PrecisionMethod const& method) {
  require_plain(question);
  std::vector<sim::Override> overrides = question.overrides;
  overrides.insert(overrides.end(), method.overrides.begin(), method.overrides.end());
  return sim::load_study(question.study, overrides, world::vocabulary());
}

}  // namespace

PrecisionBench::PrecisionBench(PrecisionQuestion const& question, PrecisionMethod const& method, std::uint32_t futures)
    : method_(method),
      world_(with_scenario(reduced(opened(question, method), question.treatment, futures, method.pairs_per_unit))) {
  sim::ResultSchema const& schema = world_.scenario->schema();
  response_ = find(schema.responses, "response", question.response, [](auto const& r) { return r.name; });
  nation_ = !question.nation.empty() || schema.focal.empty() ? question.nation : schema.focal.front();
  std::size_t const nation = find(schema.nations, "nation", nation_, [](auto const& n) { return n; });
  place_ = sim::response_offset(schema, response_) + (response().per_nation ? nation : 0);
  for (std::size_t r = 0; r < schema.responses.size(); ++r)
    if (schema.responses[r].is_control) control_places_.push_back(sim::response_offset(schema, r) + (schema.responses[r].per_nation ? nation : 0));
}

/// Adds what a history says to its unit: the treatment's for, the reference's against.
void PrecisionBench::add(PrecisionUnit& unit, sim::ReplicationRecord const& record) const {
  if (record.status != sim::ReplicationStatus::done) throw sim::Error("a history failed (" + record.message + ") mend the study first");
  double const share = 1 / static_cast<double>(method_.pairs_per_unit), value = record.responses[place_] * share;
  if (!std::isfinite(value))
    throw sim::Error("the response " + sim::shown(response().name) + " is not defined in every history (as in future " +
                     std::to_string(record.key.future) + ") measure one that is, as resilience_loss");
  bool const is_reference = record.key.point == 0;
  unit.difference += is_reference ? -value : value;
  if (is_reference) unit.reference += value;
  for (std::size_t c = 0; c < control_places_.size(); ++c)
    unit.controls[c] += record.responses[control_places_[c]] * (is_reference ? -share : share);
}

void PrecisionBench::add_alone(PrecisionUnit& unit, sim::ReplicationKey key, sim::Executor& executor) const {
  auto const tables = world_.scenario->prepare(key.future);
  add(unit, *sim::run_replication(*world_.scenario, tables, key, executor, study().event_limit, nullptr));
}

PrecisionUnit PrecisionBench::run(std::uint32_t future, std::uint32_t other, sim::Executor& executor) const {
  PrecisionUnit unit;
  unit.controls.assign(control_places_.size(), 0);
  double const begin = thread_cpu_s();
  auto const tables = method_.sharing == Sharing::nothing ? nullptr : world_.scenario->prepare(future);
  for (std::uint32_t r = 0; r < method_.pairs_per_unit; ++r) {
    if (method_.sharing == Sharing::nothing) {
      add_alone(unit, {0, future, r}, executor);
      add_alone(unit, {1, other, r}, executor);
      continue;
    }
    sim::History history{.keys = {{0, future, r}, {1, future, r}}};
    if (method_.sharing == Sharing::numbers) history.branch_at = {std::numeric_limits<std::int64_t>::min()};
    sim::run_history(*world_.scenario, tables, history, executor, study().event_limit, nullptr,
                     [&](sim::ReplicationRecord&& record) { add(unit, record); });
  }
  unit.cpu_s = thread_cpu_s() - begin;
  return unit;
}

void for_each_unit(std::uint32_t count, unsigned jobs, std::function<void(std::uint32_t, sim::Executor&)> const& f) {
  std::atomic<std::uint32_t> next{0};
  std::mutex mutex;
  std::exception_ptr fault;
  auto const work = [&] {
    try {
      auto const executor = sim::make_executor("sequential", 1);
      for (std::uint32_t i = next++; i < count; i = next++) f(i, *executor);
    } catch (...) {
      std::lock_guard const lock(mutex);
      if (!fault) fault = std::current_exception();
      next = count;
    }
  };
  {
    std::vector<std::jthread> threads;
    for (unsigned j = 1; j < jobs; ++j) threads.emplace_back(work);
    work();
  }
  if (fault) std::rethrow_exception(fault);
}

}  // namespace app
