#include "sim/campaign/study_parts.hpp"

namespace sim {

NationName const* find_nation(StudyVocabulary const& vocabulary, std::string_view code) {
  for (auto const& nation : vocabulary.nations)
    if (nation.code == code) return &nation;
  return nullptr;
}

std::string suggest_nation(StudyVocabulary const& vocabulary, std::string_view text) {
  std::vector<std::string> codes, names;
  for (auto const& nation : vocabulary.nations) {
    codes.push_back(nation.code);
    names.push_back(nation.name);
  }
  if (auto const meant = closest_thing(text, codes, names))
    return "did you mean \"" + codes[*meant] + "\" (" + names[*meant] + ")?";
  return "use an ISO 3166 code of three letters, as in \"JPN\"";
}

std::string founding_of(OrganisationName const& organisation) {
  auto const earliest = to_string(organisation.earliest);
  if (organisation.founded == earliest) return "it was founded on " + earliest;
  return "it was founded in " + organisation.founded + ", and its first recorded member joined on " + earliest;
}

bool check_nation(StudyParts const& parts, std::string_view code, Position where) {
  if (find_nation(parts.vocabulary, code)) return true;
  parts.issues.add(where, "unknown nation " + shown(code),
                   "the world has " + std::to_string(parts.vocabulary.nations.size()) + " nations",
                   suggest_nation(parts.vocabulary, code));
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
