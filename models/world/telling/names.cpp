#include "models/world/telling/names.hpp"

#include <array>
#include <cmath>

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
  return organisation < 0 ? "no organisation" : atlas.organisations[static_cast<std::size_t>(organisation)].code;
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
  if (incident == 0) return "none";
  auto const actor = static_cast<std::size_t>((incident >> 48 & 0xff) - 1);
  std::size_t const target = incident >> 32 & 0xff;
  std::string const who = actor < atlas.actors.size() ? atlas.actors[actor].code : actor == atlas.actors.size() ? "HACKTIVISTS" : "NAMING";
  std::string text = who + ">" + (target < atlas.nations.size() ? atlas.nations[target].iso3 : "?") + " ";
  std::uint32_t const number = static_cast<std::uint32_t>(incident & 0x7fffffff);
  text += number > 1U << 30 ? "open at the start " + std::to_string(number - (1U << 30)) : std::to_string(number);
  if ((incident >> 31 & 1) != 0) text += " beyond the base rate";
  if (unsigned const back = recurrences(incident); back > 0) text += ", back for the " + std::to_string(back) + (back == 1 ? "st" : back == 2 ? "nd" : back == 3 ? "rd" : "th") + " time";
  if (std::uint64_t const member = incident >> 56; member != 0) text += ", follower " + std::to_string(member);
  return text;
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
