#include <cmath>

#include "analysis/estimators/looks.hpp"
#include "analysis/estimators/watched.hpp"
#include "sim/base/toml_string.hpp"
#include "sim/campaign/study_parts.hpp"

namespace sim {
namespace {

constexpr std::uint32_t minimum_usual = 50, looks_most = 40;

/// The least that a rule may look at: below that nothing stops (analysis::least_units), unless the units are futures that are all there.
constexpr std::uint32_t least_count(StudyParts const& parts) {
  auto const& study = parts.study;
  if (study.stopping.unit == "futures") return analysis::least_units;
  std::uint32_t const halves = study.variance_reduction.antithetic ? 2 : 1;
  return study.futures > 1 ? halves : halves * static_cast<std::uint32_t>(analysis::least_units);
}

std::vector<std::string> const units{"futures", "replications"};
std::vector<std::string> const statistics{"mean", "quantile", "cvar", "proportion"};
std::vector<std::string> const yardsticks{"estimate", "reference"};

/// One of `known`, or empty after an issue; `standard` if the key is absent.
std::string read_one_of(TableReader& table, std::string const& key, std::vector<std::string> const& known, std::string const& standard) {
  auto const given = table.text(key, optional_key(key + " = \"" + known.front() + "\""));
  if (!given) return table.has(key) ? "" : standard;
  if (std::find(known.begin(), known.end(), *given) != known.end()) return *given;
  table.issues().add(table.where(key), "unknown " + key + " " + shown(*given) + " in " + table.title(), "known: " + listed(known),
                     did_you_mean(*given, known, "use a known one"));
  return "";
}

/// A number in (low, high), or empty.
std::optional<double> read_between(TableReader& table, std::string const& key, std::string const& example, double low, double high) {
  auto const value = table.number(key, optional_key(example));
  if (!value || (*value > low && *value < high)) return value;
  std::string const range = std::isinf(high) ? "above " + shortest_number(low) : "between " + shortest_number(low) + " and " + shortest_number(high) + ", exclusive";
  table.issues().add(table.where(key), shortest_number(*value) + " is out of range for " + shown(key) + " in " + table.title(),
                     "it must lie " + range, "choose such a number");
  return {};
}

void refuse(TableReader& table, std::string const& key, std::string const& problem, std::string const& reason, std::string const& advice) {
  table.issues().add(table.where(key), problem, reason, advice);
}

/// A key that only goes with another statistic.
void refuse_stray(TableReader& target, std::string const& key, std::string const& statistic, std::string const& given) {
  if (!target.has(key) || given == statistic || given.empty()) return;
  refuse(target, key, shown(key) + " does not go with statistic " + shown(given), "it belongs to " + shown(statistic), "remove it, or write statistic = \"" + statistic + "\"");
}

void read_statistic(TableReader& target, StoppingTarget& out) {
  out.statistic = read_one_of(target, "statistic", statistics, "mean");
  refuse_stray(target, "probability", "quantile", out.statistic);
  refuse_stray(target, "threshold", "proportion", out.statistic);
  if (auto const p = read_between(target, "probability", "probability = 0.95", 0, 1)) out.probability = *p;
  if (auto const t = target.number("threshold", optional_key("threshold = 10"))) out.threshold = *t;
  if (out.statistic == "quantile" && !target.has("probability"))
    refuse(target, "statistic", "which quantile is not said", "every probability has its own", "write probability = 0.95");
  if (out.statistic == "proportion" && !target.has("threshold"))
    refuse(target, "statistic", "what the proportion counts is not said", "it is that of histories with a value of at least the threshold", "write threshold = 10");
}

/// A proportion and a difference of two are at most so wide that this says something.
double width_max(StoppingTarget const& out) {
  if (out.statistic != "proportion") return std::numeric_limits<double>::infinity();
  return out.is_difference ? 1 : 0.5;
}

/// Standard errors that a look's interval reaches at least on each side.
constexpr double errors_least = 2;

/// A quantile has an interval only if histories lie on both sides of its ends.
void check_quantile(TableReader& target, StudyParts const& parts, StoppingTarget const& out) {
  double const rarer = std::min(out.probability, 1 - out.probability);
  double const histories = static_cast<double>(parts.study.futures) * parts.study.replications;
  double const needed = errors_least * errors_least * (1 - rarer) / rarer;
  if (out.statistic != "quantile" || histories >= needed) return;
  refuse(target, "probability", "no interval of the " + shortest_number(100 * out.probability) + " % quantile can come of " + shortest_number(histories) + " histories a treatment",
         "none lies beyond its ends below about " + shortest_number(std::ceil(needed)), "raise futures or replications, or choose a probability nearer to 0.5");
}

void read_width(TableReader& target, StoppingTarget& out) {
  auto const absolute = read_between(target, "half_width", "half_width = 0.5", 0, width_max(out));
  auto const relative = read_between(target, "relative_half_width", "relative_half_width = 0.05", 0, 1);
  auto const yardstick = read_one_of(target, "relative_to", yardsticks, "estimate");
  if (target.has("half_width") == target.has("relative_half_width")) {
    refuse(target, target.has("half_width") ? "half_width" : "response", "how narrow the interval shall be must be said once in " + target.title(),
           "half_width is in the unit of the response, relative_half_width a share", "write one of the two");
    return;
  }
  if (target.has("relative_to") && !target.has("relative_half_width"))
    refuse(target, "relative_to", "relative_to says nothing without relative_half_width", "half_width is in the unit of the response", "remove it");
  out.half_width = absolute ? *absolute : relative.value_or(0);
  if (relative) out.relative_to = yardstick;
}

/// The nation, or the only one in focus; empty for a response of the world.
void read_nation(TableReader& target, ResponseInfo const& response, StudyParts& parts, StoppingTarget& out) {
  auto const nation = target.text("nation", optional_key("nation = \"JPN\""));
  auto const& focal = parts.study.focal;
  if (!response.per_nation) {
    if (nation) refuse(target, "nation", "response " + shown(response.name) + " is of the whole world", "it has one value per replication", "remove the nation");
    return;
  }
  if (nation && check_nation(parts, *nation, target.where("nation"))) out.nation = *nation;
  if (target.has("nation")) return;
  if (focal.size() == 1) out.nation = focal.front();
  else refuse(target, "response", "which nation's " + response.name + " is not said", "several nations are in focus, or none", "write nation = \"JPN\"");
}

/// Control variates adjust mean differences, where the study measures them and nothing is said against it.
void read_controls(TableReader& target, StudyParts& parts, StoppingTarget& out) {
  bool const is_possible = out.statistic == "mean" && out.is_difference && parts.study.variance_reduction.controls;
  auto const given = target.flag("controls", optional_key("controls = false"));
  out.controls = given.value_or(is_possible);
  if (out.controls && !is_possible)
    refuse(target, "controls", "there is nothing that control variates could adjust", "they adjust differences of means, and must be measured",
           "write statistic = \"mean\" and [variance_reduction] controls = true, or remove it");
}

void read_target(TableReader& target, StudyParts& parts) {
  StoppingTarget out;
  auto const response = target.text("response", required("response = \"resilience_loss\""));
  read_statistic(target, out);
  out.is_difference = target.flag("difference", optional_key("difference = false")).value_or(true);
  check_quantile(target, parts, out);
  read_controls(target, parts, out);
  read_width(target, out);
  auto const* const known = response ? find_named(parts.study.responses, *response) : nullptr;
  if (response && !known)
    refuse(target, "response", "the study does not measure " + shown(*response), "it has: " + listed(names_of(parts.study.responses), 40),
           did_you_mean(*response, names_of(parts.study.responses), "name one of them, or add it to [[responses]]"));
  if (known) read_nation(target, *known, parts, out);
  else (void)target.text("nation", optional_key("nation = \"JPN\""));
  target.finish();
  out.response = response.value_or("");
  if (parts.study.treatments.size() == 1 && (out.is_difference || out.relative_to == "reference"))
    refuse(target, "response", "there is no difference to watch", "the study has one treatment", "write difference = false, or add a treatment");
  parts.study.stopping.targets.push_back(out);
}

/// Looks that are listed, ascending up to the maximum; empty after an issue.
std::vector<std::uint32_t> read_looks(TableReader& stopping, std::uint32_t maximum, std::uint32_t least, std::uint32_t step) {
  auto const listed_counts = stopping.numbers("looks", optional_key("looks = [50, 100, 200]"));
  std::vector<std::uint32_t> counts;
  if (!listed_counts) return counts;
  for (auto const& count : *listed_counts) {
    double const above = counts.empty() ? least : counts.back() + 1.0;
    bool const fits = count.value >= above && count.value <= maximum && count.value == std::floor(count.value) && std::fmod(count.value, step) == 0;
    if (!fits) {
      stopping.issues().add(count.where, shortest_number(count.value) + " is no count to look at here",
                            "whole numbers rise from " + std::to_string(least) + " or more to the maximum, " + std::to_string(maximum) + (step > 1 ? ", in whole pairs" : ""),
                            "choose such a number");
      return {};
    }
    counts.push_back(static_cast<std::uint32_t>(count.value));
  }
  if (counts.empty() || counts.back() != maximum || counts.size() > looks_most) {
    refuse(stopping, "looks", std::to_string(counts.size()) + " looks that end " + (counts.empty() ? "nowhere" : "at " + std::to_string(counts.back())),
           "there are 1 to " + std::to_string(looks_most) + ", and the last one is at the maximum, " + std::to_string(maximum), "end with " + std::to_string(maximum));
    return {};
  }
  return counts;
}

std::vector<std::uint32_t> counts_from_minimum(TableReader& stopping, StudyParts const& parts, std::uint32_t maximum, std::uint32_t step) {
  std::uint32_t const least = least_count(parts);
  std::string const& unit = parts.study.stopping.unit;
  auto const given = stopping.integer("minimum", optional_key("minimum = 50"), least, 1'000'000);
  if (stopping.has("looks") || (stopping.has("minimum") && !given)) return {};
  auto const minimum = static_cast<std::uint32_t>(given.value_or(std::min(minimum_usual, maximum)));
  if (minimum < least || minimum > maximum) {
    refuse(stopping, "minimum", "the maximum of " + std::to_string(maximum) + " " + unit + " is below the minimum",
           "a rule looks first at " + std::to_string(std::max(minimum, least)) + ", and [campaign] " + unit + " is the most there will be",
           "raise [campaign] " + unit + ", or lower the minimum (not below " + std::to_string(least) + ")");
    return {};
  }
  std::vector<std::uint32_t> counts;
  for (std::size_t const count : analysis::look_counts(minimum, maximum, step)) counts.push_back(static_cast<std::uint32_t>(count));
  return counts;
}

/// Independent units that the futures make, with their name: futures of a row or trajectory share draws, those of one at a time are one design.
struct IndependentUnits {
  std::uint32_t count = 0;
  std::string words;
};

IndependentUnits independent_units(Study const& study) {
  auto const& sampling = study.sampling;
  switch (sampling.type) {
    case SamplingType::saltelli: return {sampling.base, std::to_string(sampling.base) + " rows are"};
    case SamplingType::morris: return {sampling.trajectories, std::to_string(sampling.trajectories) + " trajectories are"};
    case SamplingType::one_at_a_time: return {1, "a design of one factor at a time is one unit,"};
    default: return {study.futures, std::to_string(study.futures) + " futures are"};
  }
}

/// The unit that is asked for, or that the sampling allows.
std::string read_unit(TableReader& stopping, StudyParts& parts) {
  auto const type = parts.study.sampling.type;
  bool const is_whole = is_structured(type) || type == SamplingType::latin_hypercube;
  std::string const unit = read_one_of(stopping, "unit", units, is_whole || parts.study.futures == 1 ? "replications" : "futures");
  if (unit == "futures" && is_whole)
    refuse(stopping, "unit", "futures of type " + shown(name_of(type)) + " cannot be stopped in between",
           "a part of such a sample is none", "write unit = \"replications\", or [sampling] type = \"random\" or \"sobol\"");
  auto const independent = independent_units(parts.study);
  std::string const least = std::to_string(analysis::least_units);
  if (unit == "replications" && parts.study.futures > 1 && independent.count < analysis::least_units)
    refuse(stopping, "unit", independent.words + " too few to judge an interval by", "these are its independent units, and replications add none",
           is_structured(type) ? "take at least " + least + " rows or trajectories, or [sampling] type = \"random\" or \"sobol\"" : "take 1 future or at least " + least + ", or write unit = \"futures\"");
  return unit;
}

}  // namespace

void read_stopping(TableReader& root, StudyParts& parts) {
  auto stopping = root.table("stopping", optional_key("[stopping]"));
  if (!stopping.present()) return;
  StoppingInfo& rule = parts.study.stopping;
  rule.unit = read_unit(stopping, parts);
  if (rule.unit.empty()) rule.unit = units.front();  // the rest is judged by what is usual
  if (auto const level = read_between(stopping, "confidence", "confidence = 0.95", 0.5, 0.9999)) rule.confidence = *level;
  rule.together = stopping.flag("together", optional_key("together = true")).value_or(false);
  std::uint32_t const maximum = rule.unit == "futures" ? parts.study.futures : parts.study.replications;
  std::uint32_t const step = parts.study.variance_reduction.antithetic && rule.unit == "replications" ? 2 : 1;
  if (stopping.has("looks") && stopping.has("minimum"))
    refuse(stopping, "looks", "both \"looks\" and \"minimum\" are given in [stopping]", "either says when the rule looks", "keep one of them");
  auto const looks = read_looks(stopping, maximum, least_count(parts), step), from_minimum = counts_from_minimum(stopping, parts, maximum, step);
  rule.counts = looks.empty() ? from_minimum : looks;
  auto targets = stopping.tables("targets", required("[[stopping.targets]]"));
  if (stopping.has("targets") && targets.empty()) refuse(stopping, "targets", "nothing is watched", "a rule needs a target", "add [[stopping.targets]]");
  for (auto& target : targets) read_target(target, parts);
  stopping.finish();
  if (rule.counts.empty()) return;
  std::vector<std::size_t> const counts(rule.counts.begin(), rule.counts.end());
  rule.look_level = analysis::look_level(counts, rule.confidence);
}

std::string stopping_text(Study const& study) {
  StoppingInfo const& rule = study.stopping;
  if (!rule.is_rule()) return "";
  std::string looks;
  for (auto const count : rule.counts) looks += (looks.empty() ? "" : ", ") + std::to_string(count);
  std::string out = "\n[stopping]\nunit = " + toml_string(rule.unit) + "\nlooks = [" + looks + "]\nconfidence = " + toml_number(rule.confidence) +
                    "\ntogether = " + (rule.together ? "true" : "false") + "\n";
  for (auto const& target : rule.targets) {
    out += "\n[[stopping.targets]]\nresponse = " + toml_string(target.response) + "\n";
    if (!target.nation.empty()) out += "nation = " + toml_string(target.nation) + "\n";
    out += "statistic = " + toml_string(target.statistic) + "\n";
    if (target.statistic == "quantile") out += "probability = " + toml_number(target.probability) + "\n";
    if (target.statistic == "proportion") out += "threshold = " + toml_number(target.threshold) + "\n";
    out += "controls = " + std::string(target.controls ? "true" : "false") + "\n";
    out += "difference = " + std::string(target.is_difference ? "true" : "false") + "\n";
    out += (target.relative_to.empty() ? "half_width = " : "relative_half_width = ") + toml_number(target.half_width) + "\n";
    if (!target.relative_to.empty()) out += "relative_to = " + toml_string(target.relative_to) + "\n";
  }
  return out;
}

std::string stopping_summary(Study const& study) {
  StoppingInfo const& rule = study.stopping;
  std::string looks;
  for (auto const count : rule.counts) looks += (looks.empty() ? "" : ", ") + std::to_string(count);
  if (rule.counts.size() == 1) return "the stopping rule looks once, at the maximum of " + looks + " " + rule.unit + ": it says what was reached, and never ends the campaign early\n";
  std::string text = "stopping: looks at " + looks + " " + rule.unit + " and stops when " + std::to_string(rule.targets.size()) +
                     (rule.targets.size() == 1 ? " target is reached" : " targets are reached") + "\n";
  for (auto const& target : rule.targets)
    text += "  " + name_of(target) + ": " + shortest_number(100 * rule.confidence) + " % interval of +-" +
            (target.relative_to.empty() ? shortest_number(target.half_width) : shortest_number(100 * target.half_width) + " % of the " + target.relative_to) + "\n";
  return text;
}

}  // namespace sim
