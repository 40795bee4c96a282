#include "sim/campaign/branching.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>

#include "sim/campaign/study_parts.hpp"

namespace sim {
namespace {

// A switch of one kind of intervention, on or off.
using Step = std::tuple<Date, std::string_view, std::string_view, std::string_view, bool>;

void add(std::set<Step>& steps, Step step, Date end) {
  if (std::get<Date>(step) >= end) return;
  Step opposite = step;
  std::get<bool>(opposite) = !std::get<bool>(step);
  if (steps.erase(opposite) == 0) steps.insert(step);
}

std::set<Step> steps_of(Treatment const& treatment, Date end) {
  std::set<Step> steps;
  for (Intervention const& i : treatment.interventions) {
    add(steps, {i.from, i.nation, i.organisation, i.action, true}, end);
    add(steps, {i.to, i.nation, i.organisation, i.action, false}, end);
  }
  return steps;
}

}  // namespace

Date first_difference(Study const& study) {
  Date first = study.end;
  if (study.treatments.empty()) return first;
  auto const common = steps_of(study.treatments.front(), study.end);
  for (Treatment const& treatment : study.treatments) {
    auto const steps = steps_of(treatment, study.end);
    auto const [a, b] = std::mismatch(common.begin(), common.end(), steps.begin(), steps.end());
    if (a != common.end()) first = std::min(first, std::get<Date>(*a));
    if (b != steps.end()) first = std::min(first, std::get<Date>(*b));
  }
  return first;
}

std::optional<BranchFault> branch_fault(Study const& study, Date date) {
  Date const first = first_difference(study);
  std::string const advice =
      "choose a date from " + to_string(study.record_from) + " to " + to_string(first) + ", or leave it away to branch on " + to_string(first);
  if (study.treatments.size() > 1 && date > first)
    return BranchFault{"the treatments cannot branch on " + to_string(date),
                       "two of them differ from " + to_string(first) + " on, and what differs cannot be shared", advice};
  if (date < study.record_from)
    return BranchFault{"the treatments cannot branch on " + to_string(date),
                       "the warm-up lasts until " + to_string(study.record_from) + ", and all treatments share it", advice};
  if (date > study.end)
    return BranchFault{"the treatments cannot branch on " + to_string(date), "the history ends on " + to_string(study.end), advice};
  return {};
}

std::string branching_words(Study const& study, Date date) {
  if (study.treatments.size() < 2) return "nothing is shared (the study has a single treatment)";
  Date const first = first_difference(study);
  if (first == study.end) return to_string(date) + " (the treatments do not differ before the end)";
  return to_string(date) + " (the treatments first differ on " + to_string(first) + ")";
}

void check_branch(StudyParts& parts) {
  if (!parts.study.branch_at || !parts.issues.empty()) return;  // broken dates or treatments allow no range
  if (auto const fault = branch_fault(parts.study, *parts.study.branch_at))
    parts.issues.add(parts.branch_at_place, fault->problem, fault->reason, fault->advice);
}

}  // namespace sim
