#include "sim/campaign/study.hpp"

#include "sim/base/contracts.hpp"

namespace sim {
namespace {

/// Ends of whole steps after `from`, the last one at `to`.
std::vector<Time> grid(Date from, Date to, int step_days) {
  std::vector<Time> ends;
  Time const end = to_time(to);
  for (Time at = to_time(from) + day * step_days; at < end; at = at + day * step_days) ends.push_back(at);
  ends.push_back(end);
  return ends;
}

}  // namespace

double option(Study const& study, std::string_view name) {
  for (auto const& [key, value] : study.options)
    if (key == name) return value;
  contract_violated("check", "option is in the vocabulary", __FILE__, __LINE__);
}

bool behaves(Study const& study, std::string_view name) {
  for (auto const& [key, on] : study.behaviours)
    if (key == name) return on;
  contract_violated("check", "behaviour is in the vocabulary", __FILE__, __LINE__);
}

bool is_on(Study const& study, std::string_view mechanism) {
  for (auto const& name : study.mechanisms_on)
    if (name == mechanism) return true;
  return false;
}

std::uint64_t replication_count(Study const& study) {
  return study.treatments.size() * std::uint64_t{study.futures} * study.replications;
}

ResultSchema declared_schema(Study const& study) {
  ResultSchema schema;
  schema.study = study.name;
  schema.title = study.title;
  schema.question = study.question;
  schema.seed = study.seed;
  schema.futures = study.futures;
  schema.replications = study.replications;
  schema.antithetic = study.variance_reduction.antithetic;
  schema.start = study.start;
  schema.record_from = study.record_from;
  schema.end = study.end;
  for (auto const& lever : study.levers) schema.levers.push_back(lever.name);
  schema.mechanisms_on = study.mechanisms_on;
  schema.treatments = study.treatments;
  schema.reference = study.reference;
  for (auto const& factor : study.factors) schema.factors.push_back(factor.info);
  schema.focal = study.focal;
  schema.responses = study.responses;
  schema.series = study.series;
  schema.focal_grid = grid(study.record_from, study.end, study.focal_step_days);
  schema.other_grid = grid(study.record_from, study.end, study.other_step_days);
  schema.study_text = study.text;
  schema.resolved_study = resolved_text(study);
  return schema;
}

}  // namespace sim
