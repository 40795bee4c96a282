#include "sim/base/error.hpp"
#include "sim/campaign/study_parts.hpp"

namespace sim {
namespace {

/// A name that another world has: says which, and how to get there.
Objection of_another_world(std::string const& what, std::string const& full_name, WorldName const& other, WorldName const& world) {
  return {what + " is not in the world " + shown(world.name), full_name + " belongs to the world " + shown(other.name),
          "write world = " + shown(other.name) + " in [scenario], or name another", other.name};
}

}  // namespace

WorldName const& world_named(StudyVocabulary const& vocabulary, std::string_view name) {
  auto const& worlds = vocabulary.worlds;
  if (name.empty()) return worlds.front();
  if (auto const* world = find_named(worlds, name)) return *world;
  auto const known = names_of(worlds);
  throw Error("unknown world " + shown(name) + " (known: " + listed(known) + ") " + did_you_mean(name, known, "use a known one"));
}

NationName const* find_nation(WorldName const& world, std::string_view code) {
  for (auto const& nation : world.nations)
    if (nation.code == code) return &nation;
  return nullptr;
}

Objection unknown_nation(StudyVocabulary const& vocabulary, WorldName const& world, std::string_view text) {
  auto const means = [&](NationName const& nation) { return edit_distance(text, nation.code) == 0 || edit_distance(text, nation.name) == 0; };
  if (std::none_of(world.nations.begin(), world.nations.end(), means))
    for (auto const& other : vocabulary.worlds)
      for (auto const& nation : other.nations)
        if (means(nation)) return of_another_world("nation " + shown(text), nation.name, other, world);
  std::vector<std::string> codes, names;
  for (auto const& nation : world.nations) {
    codes.push_back(nation.code);
    names.push_back(nation.name);
  }
  Objection all{"unknown nation " + shown(text), "the world has " + std::to_string(codes.size()) + " nations",
                "use a code of three letters, as in \"" + codes.front() + "\""};
  if (auto const meant = closest_thing(text, codes, names)) all.advice = "did you mean \"" + codes[*meant] + "\" (" + names[*meant] + ")?";
  return all;
}

std::optional<Objection> foreign_organisation(StudyVocabulary const& vocabulary, WorldName const& world, std::string_view name) {
  if (find_named(world.organisations, name)) return {};
  for (auto const& other : vocabulary.worlds)
    if (find_named(other.organisations, name)) return of_another_world("organisation " + shown(name), "it", other, world);
  return {};
}

std::string founding_of(OrganisationName const& organisation) {
  auto const earliest = to_string(organisation.earliest);
  if (organisation.founded == earliest) return "it was founded on " + earliest;
  return "it was founded in " + organisation.founded + ", and its first recorded member joined on " + earliest;
}

bool check_nation(StudyParts const& parts, std::string_view code, Position where) {
  if (find_nation(*parts.world, code)) return true;
  auto const [problem, reason, advice, world] = unknown_nation(parts.vocabulary, *parts.world, code);
  parts.issues.add(where, problem, reason, advice);
  return false;
}

bool check_name(StudyParts const& parts, std::string_view name, Position where, bool plus) {
  auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
  auto allowed = [&](char c) { return letter(c) || c == '.' || c == '_' || c == '-' || (plus && c == '+'); };
  if (!name.empty() && name.size() <= (plus ? 1000 : 64) && letter(name[0]) &&
      std::all_of(name.begin(), name.end(), allowed))
    return true;
  parts.issues.add(where, shown(name) + " cannot be a name",
                   std::string("1 to ") + (plus ? "1000" : "64") + " letters, digits and . _ -" + (plus ? " +" : "") +
                       " are allowed, a letter or digit first",
                   "choose another name");
  return false;
}

}  // namespace sim
