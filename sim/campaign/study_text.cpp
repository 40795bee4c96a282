#include "sim/base/toml_string.hpp"
#include "sim/campaign/study_parts.hpp"

namespace sim {

std::string toml_number(double value) {
  auto text = shortest_number(value);
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

std::string toml_texts(std::vector<std::string> const& texts) {
  std::string out = "[";
  for (std::size_t i = 0; i < texts.size(); ++i) out += (i ? ", " : "") + toml_string(texts[i]);
  return out + "]";
}

namespace {

void write_heading(std::string& out, Study const& study) {
  out += "study_format = 1\n";
  out += "name = " + toml_string(study.name) + "\n";
  out += "title = " + toml_string(study.title) + "\n";
  out += "question = " + toml_string(study.question) + "\n";
  out += "\n[scenario]\n";
  if (!study.world.empty()) out += "world = " + toml_string(study.world) + "\n";
  for (auto const& [name, value] : study.options) {
    bool const whole = value > -1e15 && value < 1e15 && value == static_cast<double>(static_cast<std::int64_t>(value));
    out += name + " = " + (whole ? std::to_string(static_cast<std::int64_t>(value)) : toml_number(value)) + "\n";
  }
  out += "\n[time]\nstart = " + to_string(study.start) + "\n";
  out += "record_from = " + to_string(study.record_from) + "\n";
  out += "end = " + to_string(study.end) + "\n";
  out += "\n[campaign]\nfutures = " + std::to_string(study.futures) + "\n";
  out += "replications = " + std::to_string(study.replications) + "\n";
  out += "seed = " + std::to_string(study.seed) + "\n";
  out += "event_limit = " + std::to_string(study.event_limit) + "\n";
  out += "focal = " + toml_texts(study.focal) + "\n";
}

void write_atoms(std::string& out, Atoms const& atoms) {
  std::string values, weights;
  for (std::uint32_t i = 0; i < atoms.count; ++i) {
    if (i) values += ", ", weights += ", ";
    values += toml_number(atoms.values[i]);
    weights += toml_number(atoms.weights[i]);
  }
  out += "values = [" + values + "]\nweights = [" + weights + "]\n";
}

void write_evidence(std::string& out, ParameterInfo const& info) {
  out += "unit = " + toml_string(info.unit) + "\nsource = " + toml_string(info.source) + "\n";
  out += "grade = " + toml_string(std::string(1, static_cast<char>(info.grade))) + "\n";
}

void write_factor(std::string& out, StudyFactor const& factor) {
  auto const& info = factor.info;
  if (!factor.overridden) {
    out += "# " + info.name + " [" + info.unit + "] = " + to_string(info.prior) + "\n";
    return;
  }
  auto const& d = info.prior;
  auto const& families = family_keys();
  auto const family =
      std::find_if(families.begin(), families.end(), [&](auto const& f) { return f.family == d.family; });
  bool const has_middle = d.family == Family::triangular || d.family == Family::sceptical;
  if (d.family == Family::discrete) {
    out += "[factors." + info.name + "]\ndistribution = \"discrete\"\n";
    write_atoms(out, d.atoms);
    write_evidence(out, info);
    return;
  }
  double const values[] = {d.a, has_middle ? d.c : d.b, has_middle ? d.b : d.c};
  out += "[factors." + info.name + "]\ndistribution = " + toml_string(family->name) + "\n";
  for (std::size_t i = 0; i < family->keys.size(); ++i) out += family->keys[i] + " = " + toml_number(values[i]) + "\n";
  write_evidence(out, info);
}

/// A value that may differ between the levels: once if it does not, else an array.
template <class Text>
void write_levels(std::string& out, std::string const& key, StudyLever const& lever, Text text) {
  auto const first = text(lever.levels.front());
  bool const same = std::all_of(lever.levels.begin(), lever.levels.end(), [&](auto const& level) { return text(level) == first; });
  std::string array;
  for (auto const& level : lever.levels) array += (array.empty() ? "" : ", ") + text(level);
  out += key + " = " + (same ? first : "[" + array + "]") + "\n";
}

void write_levers(std::string& out, Study const& study) {
  for (auto const& lever : study.levers) {
    auto const& first = lever.levels.front();
    bool const ends = std::any_of(lever.levels.begin(), lever.levels.end(), [](auto const& level) { return level.to != never; });
    out += "\n[[levers]]\nname = " + toml_string(lever.name) + "\n";
    if (!first.nation.empty()) out += "nation = " + toml_string(first.nation) + "\n";
    if (!first.organisation.empty()) out += "organisation = " + toml_string(first.organisation) + "\n";
    out += "action = " + toml_string(first.action) + "\n";
    if (!first.status.empty()) write_levels(out, "status", lever, [](auto const& level) { return toml_string(level.status); });
    write_levels(out, "from", lever, [](auto const& level) { return to_string(level.from); });
    if (ends) write_levels(out, "to", lever, [](auto const& level) { return to_string(level.to); });
    if (lever.levels.size() > 1) out += "pairs = true\n";
    if (!lever.within.empty()) out += "within = " + toml_string(lever.within) + "\n";
  }
}

void write_crises(std::string& out, Study const& study) {
  for (auto const& crisis : study.crises) {
    out += "\n[[crises]]\nactor = " + toml_string(crisis.actor) + "\nnation = " + toml_string(crisis.nation) + "\nfrom = " + to_string(crisis.from) + "\n";
    if (crisis.jump) out += "jump = " + toml_number(*crisis.jump) + "\n";
  }
}

void write_design(std::string& out, Study const& study) {
  auto const& design = study.design;
  out += "\n[design]\ntype = " + toml_string(design.type) + "\n";
  out += "reference = " + toml_string(study.reference) + "\n";
  if (!design.where.empty()) out += "where = " + toml_texts(design.where) + "\n";
  if (!design.generators.empty()) out += "generators = " + toml_texts(design.generators) + "\n";
  if (!design.together.empty()) out += "levers = " + toml_texts(design.together) + "\n";
  std::string points;
  for (auto const& levels : design.points) {
    std::string row;
    for (int const level : levels) row += (row.empty() ? "" : ", ") + std::to_string(level);
    points += "  [" + row + "],\n";
  }
  if (!points.empty()) out += "points = [\n" + points + "]\n";
  for (auto const& treatment : design.listed) {
    out += "\n[[treatments]]\nname = " + toml_string(treatment.name) + "\nlabel = " + toml_string(treatment.label) + "\n";
    out += "levers = " + toml_texts(treatment.levers) + "\n";
  }
}

}  // namespace

std::string resolved_text(Study const& study) {
  std::string out;
  write_heading(out, study);
  out += "\n[mechanisms]\n";
  for (auto const& name : study.mechanisms) out += name + " = " + (is_on(study, name) ? "true" : "false") + "\n";
  out += "\n[behaviour]\n";
  for (auto const& [name, on] : study.behaviours) out += name + " = " + (on ? "true" : "false") + "\n";
  write_crises(out, study);
  out += "\n[priors]\n";
  if (!study.prior_set.empty()) out += "set = " + toml_string(study.prior_set) + "\n";
  out += "\n# What the model itself says, for the record.\n";
  for (auto const& factor : study.factors)
    if (!factor.overridden) write_factor(out, factor);
  for (auto const& factor : study.factors)
    if (factor.overridden) out += "\n", write_factor(out, factor);
  out += sampling_text(study);
  auto const flag = [](bool on) { return on ? "true\n" : "false\n"; };
  if (study.variance_reduction != VarianceReduction{})
    out += std::string("\n[variance_reduction]\nantithetic = ") + flag(study.variance_reduction.antithetic) + "controls = " + flag(study.variance_reduction.controls);
  write_levers(out, study);
  write_design(out, study);
  for (auto const& response : study.responses)
    out += "\n[[responses]]\nname = " + toml_string(response.name) + "\nfrom = " + to_string(response.window_from) +
           "\nto = " + to_string(response.window_to) + "\n";
  std::vector<std::string> series;
  for (auto const& one : study.series) series.push_back(one.name);
  out += "\n[series]\nnames = " + toml_texts(series) + "\n";
  out += "focal_step_days = " + std::to_string(study.focal_step_days) + "\n";
  out += "other_step_days = " + std::to_string(study.other_step_days) + "\n";
  return out;
}

}  // namespace sim
