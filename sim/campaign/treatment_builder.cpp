#include "sim/campaign/treatment_builder.hpp"

#include <limits>
#include <tuple>

namespace sim {
namespace {

bool overlap(Intervention const& a, Intervention const& b) {
  return a.nation == b.nation && a.organisation == b.organisation && a.action == b.action && a.from < b.to &&
         b.from < a.to;
}

/// True if both end something of the record for good, of which a treatment holds one at most.
bool both_end(Intervention const& a, Intervention const& b) {
  auto const ends = [](Intervention const& i) { return i.action == "withdrawal" || i.nation.empty(); };
  return ends(a) && ends(b);
}

/// True if `a` ends the organisation that `b` goes on to act at.
bool ends(Intervention const& a, Intervention const& b) {
  return a.nation.empty() && !b.nation.empty() && a.organisation == b.organisation && a.from < b.to;
}

}  // namespace

std::vector<std::string> condition_names(std::vector<StudyLever> const& levers) {
  std::vector<std::string> names = names_of(levers);
  for (auto const& lever : levers)
    for (char const* part : {".level", ".from", ".to"}) names.push_back(lever.name + part);
  return names;
}

std::vector<double> condition_values(std::vector<StudyLever> const& levers, std::vector<int> const& levels) {
  constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> values;
  for (int const level : levels) values.push_back(level != 0 ? 1 : 0);
  for (std::size_t i = 0; i < levers.size(); ++i) {
    auto const* const own = levels[i] == 0 ? nullptr : &levers[i].levels[static_cast<std::size_t>(levels[i] - 1)];
    values.push_back(levels[i]);
    values.push_back(own ? date_number(own->from) : nothing);
    values.push_back(own ? date_number(own->to) : nothing);
  }
  return values;
}

std::uint64_t combinations(std::vector<StudyLever> const& levers) {
  constexpr auto most = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t product = 1;
  for (auto const& lever : levers) {
    std::uint64_t const levels = lever.levels.size() + 1;
    if (product > most / levels) return most;
    product *= levels;
  }
  return product;
}

std::pair<std::string, std::string> point_name(std::vector<StudyLever> const& levers, std::vector<int> const& levels) {
  std::string name, label;
  for (std::size_t i = 0; i < levers.size(); ++i) {
    if (levels[i] == 0) continue;
    auto const level = level_name(levers[i], static_cast<std::size_t>(levels[i] - 1));
    name += (name.empty() ? "" : "+") + levers[i].name + (level.empty() ? "" : ".") + level;
    label += (label.empty() ? "" : " + ") + levers[i].name + (level.empty() ? "" : " ") + level;
  }
  if (name.empty()) return {"none", "no lever"};
  return {name, label};
}

TreatmentBuilder::TreatmentBuilder(StudyParts& parts, std::vector<Condition> conditions, std::string reference)
    : parts_(parts), conditions_(std::move(conditions)), reference_(std::move(reference)) {
  std::set<std::string> distinct{"none", ""};
  for (auto const& lever : parts.study.levers) sound_ = distinct.insert(lever.name).second && sound_;
}

bool TreatmentBuilder::is_nested_well(std::vector<int> const& levels) const {
  auto const& levers = parts_.study.levers;
  for (std::size_t i = 0; i < levers.size(); ++i) {
    if (levels[i] == 0 || levers[i].within.empty()) continue;
    auto const* const outer = find_named(levers, levers[i].within);
    if (outer && levels[static_cast<std::size_t>(outer - levers.data())] == 0) return false;
  }
  return true;
}

Condition const* TreatmentBuilder::failed(std::vector<int> const& levels) const {
  if (conditions_.empty()) return nullptr;
  auto const values = condition_values(parts_.study.levers, levels);
  for (auto const& condition : conditions_)
    if (condition.fails(values)) return &condition;
  return nullptr;
}

/// True if the point cannot be a treatment.
bool TreatmentBuilder::drop(DesignPoint const& point) {
  bool const nested = is_nested_well(point.levels);
  auto const* const condition = nested ? failed(point.levels) : nullptr;
  if (nested && !condition) return false;
  (nested ? failed_ : nested_) += 1;
  if (point.name == reference_)
    reference_fault_ = nested ? shown(condition->text()) + " is false for it" : "it holds a lever without the one that lies around it";
  return true;
}

void TreatmentBuilder::add(DesignPoint point) {
  auto& study = parts_.study;
  if (point.name.empty()) std::tie(point.name, point.label) = point_name(study.levers, point.levels);
  if (full_ || drop(point)) return;
  if (!names_.insert(point.name).second && sound_) {
    parts_.issues.add(point.where, "repeated treatment " + shown(point.name), "names tell treatments apart", "remove it, or choose other names");
    return;
  }
  if (study.treatments.size() == treatments_max) {
    full_ = true;
    parts_.issues.add(point.where, "the design has more than " + std::to_string(treatments_max) + " treatments",
                      "so many are run at most", "name fewer levels or levers, or narrower conditions");
    return;
  }
  Treatment treatment{point.name, point.label, {}, {}};
  for (std::size_t i = 0; i < study.levers.size(); ++i)
    if (point.levels[i] != 0) treatment.interventions.push_back(study.levers[i].levels[static_cast<std::size_t>(point.levels[i] - 1)]);
  if (study.design.type != "explicit") treatment.levels = point.levels;
  study.treatments.push_back(std::move(treatment));
  points_.push_back(std::move(point));
}

/// Reports two levers of one treatment that move the same thing at the same time, or of which one ends what the other
/// moves: each pair once in a design that combines levers, once per place in a listed one.
void TreatmentBuilder::check_overlap(std::size_t index) {
  auto const& treatment = parts_.study.treatments[index];
  auto const& levers = treatment.interventions;
  auto const where = points_[index].where;
  for (std::size_t i = 0; i < levers.size(); ++i)
    for (std::size_t j = i + 1; j < levers.size(); ++j) {
      bool const same = overlap(levers[i], levers[j]);
      bool const twice = both_end(levers[i], levers[j]);
      if (!same && !twice && !ends(levers[i], levers[j]) && !ends(levers[j], levers[i])) continue;
      if (!overlaps_.emplace(where, levers[i].lever + "/" + levers[j].lever).second) continue;
      parts_.issues.add(where,
                        "treatment " + shown(treatment.name) + " cannot hold both " + shown(levers[i].lever) + " and " +
                            shown(levers[j].lever),
                        same ? "they move the same thing at the same time" : twice ? "each takes something out of the record, and one may" : "one of them ends the organisation of the other",
                        "keep one of them, or part their dates");
    }
}

void TreatmentBuilder::check_used() const {
  auto const& levers = parts_.study.levers;
  std::vector<bool> used(levers.size(), false);
  for (auto const& point : points_)
    for (std::size_t i = 0; i < levers.size(); ++i) used[i] = used[i] || point.levels[i] != 0;
  for (std::size_t i = 0; i < levers.size(); ++i)
    if (!used[i] && !used_.count(i) && !levers[i].name.empty())
      parts_.issues.add(parts_.lever_places[i], "lever " + shown(levers[i].name) + " is in no treatment",
                        "it would change nothing", "remove it or add it to a treatment");
}

void TreatmentBuilder::add_notes() const {
  auto& notes = parts_.study.design.notes;
  auto const points = [](std::size_t count) { return std::to_string(count) + (count == 1 ? " combination" : " combinations"); };
  if (nested_ > 0) notes.push_back(points(nested_) + " dropped: a lever without the one it lies within");
  if (failed_ > 0) notes.push_back(points(failed_) + " dropped by \"where\"");
}

bool TreatmentBuilder::finish(Position where, Position where_reference) {
  for (std::size_t t = points_.size(); t-- > 0;) check_overlap(t);
  if (!points_.empty() && !full_ && sound_) check_used();
  if (!reference_fault_.empty())
    parts_.issues.add(where_reference, "the reference " + shown(reference_) + " is dropped", reference_fault_,
                      "choose another reference, or mend the condition");
  else if (points_.empty() && nested_ + failed_ > 0)
    parts_.issues.add(where, "no treatment is left", "all of them are dropped", "mend \"where\" or \"within\"");
  add_notes();
  return !reference_fault_.empty();
}

}  // namespace sim
