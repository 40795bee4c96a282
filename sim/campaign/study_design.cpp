#include "sim/campaign/study_parts.hpp"

namespace sim {
namespace {

constexpr std::size_t factorial_levers_max = 12;
constexpr std::uint64_t replications_max = 10'000'000;

bool overlap(Intervention const& a, Intervention const& b) {
  return a.nation == b.nation && a.organisation == b.organisation && a.action == b.action && a.from < b.to &&
         b.from < a.to;
}

/// True if `a` ends the organisation that `b` goes on to act at.
bool ends(Intervention const& a, Intervention const& b) {
  return a.nation.empty() && !b.nation.empty() && a.organisation == b.organisation && a.from < b.to;
}

/// Reports two levers of one treatment that move the same thing at the same time, or of which one ends what the other moves.
void check_overlap(Treatment const& treatment, Position where, StudyParts& parts) {
  auto const& levers = treatment.interventions;
  for (std::size_t i = 0; i < levers.size(); ++i)
    for (std::size_t j = i + 1; j < levers.size(); ++j)
      if (overlap(levers[i], levers[j]))
        parts.issues.add(where,
                         "treatment " + shown(treatment.name) + " cannot hold both " + shown(levers[i].lever) +
                             " and " + shown(levers[j].lever),
                         "they move the same thing at the same time", "keep one of them, or part their dates");
      else if (ends(levers[i], levers[j]) || ends(levers[j], levers[i]))
        parts.issues.add(where,
                         "treatment " + shown(treatment.name) + " cannot hold both " + shown(levers[i].lever) +
                             " and " + shown(levers[j].lever),
                         "one of them ends the organisation of the other", "keep one of them, or part their dates");
}

Intervention const* find_lever(Study const& study, std::string_view name) {
  for (auto const& lever : study.levers)
    if (lever.lever == name) return &lever;
  return nullptr;
}

std::vector<std::string> lever_names(Study const& study) {
  std::vector<std::string> names;
  for (auto const& lever : study.levers)
    if (!lever.lever.empty()) names.push_back(lever.lever);
  return names;
}

/// All subsets of the levers; lever i is in treatment t where bit i of t is set: none, a, b, a+b, c ... (Yates's
/// order).
void expand_factorial(StudyParts& parts, Position where) {
  auto& study = parts.study;
  std::size_t const count = study.levers.size();
  for (std::size_t t = 0; t < std::size_t{1} << count; ++t) {
    Treatment treatment;
    for (std::size_t i = 0; i < count; ++i) {
      bool const on = (t >> i & 1u) != 0;
      treatment.levels.push_back(on ? 1 : 0);
      if (!on) continue;
      auto const& lever = study.levers[i];
      treatment.name += (treatment.name.empty() ? "" : "+") + lever.lever;
      treatment.label += (treatment.label.empty() ? "" : " + ") + lever.lever;
      treatment.interventions.push_back(lever);
    }
    if (t == 0) treatment.name = "none", treatment.label = "no lever";
    if (t + 1 == std::size_t{1} << count) check_overlap(treatment, where, parts);
    study.treatments.push_back(std::move(treatment));
  }
}

void read_factorial(TableReader& root, TableReader& design, StudyParts& parts) {
  Position const where = design.present() ? design.where("type") : root.where("levers");
  std::size_t const count = parts.study.levers.size();
  root.tables("treatments", optional_key("[[treatments]]"));
  if (root.has("treatments"))
    parts.issues.add(root.where("treatments"), "a full factorial lists no treatments",
                     "they are all combinations of the levers", "remove [[treatments]], or write type = \"explicit\"");
  parts.study.factorial = true;
  if (count == 0)
    parts.issues.add(where, "there are no levers", "a full factorial combines levers", "add [[levers]]");
  else if (count > factorial_levers_max)
    parts.issues.add(where, std::to_string(count) + " levers are too many for a full factorial",
                     "at most " + std::to_string(factorial_levers_max) + " are combined",
                     "list [[treatments]] instead");
  else
    expand_factorial(parts, where);
}

Treatment read_treatment(TableReader& table, StudyParts& parts) {
  auto& study = parts.study;
  Treatment treatment;
  if (auto const name = table.text("name", required("name = \"joins_2020\""))) {
    treatment.name = *name;
    check_name(parts, *name, table.where("name"), true);
    if (find_named(study.treatments, *name))
      parts.issues.add(table.where("name"), "repeated treatment " + shown(*name), "names tell treatments apart",
                       "choose another name");
  }
  treatment.label = table.text("label", optional_key("label = \"joins in 2020\"")).value_or(treatment.name);
  auto const levers = table.texts("levers", required("levers = [\"membership\"]"));
  if (levers) {
    auto const known = lever_names(study);
    auto const reason = known.empty() ? "there are no levers" : "known: " + listed(known);
    for (auto const& lever : *levers)
      if (!find_lever(study, lever.value))
        parts.issues.add(lever.where, "unknown lever " + shown(lever.value), reason,
                         did_you_mean(lever.value, known, "add it as [[levers]]"));
    // In the order of the study's levers, so that the order in the file changes nothing.
    for (auto const& lever : study.levers) {
      auto const named = [&](auto const& name) { return name.value == lever.lever; };
      if (std::any_of(levers->begin(), levers->end(), named)) treatment.interventions.push_back(lever);
    }
    check_overlap(treatment, table.where("levers"), parts);
  }
  table.finish();
  return treatment;
}

void check_levers_used(StudyParts const& parts) {
  for (std::size_t i = 0; i < parts.study.levers.size(); ++i) {
    auto const& lever = parts.study.levers[i];
    bool used = lever.lever.empty();
    for (auto const& treatment : parts.study.treatments)
      for (auto const& intervention : treatment.interventions) used = used || intervention.lever == lever.lever;
    if (!used)
      parts.issues.add(parts.lever_places[i], "lever " + shown(lever.lever) + " is in no treatment",
                       "it would change nothing", "remove it or add it to a treatment");
  }
}

void read_explicit(TableReader& root, StudyParts& parts) {
  for (auto& table : root.tables("treatments", required("[[treatments]]")))
    parts.study.treatments.push_back(read_treatment(table, parts));
  if (root.has("treatments") && parts.study.treatments.empty())
    parts.issues.add(root.where("treatments"), "there are no treatments", "a study compares at least one",
                     "add [[treatments]]");
  if (!parts.study.treatments.empty()) check_levers_used(parts);
}

void read_reference(TableReader& design, StudyParts& parts, bool reference_required) {
  auto const reference = design.text(
      "reference",
      KeyRule{"reference = \"" + std::string(reference_required ? "never" : "none") + "\"", reference_required});
  parts.study.reference = reference.value_or("none");
  auto const names = names_of(parts.study.treatments);
  bool const any_named = std::any_of(names.begin(), names.end(), [](auto const& name) { return !name.empty(); });
  if (reference && any_named && !find_named(parts.study.treatments, *reference))
    parts.issues.add(design.where("reference"), "unknown reference " + shown(*reference),
                     "the treatments are " + listed(names), did_you_mean(*reference, names, "name one of them"));
}

void check_size(TableReader& root, StudyParts& parts) {
  std::uint64_t const count = replication_count(parts.study);
  if (count > replications_max)
    parts.issues.add(root.where("campaign"), std::to_string(count) + " replications are too many",
                     std::to_string(parts.study.treatments.size()) + " treatments x " +
                         std::to_string(parts.study.futures) + " futures x " +
                         std::to_string(parts.study.replications) + " replications; at most " +
                         std::to_string(replications_max),
                     "lower futures or replications");
}

}  // namespace

void read_design(TableReader& root, StudyParts& parts) {
  static std::vector<std::string> const types{"full_factorial", "explicit"};
  auto design = root.table("design", KeyRule{"[design] with reference", root.has("treatments")});
  std::string type = root.has("treatments") ? "explicit" : "full_factorial";
  auto const given = design.text("type", optional_key("type = \"full_factorial\""));
  if (given) type = *given;
  bool const known = std::find(types.begin(), types.end(), type) != types.end();
  if (!known)
    parts.issues.add(design.where("type"), "unknown type of design " + shown(type), "known: " + listed(types),
                     did_you_mean(type, types, "use a known one"));
  // Treatments that are listed are judged as such, however the type is misspelt.
  bool const is_explicit = known ? type == "explicit" : root.has("treatments");
  if (is_explicit)
    read_explicit(root, parts);
  else if (known)
    read_factorial(root, design, parts);
  else
    root.tables("treatments", optional_key("[[treatments]]"));
  read_reference(design, parts, is_explicit);
  design.finish();
  check_size(root, parts);
}

}  // namespace sim
