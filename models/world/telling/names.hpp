// Names for people: of actors, nations, sectors, ways in, tools.
#pragma once

#include <string>

#include "models/world/data/atlas.hpp"

namespace world {

/// "the state actor of China", "a criminal group", "hacktivists".
std::string actor_words(Atlas const& atlas, int actor);
/// English name of a nation, "nobody" for -1.
std::string nation_words(Atlas const& atlas, int nation);
/// Name of a sector, in lower case.
std::string sector_words(Atlas const& atlas, int sector);
/// Its short name; its name in full where there is none, "no organisation" for -1.
std::string organisation_words(Atlas const& atlas, int organisation);
/// Whoever an agent stands for, by its name: "response_team/JPN" -> "Japan's response team"; an arsenal or an intrusion set stands for its actor.
std::string agent_words(Atlas const& atlas, std::string const& agent);
/// "disruption", "short espionage" ...
std::string objective_words(int objective);
/// "by phishing", "through a known flaw" ...
std::string vector_words(int vector);
/// "zero-day exploit 12 for platform 2"; empty for 0.
std::string tool_words(std::uint32_t tool);
/// "found by its own defenders" ...
std::string cause_words(int cause);
/// "campaign 17 of the state actor of China against Japan": number, actor and target of a campaign, and in brackets what is special about it.
std::string incident_words(Atlas const& atlas, std::uint64_t incident);
/// A span of time as people say it: "3 hours", "12 days", "14 months".
std::string days_words(double days);
/// "3 %", "0.4 %".
std::string percent_words(double share);

}  // namespace world
