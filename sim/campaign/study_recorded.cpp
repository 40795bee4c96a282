#include "sim/campaign/study_parts.hpp"

namespace sim {
namespace {

/// Memberships of the record within the recording, those that meet joined to one; the status of the first of them.
std::vector<RecordedMembership> recorded_within(Intervention const& lever, StudyParts const& parts) {
  std::vector<RecordedMembership> rows;
  for (auto const& row : parts.world->memberships)
    if (row.nation == lever.nation && row.organisation == lever.organisation && row.to > parts.record_from.value_or(parts.vocabulary.data_from)) rows.push_back(row);
  std::sort(rows.begin(), rows.end(), [](auto const& a, auto const& b) { return a.from < b.from; });
  std::vector<RecordedMembership> joined;
  for (auto const& row : rows)
    if (!joined.empty() && joined.back().to == row.from) joined.back().to = row.to;
    else joined.push_back(row);
  return joined;
}

}  // namespace

bool read_recorded(TableReader& table, Intervention const& lever, StudyParts& parts) {
  auto const given = table.flag("recorded", optional_key("recorded = true"));
  if (!given.value_or(false)) return false;
  if (lever.action != "membership" && find_named(parts.vocabulary.actions, lever.action))
    parts.issues.add(table.where("recorded"), "lever " + shown(lever.lever) + " cannot be as recorded", "only memberships can, it is of action " + shown(lever.action),
                     "write its dates in \"from\" and \"to\"");
  table.dates("from", optional_key("from = 2022-11-04"));
  table.dates("to", optional_key("to = 2027-01-01"));
  table.one_or_more_texts("status", optional_key("status = \"CP\""));
  table.flag("pairs", optional_key("pairs = true"));
  for (char const* key : {"from", "to", "status", "pairs"})
    if (table.has(key)) parts.issues.add(table.where(key), shown(key) + " stands beside recorded = true", "the record has its own dates and statuses", "keep one of them");
  return true;
}

void take_from_record(Intervention& lever, Position where, StudyParts& parts) {
  if (lever.action != "membership" || !find_nation(*parts.world, lever.nation)) return;  // reported already
  auto const rows = recorded_within(lever, parts);
  if (rows.size() == 1) {
    lever.status = rows.front().status, lever.to = rows.front().to;
    lever.from = std::max(rows.front().from, parts.record_from.value_or(rows.front().from));
  } else if (rows.empty()) {
    parts.issues.add(where, "no membership of " + shown(lever.nation) + " in " + lever.organisation + " is recorded", "none lasts beyond the day on which recording begins",
                     "write a date in \"from\", or leave the nation out");
  } else {
    parts.issues.add(where, "more than one membership of " + shown(lever.nation) + " in " + lever.organisation + " is recorded",
                     "it left on " + to_string(rows.front().to) + " and came back on " + to_string(rows[1].from), "write a lever with dates for each");
  }
}

}  // namespace sim
