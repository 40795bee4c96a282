#include "sim/campaign/study_parts.hpp"

namespace sim {
namespace {

/// Largest weight; their sum stays finite.
constexpr double weight_max = 1e12;

bool check_weights(TableReader& table, std::vector<Located<double>> const& weights, std::size_t values, StudyParts& parts) {
  if (weights.size() != values) {
    parts.issues.add(table.where("weights"), std::to_string(weights.size()) + " weights for " + std::to_string(values) + " values",
                     "each value has one", "give as many weights as values");
    return false;
  }
  for (auto const& weight : weights) {
    if (weight.value > 0 && weight.value <= weight_max) continue;
    parts.issues.add(weight.where, "the weight " + shown(weight.value) + " is out of range", "above 0 to 1e12 are accepted",
                     "remove the value, or correct its weight");
    return false;
  }
  return true;
}

}  // namespace

std::optional<Distribution> read_discrete(TableReader& table, StudyParts& parts) {
  auto const values = table.numbers("values", required("values = [1, 2, 5]"));
  auto const weights = table.numbers("weights", optional_key("weights = [0.5, 0.3, 0.2]"));
  if (!values || (table.has("weights") && !weights)) return {};
  if (values->empty() || values->size() > Atoms::count_max) {
    parts.issues.add(table.where("values"), std::to_string(values->size()) + " values are " + (values->empty() ? "too few" : "too many"),
                     "a discrete distribution has 1 to " + std::to_string(Atoms::count_max), "merge some of them");
    return {};
  }
  if (weights && !check_weights(table, *weights, values->size(), parts)) return {};
  std::vector<std::pair<Located<double>, double>> pairs;
  for (std::size_t i = 0; i < values->size(); ++i) pairs.emplace_back((*values)[i], weights ? (*weights)[i].value : 1);
  std::stable_sort(pairs.begin(), pairs.end(), [](auto const& a, auto const& b) { return a.first.value < b.first.value; });
  Distribution d;
  d.family = Family::discrete;
  for (auto const& [value, weight] : pairs) {
    if (d.atoms.count > 0 && d.atoms.values[d.atoms.count - 1] == value.value) {
      parts.issues.add(value.where, "repeated value " + shown(value.value), "each stands once, with one weight", "add the weights up");
      return {};
    }
    d.atoms.values[d.atoms.count] = value.value;
    d.atoms.weights[d.atoms.count++] = weight;
  }
  return d;
}

}  // namespace sim
