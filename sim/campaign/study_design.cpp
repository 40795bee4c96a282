#include "sim/campaign/design_types.hpp"

namespace sim {
namespace {

constexpr std::uint64_t replications_max = 10'000'000;
constexpr std::size_t conditions_max = 32;

/// Reads `where`; what is no condition is reported and left out.
std::vector<Condition> read_conditions(TableReader& design, StudyParts& parts) {
  std::vector<Condition> conditions;
  auto const texts = design.texts("where", optional_key("where = [\"not (liaison and membership)\"]"));
  if (!texts) return conditions;
  auto const names = condition_names(parts.study.levers);
  if (texts->size() > conditions_max)
    parts.issues.add(design.where("where"), std::to_string(texts->size()) + " conditions are too many",
                     "at most " + std::to_string(conditions_max) + " are read", "join some by \"and\"");
  std::size_t length = 0;
  for (auto const& text : *texts) length += text.value.size();
  if (length > Condition::length_max) {
    parts.issues.add(design.where("where"), "conditions of " + std::to_string(length) + " bytes are too long",
                     "at most " + std::to_string(Condition::length_max) + " are read in all", "write them more plainly");
    return conditions;
  }
  for (auto const& text : *texts) {
    if (conditions.size() == conditions_max) break;
    try {
      conditions.emplace_back(text.value, names);
      parts.study.design.where.push_back(text.value);
    } catch (ConditionError const& error) {
      parts.issues.add(text.where, error.problem + ", at column " + std::to_string(error.column) + " of " + shown(text.value),
                       error.reason, error.advice);
    }
  }
  return conditions;
}

/// Reports a lever whose name stands for a property of another one in conditions.
void check_names_apart(StudyParts const& parts) {
  auto const& levers = parts.study.levers;
  for (std::size_t i = 0; i < levers.size(); ++i)
    for (char const* part : {".level", ".from", ".to"})
      if (find_named(levers, levers[i].name + part))
        parts.issues.add(parts.lever_places[i], "in conditions " + shown(levers[i].name + part) + " is ambiguous",
                         "it is a lever and a property of lever " + shown(levers[i].name), "rename one of them");
}

struct Reference {
  std::string name;
  bool given = false;
};

Reference read_reference(TableReader& design, std::string const& type) {
  bool const required = type == "explicit";
  std::string const standard = type == "leave_one_out" ? "all" : "none";
  auto const name = design.text("reference", KeyRule{"reference = \"" + (required ? "never" : standard) + "\"", required});
  return {name.value_or(standard), name.has_value()};
}

void check_reference(TableReader& design, Reference const& reference, StudyParts& parts, bool required) {
  parts.study.reference = reference.name;
  auto const names = names_of(parts.study.treatments);
  bool const any_named = std::any_of(names.begin(), names.end(), [](auto const& name) { return !name.empty(); });
  if (!any_named || find_named(parts.study.treatments, reference.name)) return;
  if (reference.given)
    parts.issues.add(design.where("reference"), "unknown reference " + shown(reference.name),
                     "the treatments are " + listed(names), did_you_mean(reference.name, names, "name one of them"));
  else if (!required)
    parts.issues.add(design.where("type"), "the design has no treatment \"none\"", "it is the reference unless another is named",
                     "add the treatment without levers, or reference = " + shown(names.front()));
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

std::vector<std::string> type_names() {
  std::vector<std::string> names;
  for (auto const& type : design_types()) names.push_back(type.name);
  return names;
}

}  // namespace

void read_design(TableReader& root, StudyParts& parts) {
  auto design = root.table("design", KeyRule{"[design] with reference", root.has("treatments")});
  std::string type = root.has("treatments") ? "explicit" : "full_factorial";
  if (auto const given = design.text("type", optional_key("type = \"full_factorial\""))) type = *given;
  auto const types = type_names();
  auto const* known = find_named(design_types(), type);
  if (!known)
    parts.issues.add(design.where("type"), "unknown type of design " + shown(type), "known: " + listed(types),
                     did_you_mean(type, types, "use a known one"));
  // Treatments that are listed are judged as such, however the type is misspelt.
  if (!known && root.has("treatments")) known = find_named(design_types(), "explicit");
  bool const is_explicit = known && known->name == "explicit";
  parts.study.design.type = known ? known->name : type;
  Reference const reference = read_reference(design, parts.study.design.type);
  auto conditions = read_conditions(design, parts);
  if (!conditions.empty()) check_names_apart(parts);
  TreatmentBuilder builder(parts, std::move(conditions), reference.name);
  Position const place = design.present() ? design.where("type") : root.where("levers");
  if (!is_explicit) {
    root.tables("treatments", optional_key("[[treatments]]"));
    if (known && root.has("treatments"))
      parts.issues.add(root.where("treatments"), known->title + " lists no treatments",
                       known->name == "full_factorial" ? "they are all combinations of the levers" : "it makes them itself", "remove [[treatments]], or write type = \"explicit\"");
  }
  std::size_t const issues_before = parts.issues.size();
  if (known) known->read({root, design, parts, builder, place});
  bool const dropped = builder.finish(place, design.has("reference") ? design.where("reference") : design.has("where") ? design.where("where") : place);
  if (!dropped && (is_explicit || parts.issues.size() == issues_before)) check_reference(design, reference, parts, is_explicit);
  design.finish();
  check_size(root, parts);
}

}  // namespace sim
