#include "sim/campaign/sampling/correlation.hpp"
#include "sim/campaign/sampling/factor_design.hpp"
#include "sim/campaign/sampling/sampling_error.hpp"
#include "sim/campaign/sampling/sobol_numbers.hpp"
#include "sim/campaign/study_sampling.hpp"

namespace sim {
namespace {

using Type = SamplingType;

/// Which types a key belongs to; the others refuse it.
struct KeyUse {
  char const* key;
  std::vector<Type> types;
};
std::vector<KeyUse> const& key_uses() {
  static std::vector<KeyUse> const uses{
      {"criterion", {Type::latin_hypercube}},
      {"levels", {Type::full_factorial, Type::morris}},
      {"trajectories", {Type::morris}},
      {"base", {Type::saltelli}},
      {"second_order", {Type::saltelli}},
      {"generators", {Type::fractional_factorial}},
      {"resolution", {Type::fractional_factorial}},
      {"quantiles", {Type::fractional_factorial, Type::one_at_a_time}},
      {"file", {Type::table}},
      {"rows", {Type::table}},
      {"where", {Type::random, Type::sobol, Type::full_factorial, Type::table}},
      {"correlations", {Type::random, Type::sobol, Type::latin_hypercube}},
  };
  return uses;
}

std::vector<ParameterInfo> factors_of(Study const& study) {
  std::vector<ParameterInfo> factors;
  for (auto const& factor : study.factors) factors.push_back(factor.info);
  return factors;
}

/// Why a type refuses conditions or correlations.
std::string reason_against(std::string const& key) {
  if (key == "where") return "leaving points out would break its balance";
  if (key == "correlations") return "its estimates need independent factors";
  return "it has no use for it";
}

std::string advice_against(std::string const& key) {
  if (key == "where") return "write type = \"random\" or \"sobol\", or narrow the priors";
  if (key == "correlations") return "write type = \"random\", \"sobol\" or \"latin_hypercube\", or remove them";
  return "remove it, or choose another type";
}

void check_keys(TableReader& sampling, StudyParts& parts) {
  auto const type = parts.study.sampling.type;
  for (auto const& [key, types] : key_uses()) {
    if (!sampling.has(key) || std::find(types.begin(), types.end(), type) != types.end()) continue;
    std::vector<std::string> names;
    for (auto const one : types) names.push_back(name_of(one));
    parts.issues.add(sampling.where(key), shown(key) + " does not go with type " + shown(name_of(type)),
                     reason_against(key) + "; it belongs to " + listed(names), advice_against(key));
  }
}

/// Sets the type; false after an issue.
bool read_type(TableReader& sampling, StudyParts& parts) {
  auto const& names = sampling_type_names();
  auto const given = sampling.text("type", optional_key("type = \"sobol\""));
  if (!given) return !sampling.has("type");
  auto const at = std::find(names.begin(), names.end(), *given);
  if (at == names.end())
    parts.issues.add(sampling.where("type"), "unknown type of sampling " + shown(*given), "known: " + listed(names),
                     did_you_mean(*given, names, "use a known one"));
  else
    parts.study.sampling.type = static_cast<Type>(at - names.begin());
  return at != names.end();
}

/// All factors whose prior is no constant, or those that are named.
void read_varied(TableReader& sampling, StudyParts& parts) {
  auto& s = parts.study.sampling;
  auto const given = sampling.texts("factors", optional_key("factors = [\"a\", \"b\"]"));
  if (!sampling.has("factors")) {
    for (auto const& factor : parts.study.factors)
      if (factor.info.prior.family != Family::constant) s.factors.push_back(factor.info.name);
    return;
  }
  s.all = false;
  if (!given) return;
  std::vector<std::string> known;
  for (auto const& factor : parts.study.factors) known.push_back(factor.info.name);
  if (given->empty() || given->size() > known.size()) {
    parts.issues.add(sampling.where("factors"), std::to_string(given->size()) + " factors cannot vary", "the model has " + std::to_string(known.size()),
                     given->empty() ? "name at least one, or leave the key out" : "name those that the model has");
    return;
  }
  for (auto const& name : *given) {
    auto const at = std::find(known.begin(), known.end(), name.value);
    if (at == known.end()) {
      parts.issues.add(name.where, "unknown factor " + shown(name.value), "known: " + listed(known), did_you_mean(name.value, known, "use a known one"));
      continue;
    }
    auto const& prior = parts.study.factors[static_cast<std::size_t>(at - known.begin())].info.prior;
    if (prior.family == Family::constant && s.type != Type::table)
      parts.issues.add(name.where, "factor " + shown(name.value) + " cannot vary", "its prior is " + to_string(prior), "give it a distribution in [factors." + name.value + "]");
    s.factors.push_back(name.value);
  }
}

/// Limits of the types on the number of factors; false after an issue.
bool check_width(TableReader& sampling, StudyParts& parts) {
  auto const& s = parts.study.sampling;
  std::size_t const width = s.factors.size();
  std::size_t const dimensions = s.type == Type::saltelli ? 2 * width : s.type == Type::sobol ? width : 0;
  if (width == 0 && s.type != Type::random)
    parts.issues.add(sampling.where("type"), "no factor varies", "all priors are constants", "give one a distribution in [factors.NAME]");
  if (dimensions > sobol_dimensions_max)
    parts.issues.add(sampling.where(sampling.has("factors") ? "factors" : "type"), std::to_string(width) + " factors are too many for type " + shown(name_of(s.type)),
                     std::to_string(dimensions) + " dimensions; there are direction numbers for " + std::to_string(sobol_dimensions_max), "let fewer factors vary");
  return (width > 0 || s.type == Type::random) && dimensions <= sobol_dimensions_max;
}

/// Number of futures of a structured type, its conditions met; the campaign may only repeat it.
void set_futures(TableReader& sampling, StudyParts& parts, std::vector<ParameterInfo> const& factors) {
  auto& study = parts.study;
  auto const points = planned_points(factors, study.sampling);
  if (points > futures_max) {
    bool const is_huge = points >> 62 != 0;
    parts.issues.add(sampling.where("type"), (is_huge ? "more than 10^18" : std::to_string(points)) + " points are too many", std::to_string(study.sampling.factors.size()) + " factors vary; a campaign has at most " + std::to_string(futures_max) + " futures",
                     "let fewer factors vary, or choose a smaller design");
    return;
  }
  auto const written = study.futures;
  study.futures = static_cast<std::uint32_t>(points);
  if (!study.sampling.where.empty()) {
    auto const design = factor_design({study.seed, study.futures, factors, study.sampling});
    study.futures = design.futures;
    check_still_varying(sampling, design, parts);
  }
  if (parts.futures_given && written != study.futures)
    parts.issues.add(*parts.futures_given, std::to_string(written) + " futures do not fit the sampling", "type " + shown(name_of(study.sampling.type)) + " makes " + std::to_string(study.futures),
                     "leave the number of futures out, or change [sampling]");
}

/// What only the design as a whole can show; run where nothing else was wrong.
void check_design(TableReader& sampling, StudyParts& parts) {
  auto const& s = parts.study.sampling;
  auto const factors = factors_of(parts.study);
  try {
    CorrelatedColumns const correlated(s.factors, s.correlations);
    if (is_structured(s.type))
      set_futures(sampling, parts, factors);
    else if (!s.where.empty() || (s.type == Type::latin_hypercube && !correlated.empty()))
      factor_design({parts.study.seed, parts.study.futures, factors, s});
  } catch (SamplingError const& error) {
    Position where = sampling.where(error.key);
    if (error.element)
      if (auto const texts = sampling.texts(error.key, optional_key(""))) where = (*texts)[*error.element].where;
    parts.issues.add(where, error.problem, error.reason, error.advice);
  }
}

}  // namespace

void read_sampling(TableReader& root, StudyParts& parts) {
  auto sampling = root.table("sampling", optional_key("[sampling]"));
  std::size_t const issues_before = parts.issues.size();
  bool const type_known = read_type(sampling, parts);
  bool const is_table = parts.study.sampling.type == Type::table;
  if (!is_table || sampling.has("factors") || !sampling.has("file")) read_varied(sampling, parts);
  read_sizes(sampling, parts);
  read_pairing(sampling, parts);
  read_generators(sampling, parts);
  read_where(sampling, parts);
  read_correlations(sampling, parts);
  if (is_table)
    read_sampling_table(sampling, parts);
  else
    sampling.text("file", optional_key("file = \"points.csv\"")), sampling.number_rows("rows", optional_key("rows = [[1, 0.2]]"));
  if (type_known) check_keys(sampling, parts);
  sampling.text("type", optional_key("type = \"sobol\""));
  sampling.finish();
  if (!sampling.present() || parts.issues.size() != issues_before) return;
  if (!check_width(sampling, parts)) return;
  check_levels_differ(sampling, parts);
  if (parts.issues.size() == issues_before) check_design(sampling, parts);
}

}  // namespace sim
