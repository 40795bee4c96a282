#include "models/world/telling/names.hpp"

#include <array>
#include <cmath>
#include <vector>

#include "models/world/actor/tool.hpp"
#include "models/world/directory.hpp"

namespace world {
namespace {

template <std::size_t N>
std::string one_of(std::array<char const*, N> const& words, int code) {
  return code >= 0 && static_cast<std::size_t>(code) < N ? words[static_cast<std::size_t>(code)] : "unknown";
}

// At most one digit after the point.
std::string short_number(double x) {
  bool const whole = x >= 9.95 || std::round(x) == std::round(x * 10) / 10;
  auto const tenths = static_cast<long long>(std::llround(x * 10));
  return whole ? std::to_string(std::llround(x)) : std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

std::vector<std::string> parts(std::string const& name) {
  std::vector<std::string> all(1);
  for (char const c : name)
    if (c == '/') all.emplace_back();
    else all.back() += c;
  return all;
}

std::string counted(double x, char const* unit) {
  std::string const number = short_number(x);
  return number + " " + unit + (number == "1" ? "" : "s");
}

}  // namespace

std::string actor_words(Atlas const& atlas, int actor) {
  auto const a = static_cast<std::size_t>(actor);
  if (a >= atlas.actors.size()) return "hacktivists";
  int const home = atlas.actors[a].nation;
  return home < 0 ? "a criminal group" : "the state actor of " + nation_words(atlas, home);
}

std::string nation_words(Atlas const& atlas, int nation) {
  return nation < 0 ? "nobody" : atlas.nations[static_cast<std::size_t>(nation)].name;
}

std::string sector_words(Atlas const& atlas, int sector) {
  std::string name = atlas.sectors[static_cast<std::size_t>(sector)].name;
  if (name.size() > 1 && name[0] >= 'A' && name[0] <= 'Z' && !(name[1] >= 'A' && name[1] <= 'Z')) name[0] = static_cast<char>(name[0] - 'A' + 'a');
  return name;
}

std::string organisation_words(Atlas const& atlas, int organisation) {
  if (organisation < 0) return "no organisation";
  OrganisationRecord const& record = atlas.organisations[static_cast<std::size_t>(organisation)];
  return record.code.find('_') == std::string::npos ? record.code : record.name;
}

std::string agent_words(Atlas const& atlas, std::string const& agent) {
  std::vector<std::string> const part = parts(agent);
  if (part.size() < 2) return agent;
  std::string const& type = part[0];
  if (type == "organisation") return organisation_words(atlas, atlas.organisation(part[1]));
  if (type == "threat_actor" || type == "arsenal" || type == "intrusion_set") {
    for (std::size_t a = 0; a < atlas.actors.size(); ++a)
      if (atlas.actors[a].code == part[1]) return actor_words(atlas, static_cast<int>(a));
    return agent;
  }
  int const index = atlas.nation(part[1]);
  if (index < 0) return agent;
  std::string const nation = nation_words(atlas, index);
  for (auto const& [name, of_nation] : std::initializer_list<std::pair<char const*, char const*>>{
           {"nation", "government"}, {"response_team", "response team"}, {"budget", "budget of prevention"}, {"economy", "economy"}, {"information_environment", "public"}})
    if (type == name) return nation + "'s " + of_nation;
  if (type == "hacktivists") return "hacktivists against " + nation;
  int const sector = part.size() > 2 ? atlas.sector(part[2]) : -1;
  if (sector < 0) return agent;
  std::string const place = "the sector " + sector_words(atlas, sector) + " of " + nation;
  if (part.size() == 3) return place;
  return (type == "asset" ? "asset " : "repair crews ") + std::to_string(std::stoi(part[3]) + 1) + " of " + place;
}

std::string objective_words(int objective) {
  return one_of<5>({"disruption", "short espionage", "long espionage", "degradation", "ransomware"}, objective);
}

std::string vector_words(int vector) {
  return one_of<6>({"by phishing", "through a known flaw", "by a zero-day", "through a compromised supplier", "through a trusted partner", "without getting in"}, vector);
}

std::string tool_words(std::uint32_t tool) {
  if (tool == 0) return "";
  std::string const platform = " on platform " + std::to_string(platform_of(tool) + 1);
  std::uint32_t const number = tool & (tool_variants - 1);
  switch (kind_of(tool)) {
    case ToolKind::zero_day: return "zero-day exploit " + std::to_string(tool & ((1U << tool_kind_shift) - 1)) + platform;
    case ToolKind::supplier: return "supplier " + std::to_string(number) + platform;
    case ToolKind::known_flaw: return "tool " + std::to_string(number) + " for known flaws" + platform;
  }
  return "";
}

std::string cause_words(int cause) {
  return one_of<5>({"by the victim itself", "by an outsider", "through partners who know the actor", "by an indicator that a partner shared", "by its effect"}, cause);
}

std::string incident_words(Atlas const& atlas, std::uint64_t incident) {
  if (incident == 0) return "no campaign";
  auto const actor = static_cast<std::size_t>((incident >> 48 & 0xff) - 1);
  std::size_t const target = incident >> 32 & 0xff;
  std::uint32_t const number = static_cast<std::uint32_t>(incident & 0x7fffffff);
  bool const of_the_start = number > 1U << 30;
    std::vector<std::string> special;
  if (of_the_start) special.emplace_back("open at the start");
  if (actor > atlas.actors.size()) special.emplace_back("provoked by a naming");
  if ((incident >> 31 & 1) != 0) special.emplace_back("beyond the base rate");
  if (unsigned const back = recurrences(incident); back > 0) special.push_back("back for the " + std::to_string(back) + (back == 1 ? "st" : back == 2 ? "nd" : back == 3 ? "rd" : "th") + " time");
  if (std::uint64_t const member = incident >> 56; member != 0) special.push_back("follower " + std::to_string(member));
  std::string text = "campaign " + std::to_string(of_the_start ? number - (1U << 30) : number) + " of " + actor_words(atlas, static_cast<int>(actor)) + " against " + (target < atlas.nations.size() ? atlas.nations[target].name : "an unknown nation");
  for (std::size_t i = 0; i < special.size(); ++i) text += (i == 0 ? " (" : ", ") + special[i];
  return special.empty() ? text : text + ")";
}

std::string days_words(double days) {
  if (days < 0) return days_words(-days) + " before";
  if (days < 2. / 24) return counted(days * 1440, "minute");
  if (days < 2) return counted(days * 24, "hour");
  if (days < 61) return counted(days, "day");
  if (days < 730) return counted(days / 30.4375, "month");
  return counted(days / 365.25, "year");
}

std::string percent_words(double share) {
  double const percent = 100 * share;
  return (percent < 0.05 && percent > 0 ? "less than 0.1" : short_number(percent)) + " %";
}

}  // namespace world
