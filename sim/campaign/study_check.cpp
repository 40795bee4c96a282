#include "sim/base/error.hpp"
#include "sim/campaign/branching.hpp"
#include "sim/campaign/study_parts.hpp"
#include "sim/config/document.hpp"

namespace sim {
namespace {

void read_study(TableReader root, StudyParts& parts) {
  read_heading(root, parts);
  read_scenario(root, parts);
  read_time(root, parts);
  read_campaign(root, parts);
  read_mechanisms(root, parts);
  read_behaviour(root, parts);
  read_crises(root, parts);
  read_factors(root, parts);
  read_sampling(root, parts);
  read_levers(root, parts);
  read_design(root, parts);
  check_branch(parts);
  read_variance_reduction(root, parts);
  read_responses(root, parts);
  read_rare_event(root, parts);
  read_stopping(root, parts);
  root.finish();
}

std::string counted(std::size_t count, std::string const& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

std::string summary_of(Study const& study) {
  auto const overridden =
      std::count_if(study.factors.begin(), study.factors.end(), [](auto const& f) { return f.overridden; });
  std::string text = study.name + ": " + counted(study.treatments.size(), "treatment") + " x " +
                     counted(study.futures, "future") + " x " + counted(study.replications, "replication") + " = " +
                     counted(replication_count(study), "replication") + ", seed " + std::to_string(study.seed) + "\n";
  text += "history from " + to_string(study.start) + ", recorded from " + to_string(study.record_from) + " to " +
          to_string(study.end) + "; in focus: " + (study.focal.empty() ? "none" : listed(study.focal)) + "\n";
  text += "reference: " + study.reference +
          "; mechanisms on: " + (study.mechanisms_on.empty() ? "none" : listed(study.mechanisms_on)) + "\n";
  for (auto const& note : study.design.notes) text += "design: " + note + "\n";
  if (study.branch_at) text += "branching: " + branching_words(study, *study.branch_at) + "\n";
  text += counted(study.factors.size(), "factor") + " (" + std::to_string(overridden) + " overridden, priors " +
          (study.prior_set.empty() ? "as described" : study.prior_set) + "), " +
          counted(study.responses.size(), "response") + ", " + std::to_string(study.series.size()) + " series\n";
  if (auto const& event = study.rare_event; event.is_set())
    text += "rare event: " + event.level + (event.nation.empty() ? "" : " of " + event.nation) + " reaches " + shown(event.levels.back()) + " " + event.unit + ", by splitting at " +
            counted(event.levels.size(), "level") + " with " + std::to_string(event.effort) + " histories from each\n";
  if (study.variance_reduction.antithetic) text += "variance reduction: antithetic pairs of replications\n";
  if (!study.sampling.is_default()) text += "sampling: " + sampling_summary(study) + "\n";
  return text + (study.stopping.is_rule() ? stopping_summary(study) : "");
}

}  // namespace

StudySource read_study_file(std::string const& path) { return {path, read_text_file(path)}; }

StudyCheck check_study(StudySource const& source, std::vector<Override> const& overrides,
                       StudyVocabulary const& vocabulary) {
  Issues issues(source.file, overrides);
  Study study;
  if (auto root = parse_document(source.text, issues)) {
    apply_overrides(*root, issues);
    StudyParts parts{vocabulary, issues, study};
    parts.folder = source.file.substr(0, source.file.rfind('/') + 1);
    read_study(TableReader(&*root, "the study", issues), parts);
  }
  StudyCheck check;
  check.issues = issues.lines();
  if (!check.issues.empty()) return check;
  study.text = source.text;
  for (auto const& given : overrides) study.text += "# --set " + given.assignment + "\n";
  check.summary = summary_of(study);
  check.study = std::move(study);
  return check;
}

Study parse_study(StudySource const& source, std::vector<Override> const& overrides,
                  StudyVocabulary const& vocabulary) {
  auto check = check_study(source, overrides, vocabulary);
  if (check.study) return std::move(*check.study);
  std::string text;
  for (auto const& issue : check.issues) text += (text.empty() ? "" : "\n") + issue;
  throw Error(text);
}

Study load_study(std::string const& path, std::vector<Override> const& overrides,
                 StudyVocabulary const& vocabulary) {
  return parse_study(read_study_file(path), overrides, vocabulary);
}

}  // namespace sim
