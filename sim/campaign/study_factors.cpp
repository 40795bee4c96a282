#include "sim/base/math.hpp"
#include "sim/campaign/study_parts.hpp"

namespace sim {
namespace {

/// Mass a prior may have on either side of the accepted range; draws there are clamped to it.
constexpr double tail_max = 0.001;

double quantile(Distribution const& d, double p) {
  switch (d.family) {
    case Family::constant:
      return d.a;
    case Family::uniform:
    case Family::log_uniform:
    case Family::triangular:
    case Family::sceptical:
      return p < 0.5 ? d.a : d.b;
    case Family::normal:
      return d.a + d.b * math::normal_quantile(p);
    case Family::lognormal:
      return d.a * math::exp(d.b * math::normal_quantile(p));
    case Family::beta:
      return math::beta_quantile(p, d.a, d.b);
    case Family::gamma:
      return math::gamma_quantile(p, d.a) / d.a * d.b;
    case Family::exponential:
      return -d.a * math::log1p(-p);
    case Family::weibull:
      return d.b * math::pow(-math::log1p(-p), 1 / d.a);
    case Family::discrete:
      return d.atoms.values[p < 0.5 ? 0 : d.atoms.count - 1];
  }
  return 0;
}

bool is_bounded(Family family) {
  return family == Family::constant || family == Family::uniform || family == Family::log_uniform ||
         family == Family::triangular || family == Family::sceptical || family == Family::discrete;
}

/// Larger shapes say nothing that a constant does not, and their quantiles take long.
constexpr double shape_max = 1e6;

bool is_shape(double x) { return x > 0 && x <= shape_max; }

/// What is wrong with the parameters of `d` by themselves; empty if nothing is.
std::string complaint(Distribution const& d) {
  switch (d.family) {
    case Family::constant:
      return {};
    case Family::uniform:
      return d.a < d.b ? "" : "low must be below high";
    case Family::log_uniform:
      return d.a > 0 && d.a < d.b ? "" : "0 < low < high is needed";
    case Family::triangular:
      return d.a < d.b && d.a <= d.c && d.c <= d.b ? "" : "low <= mode <= high and low < high are needed";
    case Family::sceptical:
      return d.a < d.b && d.a <= d.c && d.c <= d.b ? "" : "low <= null <= high and low < high are needed";
    case Family::normal:
      return d.b > 0 ? "" : "sd must be above 0";
    case Family::lognormal:
      return d.a > 0 && d.b > 0 ? "" : "median and log_sd must be above 0";
    case Family::beta:
      return is_shape(d.a) && is_shape(d.b) ? "" : "both shapes must be above 0 and at most 1e6";
    case Family::gamma:
      return is_shape(d.a) && d.b > 0 ? "" : "shape and mean must be above 0, shape at most 1e6";
    case Family::exponential:
      return d.a > 0 ? "" : "mean must be above 0";
    case Family::weibull:
      return is_shape(d.a) && d.b > 0 ? "" : "shape and scale must be above 0, shape at most 1e6";
    case Family::discrete:
      return {};  // judged value by value while it is read
  }
  return "unknown family";
}

void check_range(ParameterInfo const& info, Position where, StudyParts& parts) {
  auto const& d = info.prior;
  auto const accepted =
      "accepted: " + shortest_number(info.minimum) + " to " + shortest_number(info.maximum) + " [" + info.unit + "]";
  auto report = [&](char const* side, char const* suggestion) {
    auto const subject =
        "factor " + shown(info.name) + ": " +
        (is_bounded(d.family) ? to_string(d) + " reaches " : "more than 0.1 % of " + to_string(d) + " lies ");
    parts.issues.add(where, subject + side + " the accepted range", accepted, suggestion);
  };
  if (!(quantile(d, tail_max) >= info.minimum)) report("below", "move or narrow the distribution");
  if (!(quantile(d, 1 - tail_max) <= info.maximum)) report("above", "move or narrow the distribution");
}

/// The distribution, or empty after an issue; family_known: all keys it can have were asked for.
std::optional<Distribution> read_distribution(TableReader& table, StudyParts& parts, bool& family_known) {
  auto const name = table.text("distribution", required("distribution = \"uniform\""));
  if (!name) return {};
  auto const& families = family_keys();
  auto const* const family = find_named(families, *name);
  if (!family) {
    parts.issues.add(table.where("distribution"), "unknown distribution " + shown(*name),
                     "known: " + listed(names_of(families)),
                     did_you_mean(*name, names_of(families), "use a known one"));
    return {};
  }
  family_known = true;
  if (family->family == Family::discrete) return read_discrete(table, parts);
  Distribution d;
  d.family = family->family;
  double* const members[] = {&d.a, &d.b, &d.c};
  bool complete = true;
  for (std::size_t i = 0; i < family->keys.size(); ++i) {
    auto const value = table.number(family->keys[i], required(family->keys[i] + " = 1.0"));
    complete = complete && value;
    if (value) *members[i] = *value;
  }
  // Written low, mode or null, high but kept as low, high, mode or null.
  if (d.family == Family::triangular || d.family == Family::sceptical) std::swap(d.b, d.c);
  if (!complete) return {};
  if (auto const wrong = complaint(d); !wrong.empty()) {
    parts.issues.add(table.where("distribution"), to_string(d) + " is not a distribution", wrong,
                     "correct its numbers");
    return {};
  }
  return d;
}

/// False after an issue.
bool read_unit(TableReader& table, ParameterInfo const& info, StudyParts& parts) {
  auto const unit = table.text("unit", required("unit = \"" + info.unit + "\""));
  if (unit && *unit != info.unit)
    parts.issues.add(table.where("unit"), "factor " + shown(info.name) + " is in " + shown(*unit),
                     "the model counts it in " + shown(info.unit), "convert it and write unit = \"" + info.unit + "\"");
  return unit == info.unit;
}

void read_evidence(TableReader& table, ParameterInfo& info, StudyParts& parts) {
  if (auto const source = table.text("source", required("source = \"assumed: why\""))) {
    info.source = *source;
    if (source->empty())
      parts.issues.add(table.where("source"), "factor " + shown(info.name) + " has an empty source",
                       "every number says where it comes from", "name it, or write \"assumed: why\"");
  }
  auto const grade = table.text("grade", required("grade = \"D\""));
  if (!grade) return;
  if (grade->size() == 1 && (*grade)[0] >= 'A' && (*grade)[0] <= 'D')
    info.grade = static_cast<Grade>((*grade)[0]);
  else
    parts.issues.add(table.where("grade"), "unknown grade " + shown(*grade),
                     "A measured, B reported, C expert bound, D assumed", "write one of \"A\", \"B\", \"C\", \"D\"");
}

StudyFactor read_factor(TableReader& factors, ParameterInfo info, StudyParts& parts) {
  auto table = factors.table(info.name, optional_key("[factors." + info.name + "]"));
  if (!table.present()) return {std::move(info), false};
  bool family_known = false;
  auto const distribution = read_distribution(table, parts, family_known);
  bool const same_unit = read_unit(table, info, parts);
  read_evidence(table, info, parts);
  // With an unknown distribution nobody can say which keys it should have.
  if (family_known) table.finish();
  if (distribution && same_unit) {
    info.prior = *distribution;
    check_range(info, table.where("distribution"), parts);
  }
  return {std::move(info), true};
}

}  // namespace

std::vector<FamilyKeys> const& family_keys() {
  static std::vector<FamilyKeys> const families{
      {Family::constant, "constant", {"value"}},
      {Family::uniform, "uniform", {"low", "high"}},
      {Family::log_uniform, "log_uniform", {"low", "high"}},
      {Family::triangular, "triangular", {"low", "mode", "high"}},
      {Family::normal, "normal", {"mean", "sd"}},
      {Family::lognormal, "lognormal", {"median", "log_sd"}},
      {Family::beta, "beta", {"shape_a", "shape_b"}},
      {Family::gamma, "gamma", {"shape", "mean"}},
      {Family::exponential, "exponential", {"mean"}},
      {Family::weibull, "weibull", {"shape", "scale"}},
      {Family::sceptical, "sceptical", {"low", "null", "high"}},
      {Family::discrete, "discrete", {}},  // values, weights
  };
  return families;
}

void read_factors(TableReader& root, StudyParts& parts) {
  auto const& sets = parts.vocabulary.prior_sets;
  auto priors = root.table("priors", optional_key("[priors]"));
  parts.study.prior_set = sets.empty() ? "" : sets.front().name;
  if (auto const name = priors.text("set", optional_key("set = \"flat\""))) {
    parts.study.prior_set = *name;
    if (!find_named(sets, *name))
      parts.issues.add(priors.where("set"), "unknown prior set " + shown(*name), "known: " + listed(names_of(sets)),
                       did_you_mean(*name, names_of(sets), "use a known one"));
  }
  priors.finish();
  auto const* const set = find_named(sets, parts.study.prior_set);
  auto factors = root.table("factors", optional_key("[factors.NAME]"));
  for (auto info : parts.vocabulary.factors) {
    if (set)
      for (auto const& [name, prior] : set->changed)
        if (name == info.name) info.prior = prior;
    parts.study.factors.push_back(read_factor(factors, std::move(info), parts));
  }
  factors.finish("factor");
}

}  // namespace sim
