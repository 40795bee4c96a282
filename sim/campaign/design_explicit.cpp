#include "sim/campaign/design_types.hpp"

namespace sim {
namespace {

/// One listed treatment and the levers it names, by index, ascending.
struct Listed {
  ListedTreatment treatment;
  std::vector<std::size_t> levers;
  Position where;
};

Listed read_treatment(TableReader& table, DesignReader const& reader) {
  auto& parts = reader.parts;
  auto const& all = parts.study.levers;
  Listed found;
  if (auto const name = table.text("name", required("name = \"joins_2020\""))) {
    found.treatment.name = *name;
    check_name(parts, *name, table.where("name"), true);
    if (find_named(parts.study.design.listed, *name))
      parts.issues.add(table.where("name"), "repeated treatment " + shown(*name), "names tell treatments apart",
                       "choose another name");
  }
  found.treatment.label = table.text("label", optional_key("label = \"joins in 2020\"")).value_or(found.treatment.name);
  auto const levers = table.texts("levers", required("levers = [\"membership\"]"));
  found.where = table.where("levers");
  table.finish();
  if (!levers) return found;
  auto known = names_of(all);
  known.erase(std::remove(known.begin(), known.end(), ""), known.end());
  auto const reason = known.empty() ? "there are no levers" : "known: " + listed(known);
  for (auto const& lever : *levers)
    if (std::find(known.begin(), known.end(), lever.value) == known.end())
      parts.issues.add(lever.where, "unknown lever " + shown(lever.value), reason,
                       did_you_mean(lever.value, known, "add it as [[levers]]"));
  // In the order of the study's levers, so that the order in the file changes nothing.
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto const named = [&](auto const& name) { return name.value == all[i].name && !all[i].name.empty(); };
    if (std::any_of(levers->begin(), levers->end(), named)) found.levers.push_back(i), found.treatment.levers.push_back(all[i].name);
  }
  return found;
}

/// Levers of `found` that have several levels.
std::vector<std::size_t> varied_levers(Listed const& found, std::vector<StudyLever> const& all) {
  std::vector<std::size_t> varied;
  for (std::size_t const i : found.levers)
    if (all[i].levels.size() > 1) varied.push_back(i);
  return varied;
}

/// "2018-06-14" after the only lever with several levels, else after each of them.
std::string suffix(std::vector<std::size_t> const& varied, std::vector<int> const& levels, std::vector<StudyLever> const& all) {
  std::string text;
  for (std::size_t const i : varied)
    text += (text.empty() ? "" : "+") + (varied.size() > 1 ? all[i].name + "." : std::string()) + level_name(all[i], static_cast<std::size_t>(levels[i] - 1));
  return text;
}

bool check_expansion(Listed const& found, std::vector<std::size_t> const& varied, DesignReader const& reader) {
  auto const& all = reader.parts.study.levers;
  std::uint64_t count = 1;
  for (std::size_t const i : varied) count = std::min<std::uint64_t>(count * all[i].levels.size(), treatments_max + 1);
  bool const fits = varied.empty() || (count <= treatments_max && found.levers.size() <= combined_levers_max);
  if (!fits)
    reader.parts.issues.add(found.where, "treatment " + shown(found.treatment.name) + " stands for too many treatments",
                            "it combines all levels of its levers; at most " + std::to_string(treatments_max) + " treatments and " +
                                std::to_string(combined_levers_max) + " levers are combined",
                            "name fewer levers or levels");
  return fits;
}

/// One treatment for each combination of the levels of its levers, the first lever fastest.
void expand(Listed const& found, DesignReader const& reader) {
  auto const& all = reader.parts.study.levers;
  auto const varied = varied_levers(found, all);
  if (!check_expansion(found, varied, reader)) return;
  std::vector<int> levels(all.size(), 0);
  for (std::size_t const i : found.levers) levels[i] = 1;
  while (reader.builder.has_room()) {
    auto const& [name, label, levers] = found.treatment;
    auto const end = suffix(varied, levels, all);
    reader.builder.add({levels, end.empty() ? name : name + "." + end, end.empty() ? label : label + " (" + end + ")", found.where});
    std::size_t k = 0;
    while (k < varied.size() && static_cast<std::size_t>(++levels[varied[k]]) > all[varied[k]].levels.size()) levels[varied[k++]] = 1;
    if (k == varied.size()) break;
  }
}

/// Reports a listed treatment with a lever, but not the one it lies within.
void check_within(Listed const& found, DesignReader const& reader) {
  auto const& all = reader.parts.study.levers;
  for (std::size_t const i : found.levers) {
    auto const has = [&](std::size_t j) { return all[j].name == all[i].within; };
    if (all[i].within.empty() || !find_named(all, all[i].within) || std::any_of(found.levers.begin(), found.levers.end(), has)) continue;
    reader.parts.issues.add(found.where, "treatment " + shown(found.treatment.name) + " holds " + shown(all[i].name) + " without " + shown(all[i].within),
                            "it lies within that lever", "add " + shown(all[i].within) + " to the treatment");
  }
}

}  // namespace

void read_explicit(DesignReader const& reader) {
  auto& study = reader.parts.study;
  for (auto& table : reader.root.tables("treatments", required("[[treatments]]"))) {
    Listed const found = read_treatment(table, reader);
    bool const repeated = !found.treatment.name.empty() && find_named(study.design.listed, found.treatment.name);
    study.design.listed.push_back(found.treatment);
    check_within(found, reader);
    for (std::size_t const i : found.levers) reader.builder.use(i);
    if (!repeated && !found.treatment.name.empty()) expand(found, reader);
  }
  if (reader.root.has("treatments") && study.design.listed.empty())
    reader.parts.issues.add(reader.root.where("treatments"), "there are no treatments", "a study compares at least one",
                            "add [[treatments]]");
}

}  // namespace sim
