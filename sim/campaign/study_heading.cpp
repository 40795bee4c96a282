#include <optional>

#include "sim/campaign/study_parts.hpp"

namespace sim {
namespace {

/// The same day `years` later; 29 February becomes 1 March where it must.
Date plus_years(Date date, int years) {
  date.year += years;
  return is_valid(date) ? date : Date{date.year, 3, 1};
}

std::optional<Date> read_record_from(TableReader& time, std::optional<Date> start) {
  auto const at = time.date("record_from", optional_key("record_from = 2015-01-01"));
  auto const years = time.integer("warm_up_years", optional_key("warm_up_years = 3"), 0, 50);
  if (time.has("record_from") && time.has("warm_up_years")) {
    time.issues().add(time.where("warm_up_years"), "both \"record_from\" and \"warm_up_years\" are given in [time]",
                      "either says when recording begins", "keep one of them");
    return {};
  }
  if (at) return at;
  if (time.has("record_from") || (time.has("warm_up_years") && !years) || !start) return {};
  return plus_years(*start, static_cast<int>(years.value_or(3)));
}

}  // namespace

void read_heading(TableReader& root, StudyParts& parts) {
  auto const format = root.integer("study_format", required("study_format = 1"), 0, 1'000'000);
  if (format && *format != 1)
    parts.issues.add(root.where("study_format"), "study_format " + std::to_string(*format) + " is not known",
                     "this build reads format 1", "write study_format = 1 or use a newer build");
  if (auto const name = root.text("name", required("name = \"japan_ccdcoe\""))) {
    check_name(parts, *name, root.where("name"));
    parts.study.name = *name;
  }
  parts.study.title = root.text("title", optional_key("title = \"Japan and CCDCOE\"")).value_or(parts.study.name);
  parts.study.question = root.text("question", optional_key("question = \"What did joining change?\"")).value_or("");
}

void read_scenario(TableReader& root, StudyParts& parts) {
  auto scenario = root.table("scenario", optional_key("[scenario]"));
  auto const worlds = names_of(parts.vocabulary.worlds);
  if (auto const world = scenario.text("world", optional_key("world = \"" + worlds.front() + "\""))) {
    auto const* known = find_named(parts.vocabulary.worlds, *world);
    if (!known) {
      parts.issues.add(scenario.where("world"), "unknown world " + shown(*world), "known: " + listed(worlds),
                       did_you_mean(*world, worlds, "use a known one"));
      known = find_named(parts.vocabulary.worlds, closest(*world, worlds));  // the rest is judged by what was likely meant
    }
    if (known) parts.world = known;
  }
  parts.study.world = parts.world->name;
  for (auto const& option : parts.vocabulary.options) {
    auto const rule = optional_key(option.name + " = " + shortest_number(option.standard));
    double value = option.standard;
    if (option.is_integer) {
      auto const given = scenario.integer(option.name, rule, static_cast<std::int64_t>(option.minimum),
                                          static_cast<std::int64_t>(option.maximum));
      if (given) value = static_cast<double>(*given);
    } else if (auto const given = scenario.number(option.name, rule)) {
      value = *given;
      if (value < option.minimum || value > option.maximum)
        parts.issues.add(scenario.where(option.name),
                         shortest_number(value) + " is out of range for " + shown(option.name) + " in [scenario]",
                         shortest_number(option.minimum) + " to " + shortest_number(option.maximum) + " are accepted",
                         "choose a number within them");
    }
    parts.study.options.emplace_back(option.name, value);
  }
  scenario.finish();
}

void read_time(TableReader& root, StudyParts& parts) {
  auto time = root.table("time", required("[time] with start and end"));
  auto const start = time.date("start", required("start = 2012-01-01"));
  auto const record_from = read_record_from(time, start);
  auto const end = time.date("end", required("end = 2028-01-01"));
  time.finish();
  auto& study = parts.study;
  study.start = start.value_or(Date{});
  study.record_from = record_from.value_or(Date{});
  study.end = end.value_or(Date{});
  parts.start = start;
  parts.record_from = record_from;
  parts.end = end;
  auto const& [from, to] = std::pair(parts.vocabulary.data_from, parts.vocabulary.data_to);
  auto const accepted = to_string(from) + " to " + to_string(to) + " can be simulated";
  if (start && *start < from)
    parts.issues.add(time.where("start"), "the start " + to_string(*start) + " is out of range", accepted,
                     "start on " + to_string(from) + " or later");
  if (end && *end > to)
    parts.issues.add(time.where("end"), "the end " + to_string(*end) + " is out of range", accepted,
                     "end on " + to_string(to) + " or earlier");
  if (record_from && start && *record_from < *start)
    parts.issues.add(time.where("record_from"), "recording begins on " + to_string(*record_from) + ", before the start",
                     "the history begins on " + to_string(*start), "move one of them");
  if (end && record_from && *end <= *record_from)
    parts.issues.add(time.where("end"), "nothing is recorded before the end " + to_string(*end),
                     "recording begins on " + to_string(*record_from), "choose a later end or a shorter warm-up");
  else if (end && start && !record_from && *end <= *start)
    parts.issues.add(time.where("end"), "the end " + to_string(*end) + " is not after the start",
                     "the history begins on " + to_string(*start), "choose a later end or an earlier start");
}

void read_campaign(TableReader& root, StudyParts& parts) {
  auto campaign = root.table("campaign", required("[campaign] with seed"));
  auto& study = parts.study;
  constexpr std::int64_t most = 1'000'000;
  if (auto const n = campaign.integer("futures", optional_key("futures = 100"), 1, most))
    study.futures = static_cast<std::uint32_t>(*n);
  if (campaign.has("futures")) parts.futures_given = campaign.where("futures");
  if (auto const n = campaign.integer("replications", optional_key("replications = 5"), 1, most))
    study.replications = static_cast<std::uint32_t>(*n);
  if (auto const n = campaign.integer("seed", required("seed = 20221104"), 0, std::int64_t{0x7fffffffffffffff}))
    study.seed = static_cast<std::uint64_t>(*n);
  if (auto const n = campaign.integer("event_limit", optional_key("event_limit = 50000000"), 1000, 1'000'000'000'000))
    study.event_limit = static_cast<std::uint64_t>(*n);
  if (auto const focal = campaign.texts("focal", optional_key("focal = [\"JPN\"]")))
    for (auto const& nation : *focal)
      if (check_nation(parts, nation.value, nation.where)) study.focal.push_back(nation.value);
  parts.focal_given = campaign.has("focal");
  study.branch_at = campaign.date("branch_at", optional_key("branch_at = 2018-01-12"));
  if (study.branch_at) parts.branch_at_place = campaign.where("branch_at");
  campaign.finish();
}

void read_mechanisms(TableReader& root, StudyParts& parts) {
  auto mechanisms = root.table("mechanisms", optional_key("[mechanisms]"));
  for (auto const& mechanism : parts.vocabulary.mechanisms) {
    bool const on =
        mechanisms.flag(mechanism.name, optional_key(mechanism.name + " = true")).value_or(mechanism.available);
    parts.study.mechanisms.push_back(mechanism.name);
    if (on) parts.study.mechanisms_on.push_back(mechanism.name);
    if (on && !mechanism.available)
      parts.issues.add(mechanisms.where(mechanism.name), "mechanism " + mechanism.name + " cannot be switched on",
                       "this build does not have it: " + mechanism.meaning, "write " + mechanism.name + " = false");
  }
  mechanisms.finish("mechanism");
}

void read_behaviour(TableReader& root, StudyParts& parts) {
  auto behaviour = root.table("behaviour", optional_key("[behaviour]"));
  for (auto const& name : parts.vocabulary.behaviours) {
    bool const on = behaviour.flag(name.name, optional_key(name.name + (name.standard ? " = false" : " = true"))).value_or(name.standard);
    parts.study.behaviours.emplace_back(name.name, on);
  }
  behaviour.finish("behaviour");
}

}  // namespace sim
