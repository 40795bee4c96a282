#include "sim/campaign/study_parts.hpp"

namespace sim {
namespace {

constexpr std::int64_t effort_max = 1'000'000;
constexpr std::size_t levels_max = 1'000;

void read_nation(TableReader& table, LevelName const* level, StudyParts& parts) {
  auto const nation = table.text("nation", optional_key("nation = \"JPN\""));
  auto& info = parts.study.rare_event;
  if (nation && level && !level->per_nation)
    parts.issues.add(table.where("nation"), "a nation for the level " + shown(level->name), "it is the whole world's",
                     "leave nation away");
  if (nation && check_nation(parts, *nation, table.where("nation"))) info.nation = *nation;
  if (nation || !level || !level->per_nation) return;
  if (!parts.study.focal.empty()) info.nation = parts.study.focal.front();
  else parts.issues.add(table.where(), "no nation in [rare_event]", "the level " + shown(level->name) + " is a nation's", "add nation = \"JPN\"");
}

/// Rising numbers within the range of the level.
void read_thresholds(TableReader& table, LevelName const* level, StudyParts& parts) {
  auto const given = table.numbers("levels", required("levels = [0.02, 0.05, 0.1]"));
  if (!given) return;
  auto& levels = parts.study.rare_event.levels;
  if (given->empty() || given->size() > levels_max)
    parts.issues.add(table.where("levels"), std::to_string(given->size()) + " levels in [rare_event]",
                     "from 1 to " + std::to_string(levels_max) + " are possible, the last one is the rare event",
                     given->empty() ? "give the rare event, and before it the levels on the way" : "leave some out");
  for (auto const& [value, where] : *given) {
    if (level && (value <= level->minimum || value > level->maximum))
      parts.issues.add(where, "level " + shortest_number(value) + " is out of the range of " + shown(level->name),
                       "it rises from " + shortest_number(level->minimum) + " to at most " + shortest_number(level->maximum) + " " + level->unit,
                       "choose a level above the first and not above the second");
    if (!levels.empty() && value <= levels.back())
      parts.issues.add(where, "level " + shortest_number(value) + " after " + shortest_number(levels.back()),
                       "the levels rise to the rare event, the last of them", "sort them and keep each once");
    levels.push_back(value);
  }
}

/// Probabilities are all that splitting can estimate: its histories do not stand for equal shares of what happens.
void refuse_others(TableReader& root, StudyParts& parts) {
  for (char const* const key : {"responses", "series"})
    if (root.has(key))
      parts.issues.add(root.where(key), std::string("[") + key + "] with [rare_event]",
                       "histories of splitting are chosen for their level, so that only its probabilities can be measured",
                       "leave one of them out; a study of its own measures the other");
  auto const refuse = [&](std::string const& what, Position where, std::string const& reason) {
    parts.issues.add(where, what + " with [rare_event]", reason, "leave it out");
  };
  if (root.has("variance_reduction")) refuse("[variance_reduction]", root.where("variance_reduction"), "a splitting run draws its histories anew after every split: they have neither opposite halves nor control variates");
  if (root.has("stopping")) refuse("[stopping]", root.where("stopping"), "its intervals are those of means, which fit no probability of a rare event");
  if (parts.study.branch_at) refuse("branch_at", root.where("campaign"), "every splitting run is simulated from its own start, so that treatments share nothing");
}

}  // namespace

void read_rare_event(TableReader& root, StudyParts& parts) {
  auto table = root.table("rare_event", optional_key("[rare_event]"));
  if (!table.present()) return;
  auto& study = parts.study;
  auto const names = names_of(parts.vocabulary.levels);
  auto const name = table.text("level", required("level = \"" + (names.empty() ? "service_lost" : names.front()) + "\""));
  LevelName const* const level = name ? find_named(parts.vocabulary.levels, *name) : nullptr;
  if (name && !level)
    parts.issues.add(table.where("level"), "unknown level " + shown(*name), "known: " + listed(names), did_you_mean(*name, names, "use a known one"));
  if (level) study.rare_event = {.level = level->name, .unit = level->unit, .definition = level->definition};
  read_nation(table, level, parts);
  read_thresholds(table, level, parts);
  auto const effort = table.integer("effort", optional_key("effort = 100"), 2, effort_max);
  study.rare_event.effort = static_cast<std::uint32_t>(effort.value_or(100));
  auto const from = table.date("from", optional_key("from = 2022-11-04"));
  auto const to = table.date("to", optional_key("to = 2028-01-01"));
  table.finish();
  check_window(table, "the window of the rare event", from, to, parts);
  refuse_others(root, parts);
  study.responses = responses_of(study.rare_event, from.value_or(study.record_from), to.value_or(study.end));
  study.series.clear();
}

std::string rare_event_text(Study const& study) {
  auto const& event = study.rare_event;
  if (!event.is_set()) return "";
  std::string levels;
  for (double const level : event.levels) levels += (levels.empty() ? "" : ", ") + toml_number(level);
  auto const& window = study.responses.front();
  return "\n[rare_event]\nlevel = \"" + event.level + "\"\n" + (event.nation.empty() ? "" : "nation = \"" + event.nation + "\"\n") +
         "levels = [" + levels + "]\neffort = " + std::to_string(event.effort) + "\nfrom = " + to_string(window.window_from) +
         "\nto = " + to_string(window.window_to) + "\n";
}

}  // namespace sim
