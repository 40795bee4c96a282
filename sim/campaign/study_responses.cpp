#include "sim/campaign/study_parts.hpp"

namespace sim {
namespace {

ResponseInfo with_window(ResponseName const& known, Date from, Date to) {
  return {known.name, known.unit, known.definition, known.per_nation, from, to, known.higher_is_worse, known.is_control};
}

/// Reports `name` unless the model offers it; `what` is "response" or "series".
ResponseName const* check_known(std::vector<ResponseName> const& known, std::string const& name, Position where,
                                char const* what, StudyParts& parts) {
  auto const* const found = find_named(known, name);
  if (!found)
    parts.issues.add(where, "unknown " + std::string(what) + " " + shown(name), "known: " + listed(names_of(known), 40),
                     did_you_mean(name, names_of(known), "use a known one"));
  return found;
}

/// When is recorded, as far as it can be told.
std::string period_of(StudyParts const& parts) {
  if (!parts.end) return "recording begins on " + to_string(*parts.record_from);
  if (!parts.record_from) return "the study ends on " + to_string(*parts.end);
  return "recording lasts from " + to_string(*parts.record_from) + " to " + to_string(*parts.end);
}

/// Checks the dates that are given against those that can be told.
void check_window(TableReader& table, std::optional<std::string> const& response, std::optional<Date> from,
                  std::optional<Date> to, StudyParts& parts) {
  auto const name = "the window of " + (response ? shown(*response) : "a response without a name");
  if (from && parts.record_from && *from < *parts.record_from)
    parts.issues.add(table.where("from"), name + " opens on " + to_string(*from) + ", before recording",
                     period_of(parts), "choose a later date");
  if (to && parts.end && *to > *parts.end)
    parts.issues.add(table.where("to"), name + " closes on " + to_string(*to) + ", after the end", period_of(parts),
                     "choose an earlier date");
  auto const opens = table.has("from") ? from : parts.record_from;
  auto const closes = table.has("to") ? to : parts.end;
  if ((from || to) && opens && closes && *closes <= *opens)
    parts.issues.add(table.where(to ? "to" : "from"), name + " is empty",
                     "it opens on " + to_string(*opens) + " and closes on " + to_string(*closes),
                     "let it close later than it opens");
}

void read_response(TableReader& table, StudyParts& parts) {
  auto const name = table.text("name", required("name = \"resilience_loss\""));
  auto const from = table.date("from", optional_key("from = 2022-11-04"));
  auto const to = table.date("to", optional_key("to = 2028-01-01"));
  table.finish();
  check_window(table, name, from, to, parts);
  if (!name) return;
  auto const* const known = check_known(parts.vocabulary.responses, *name, table.where("name"), "response", parts);
  if (!known) return;
  if (find_named(parts.study.responses, *name))
    parts.issues.add(table.where("name"), "repeated response " + shown(*name), "each is measured over one window",
                     "keep one of them");
  parts.study.responses.push_back(
      with_window(*known, from.value_or(parts.study.record_from), to.value_or(parts.study.end)));
}

void read_series(TableReader& root, StudyParts& parts) {
  auto& study = parts.study;
  auto series = root.table("series", optional_key("[series]"));
  auto const names = series.texts("names", optional_key("names = [\"service\"]"));
  if (names) {
    for (auto const& name : *names)
      if (auto const* const known = check_known(parts.vocabulary.series, name.value, name.where, "series", parts))
        study.series.push_back({known->name, known->unit, known->definition});
  } else {
    for (auto const& known : parts.vocabulary.series)
      study.series.push_back({known.name, known.unit, known.definition});
  }
  if (auto const days = series.integer("focal_step_days", optional_key("focal_step_days = 7"), 1, 3653))
    study.focal_step_days = static_cast<int>(*days);
  if (auto const days = series.integer("other_step_days", optional_key("other_step_days = 91"), 1, 3653))
    study.other_step_days = static_cast<int>(*days);
  series.finish();
}

}  // namespace

void read_responses(TableReader& root, StudyParts& parts) {
  for (auto& table : root.tables("responses", optional_key("[[responses]]"))) read_response(table, parts);
  if (!root.has("responses"))
    for (auto const& known : parts.vocabulary.responses)
      if (!known.is_control) parts.study.responses.push_back(with_window(known, parts.study.record_from, parts.study.end));
  for (auto const& known : parts.vocabulary.responses)
    if (parts.study.variance_reduction.controls && known.is_control && !find_named(parts.study.responses, known.name))
      parts.study.responses.push_back(with_window(known, parts.study.record_from, parts.study.end));
  read_series(root, parts);
}

}  // namespace sim
