#include "models/theory/comparison.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/estimators/mean.hpp"
#include "analysis/estimators/student.hpp"
#include "sim/base/contracts.hpp"
#include "sim/base/names.hpp"

namespace theory {

namespace {

constexpr double events_unseen = 7;  // ln 1000: a mean with which none comes once in a thousand

constexpr std::uint64_t work_of_a_world = 1000;  // building it takes as long as some hundreds of events

/// Hands everything on, and counts the work: events, and an eighth for each agent set up.
class Meter final : public sim::Executor {
 public:
  explicit Meter(sim::Executor& inner) : inner_(inner) {}
  std::uint64_t work() const { return work_; }

  void start(sim::World& world, sim::RowSink& rows, sim::Time start, sim::RunLimits limits) override {
    inner_.start(world, rows, start, limits);
    work_ += work_of_a_world + world.lp_count() / 8;
    seen_ = 0;
  }
  void run_until(sim::Time end) override {
    inner_.run_until(end);
    std::uint64_t const events = inner_.statistics().events;
    work_ += events - seen_;
    seen_ = events;
  }
  sim::RunStatistics statistics() const override { return inner_.statistics(); }
  sim::ExecutionStatistics execution() const override { return inner_.execution(); }
  std::shared_ptr<sim::Snapshot const> snapshot() const override { return inner_.snapshot(); }
  void resume(sim::World& world, sim::RowSink& rows, std::shared_ptr<sim::Snapshot const> snapshot,
              sim::RunLimits limits) override {
    inner_.resume(world, rows, std::move(snapshot), limits);
    seen_ = inner_.statistics().events;
  }

 private:
  sim::Executor& inner_;
  std::uint64_t work_ = 0;
  std::uint64_t seen_ = 0;  // events of this run
};

/// What all replications have found of one quantity.
struct Measured {
  std::string name;
  double scale = 0;         // 0: none
  bool may_be_few = false;  // a law that says never or always leaves no events to miss
  double grain = 0;         // of any replication
  std::vector<double> values, weights;
};

Simulated interval(Measured const& measured) {
  auto const n = static_cast<double>(measured.values.size());
  std::vector<double> parts, residuals;
  for (std::size_t i = 0; i < measured.values.size(); ++i) parts.push_back(measured.values[i] * measured.weights[i]);
  double const weight = analysis::moments(measured.weights).mean, mean = analysis::moments(parts).mean / weight;
  // Linearised: W. G. Cochran, Sampling Techniques (1977), section 6.3; with equal weights it is the plain mean's.
  for (std::size_t i = 0; i < measured.values.size(); ++i)
    residuals.push_back(measured.weights[i] * (measured.values[i] - mean));
  double half = resolution * std::max({std::fabs(mean), measured.scale, 1e-6});
  double const variance = analysis::moments(residuals).variance;
  if (variance > 0) {
    half += std::sqrt(variance / n) / weight *
            analysis::student_quantile(0.5 + interval_level / 2, measured.values.size() - 1);
  }
  if (measured.may_be_few) half += events_unseen * measured.grain / (weight * n);
  return {measured.name, mean, mean - half, mean + half, static_cast<std::uint32_t>(n), measured.scale};
}

/// The replications of one theory, as many as have been run.
class Experiment {
 public:
  Experiment(Theory const& theory, Values const& values, std::uint64_t seed, sim::Executor& executor)
      : theory_(theory), values_(values), seed_(seed), meter_(executor) {}

  /// Runs replications until there are so many.
  void run_to(std::uint32_t replications) {
    for (; count_ < replications; ++count_) {
      Quantities const found = theory_.simulate(values_, {.seed = seed_, .replication = count_}, meter_);
      if (count_ == 0) name(found);
      SIM_CHECK(found.size() == measured_.size());
      for (std::size_t i = 0; i < found.size(); ++i) {
        measured_[i].values.push_back(found[i].value);
        measured_[i].weights.push_back(found[i].weight);
        measured_[i].grain = std::max(measured_[i].grain, found[i].grain);
      }
    }
  }

  std::vector<Simulated> simulated() const {
    std::vector<Simulated> all;
    for (Measured const& measured : measured_) {
      bool const was_observed =
          std::any_of(measured.weights.begin(), measured.weights.end(), [](double w) { return w > 0; });
      if (was_observed) all.push_back(interval(measured));
    }
    return all;
  }

  std::uint64_t work() const { return meter_.work(); }

 private:
  void name(Quantities const& found) {
    Comparison const law{theory_.closed_form(values_), {}};
    Comparison const scales{theory_.scales ? theory_.scales(values_) : Quantities{}, {}};
    for (Quantity const& quantity : found) {
      auto const closed = law.known(quantity.name);
      double const scale = scales.known(quantity.name).value_or(closed == 0.0 ? 1.0 : 0.0);
      measured_.push_back({quantity.name, scale, closed != 0.0 && closed != 1.0, 0, {}, {}});
    }
  }

  Theory const& theory_;
  Values const& values_;
  std::uint64_t seed_;
  Meter meter_;
  std::uint32_t count_ = 0;
  std::vector<Measured> measured_;
};

/// Those that are to be compared with a law, and are not known well enough for it.
std::vector<Simulated> imprecise(Comparison const& comparison) {
  std::vector<Simulated> all;
  for (Simulated const& s : comparison.simulated) {
    if (comparison.known(s.name) && !s.is_precise()) all.push_back(s);
  }
  return all;
}

/// What the work has not sufficed for.
std::string shortfall(std::vector<Simulated> const& imprecise) {
  auto const width = [](Simulated const& s) { return s.half_width() / s.size(); };
  Simulated const& worst = *std::max_element(
      imprecise.begin(), imprecise.end(), [&](Simulated const& a, Simulated const& b) { return width(a) < width(b); });
  std::string note = "the work of a run ended before all intervals were within 2 %: ";
  if (worst.size() <= 0) return note + worst.name + " was not seen at all; give more --replications";
  double const times = width(worst) / precision;
  return note + worst.name + " is known to " + sim::shown(std::ceil(1000 * width(worst)) / 10) +
         " %; some --replications " +
         std::to_string(static_cast<std::uint64_t>(worst.replications * times * times) + 1) + " would do";
}

}  // namespace

std::optional<double> Comparison::known(std::string_view name) const {
  auto const at =
      std::find_if(closed_form.begin(), closed_form.end(), [&](Quantity const& q) { return q.name == name; });
  return at == closed_form.end() ? std::nullopt : std::optional(at->value);
}

double Comparison::closed(std::string_view name) const {
  auto const value = known(name);
  SIM_CHECK(value.has_value());
  return *value;
}

bool Comparison::has_simulated(std::string_view name) const {
  return std::any_of(simulated.begin(), simulated.end(), [&](Simulated const& s) { return s.name == name; });
}

Simulated const& Comparison::of(std::string_view name) const {
  auto const at = std::find_if(simulated.begin(), simulated.end(), [&](Simulated const& s) { return s.name == name; });
  SIM_CHECK(at != simulated.end());
  return *at;
}

Comparison compare(Theory const& theory, Values const& values, CompareOptions const& options, sim::Executor& executor) {
  Experiment experiment(theory, values, options.seed, executor);
  std::uint32_t replications = options.replications == 0 ? theory.replications : options.replications;
  SIM_CHECK(replications >= 2);
  Comparison comparison{theory.closed_form(values), {}};
  while (true) {
    experiment.run_to(replications);
    comparison.simulated = experiment.simulated();
    if (options.replications != 0) return comparison;
    auto const open = imprecise(comparison);
    if (open.empty()) return comparison;
    if (2 * experiment.work() > options.work) {
      comparison.note = shortfall(open);
      return comparison;
    }
    replications *= 2;
  }
}

}  // namespace theory
