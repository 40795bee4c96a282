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

/// Reports a withdrawal with an end, or of a nation that has nothing to leave.
void check_withdrawal(StudyLever const& lever, Position where, StudyParts& parts) {
  auto const& first = lever.levels.front();
  if (std::any_of(lever.levels.begin(), lever.levels.end(), [](auto const& level) { return level.to != never; }))
    parts.issues.add(where, "lever " + shown(lever.name) + " has an end", "who withdraws does not come back", "remove \"to\", or move a membership instead");
  auto const same = [&](RecordedMembership const& row) { return row.nation == first.nation && row.organisation == first.organisation; };
  auto const& rows = parts.world->memberships;
  if (find_nation(*parts.world, first.nation) && find_named(parts.world->organisations, first.organisation) && std::none_of(rows.begin(), rows.end(), same))
    parts.issues.add(where, "lever " + shown(lever.name) + " withdraws nothing", shown(first.nation) + " is no member of " + first.organisation + " in the record", "leave the nation out");
  // Another lever of the two replaces the record, and then there is nothing to withdraw from.
  for (auto const& other : parts.study.levers) {
    auto const& theirs = other.levels.front();
    if (theirs.nation == first.nation && theirs.organisation == first.organisation && theirs.action != first.action)
      parts.issues.add(where, "levers " + shown(lever.name) + " and " + shown(other.name) + " cannot stand in one study", "one withdraws from the record what the other replaces", "remove one of them");
  }
}

}  // namespace

void check_withdrawals(StudyParts& parts) {
  auto const& levers = parts.study.levers;
  for (std::size_t i = 0; i < levers.size(); ++i)
    if (levers[i].levels.front().action == "withdrawal") check_withdrawal(levers[i], parts.lever_places[i], parts);
}

bool read_recorded(TableReader& table, Intervention const& lever, StudyParts& parts) {
  auto const given = table.flag("recorded", optional_key("recorded = true"));
  if (!given.value_or(false)) return false;
  if (lever.action != "membership" && lever.action != "withdrawal" && find_named(parts.vocabulary.actions, lever.action))
    parts.issues.add(table.where("recorded"), "lever " + shown(lever.lever) + " cannot be as recorded", "only memberships and withdrawals can, it is of action " + shown(lever.action),
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
  bool const joins = lever.action == "membership";
  if ((!joins && lever.action != "withdrawal") || !find_nation(*parts.world, lever.nation)) return;  // reported already
  auto const rows = recorded_within(lever, parts);
  if (rows.size() == 1) {
    if (joins) lever.status = rows.front().status, lever.to = rows.front().to;
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
