#include <set>

#include "sim/campaign/condition.hpp"
#include "sim/campaign/sampling/correlation.hpp"
#include "sim/campaign/sampling/fraction.hpp"
#include "sim/campaign/sampling/latin_hypercube.hpp"
#include "sim/campaign/sampling/sampling_error.hpp"
#include "sim/campaign/study_sampling.hpp"

namespace sim {

/// Most conditions of a study on its futures.
constexpr std::size_t conditions_max = 100;

void read_sizes(TableReader& sampling, StudyParts& parts) {
  auto& s = parts.study.sampling;
  if (auto const n = sampling.integer("levels", optional_key("levels = 4"), 2, 1000)) s.levels = static_cast<std::uint32_t>(*n);
  if (s.type == SamplingType::morris && s.levels % 2 != 0)
    parts.issues.add(sampling.where("levels"), std::to_string(s.levels) + " levels are odd", "a step of Morris's is half of an even number of levels", "write levels = " + std::to_string(s.levels + 1));
  if (auto const n = sampling.integer("trajectories", optional_key("trajectories = 10"), 1, futures_max)) s.trajectories = static_cast<std::uint32_t>(*n);
  if (auto const n = sampling.integer("base", optional_key("base = 256"), 1, futures_max)) s.base = static_cast<std::uint32_t>(*n);
  s.second_order = sampling.flag("second_order", optional_key("second_order = true")).value_or(false);
  auto const quantiles = sampling.numbers("quantiles", optional_key("quantiles = [0.1, 0.9]"));
  if (!quantiles) return;
  if (quantiles->size() == 2 && (*quantiles)[0].value > 0 && (*quantiles)[0].value < (*quantiles)[1].value && (*quantiles)[1].value < 1) {
    s.low = (*quantiles)[0].value;
    s.high = (*quantiles)[1].value;
  } else {
    parts.issues.add(sampling.where("quantiles"), "these quantiles are no low and high level", "two rising numbers inside 0 to 1 are needed", "write quantiles = [0.1, 0.9]");
  }
}

void read_pairing(TableReader& sampling, StudyParts& parts) {
  auto& s = parts.study.sampling;
  auto const& names = pairing_names();
  auto const given = sampling.text("criterion", optional_key("criterion = \"maximin\""));
  if (s.type != SamplingType::latin_hypercube) return;
  bool const is_correlated = sampling.has("correlations");
  s.pairing = is_correlated ? Pairing::random : Pairing::maximin;
  if (given) {
    auto const at = std::find(names.begin(), names.end(), *given);
    if (at == names.end()) {
      parts.issues.add(sampling.where("criterion"), "unknown criterion " + shown(*given), "known: " + listed(names), did_you_mean(*given, names, "use a known one"));
      return;
    }
    s.pairing = static_cast<Pairing>(at - names.begin());
  }
  if (is_correlated && s.pairing != Pairing::random)
    parts.issues.add(sampling.where("criterion"), shown(*given) + " does not go with correlations", "they pair the points themselves", "write criterion = \"random\", or remove them");
  std::uint32_t const most = s.pairing == Pairing::maximin ? maximin_points_max : s.pairing == Pairing::nearly_orthogonal ? nearly_orthogonal_points_max : futures_max;
  if (parts.study.futures > most)
    parts.issues.add(sampling.where(given ? "criterion" : "type"), std::to_string(parts.study.futures) + " futures are too many for criterion " + shown(names[static_cast<std::size_t>(s.pairing)]),
                     "at most " + std::to_string(most) + " are paired by it", "write criterion = \"random\", or type = \"sobol\"");
}

void read_generators(TableReader& sampling, StudyParts& parts) {
  auto& s = parts.study.sampling;
  auto const generators = sampling.texts("generators", optional_key("generators = [\"d = a*b*c\"]"));
  auto const resolution = sampling.integer("resolution", optional_key("resolution = 4"), 3, fraction_resolution_max);
  if (s.type != SamplingType::fractional_factorial) return;
  if (sampling.has("generators") == sampling.has("resolution")) {
    bool const both = sampling.has("resolution");
    parts.issues.add(sampling.where(both ? "resolution" : "type"), both ? "a fraction has generators or a resolution" : "which fraction?",
                     both ? "the generators decide the resolution" : "there is neither generators nor resolution", both ? "keep one of them" : "add resolution = 4");
    return;
  }
  if (generators)
    for (auto const& one : *generators) s.generators.push_back(one.value);
  if (!resolution || s.factors.empty()) return;
  try {
    s.generators = smallest_fraction(s.factors, static_cast<unsigned>(*resolution)).generators;
  } catch (SamplingError const& error) {
    parts.issues.add(sampling.where(error.key), error.problem, error.reason, error.advice);
  }
}

void read_where(TableReader& sampling, StudyParts& parts) {
  std::vector<std::string> names;
  for (auto const& factor : parts.study.factors) names.push_back(factor.info.name);
  auto const conditions = sampling.texts("where", optional_key("where = [\"a < 2 * b\"]"));
  if (!conditions) return;
  if (conditions->size() > conditions_max) {
    parts.issues.add(sampling.where("where"), std::to_string(conditions->size()) + " conditions are too many", "at most " + std::to_string(conditions_max) + " are accepted", "join some with \"and\"");
    return;
  }
  for (auto const& one : *conditions) try {
      Condition const condition(one.value, names, names.empty() ? "" : names.front() + " > 0");
      parts.study.sampling.where.push_back(one.value);
    } catch (ConditionError const& error) {
      parts.issues.add(one.where, error.problem + ", at column " + std::to_string(error.column) + " of " + shown(one.value), error.reason, error.advice);
    }
}

namespace {

/// The two factors of a correlation; empty after an issue.
std::optional<std::pair<std::string, std::string>> read_between(TableReader& table, StudyParts& parts) {
  auto const between = table.texts("between", required("between = [\"a\", \"b\"]"));
  if (!between) return {};
  if (between->size() != 2) {
    parts.issues.add(table.where("between"), std::to_string(between->size()) + " factors are no pair", "a correlation is between two", "name two different factors");
    return {};
  }
  auto const& varied = parts.study.sampling.factors;
  for (auto const& name : *between)
    if (std::find(varied.begin(), varied.end(), name.value) == varied.end()) {
      bool const exists = std::any_of(parts.study.factors.begin(), parts.study.factors.end(), [&](auto const& f) { return f.info.name == name.value; });
      parts.issues.add(name.where, (exists ? "factor " : "unknown factor ") + shown(name.value) + (exists ? " does not vary" : ""), "those that vary are " + listed(varied),
                       exists ? "add it to factors, or give it a distribution" : did_you_mean(name.value, varied, "name one of them"));
      return {};
    }
  return std::pair((*between)[0].value, (*between)[1].value);
}

}  // namespace

void read_correlations(TableReader& sampling, StudyParts& parts) {
  std::set<std::pair<std::string, std::string>> pairs;
  std::set<std::string> names;
  for (auto& table : sampling.tables("correlations", optional_key("[[sampling.correlations]]"))) {
    auto const between = read_between(table, parts);
    auto const rank = table.number("rank", required("rank = 0.6"));
    table.finish();
    if (rank && !(*rank > -1 && *rank < 1))
      parts.issues.add(table.where("rank"), shown(*rank) + " is out of range for a rank correlation", "above -1 and below 1 are accepted", "at the ends the two would be one factor");
    if (!between || !rank) continue;
    if (!pairs.insert(std::minmax(between->first, between->second)).second)
      parts.issues.add(table.where("between"), "repeated correlation of " + shown(between->first) + " and " + shown(between->second), "a pair has one", "keep one of them");
    names.insert({between->first, between->second});
    parts.study.sampling.correlations.push_back({between->first, between->second, *rank});
  }
  if (names.size() > correlated_factors_max)
    parts.issues.add(sampling.where("correlations"), std::to_string(names.size()) + " correlated factors are too many", "at most " + std::to_string(correlated_factors_max) + " are accepted", "correlate fewer");
}

}  // namespace sim
