// A small vocabulary, so that studies can be tested without any model, and helpers to check texts against it.
#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "sim/campaign/study.hpp"

namespace sim::test {

inline ParameterInfo parameter(std::string name, std::string unit, double minimum, double maximum, Distribution prior) {
  return {std::move(name),    std::move(unit),      minimum,       maximum, prior,
          "a test parameter", "assumed: for tests", Grade::assumed};
}

inline StudyVocabulary vocabulary() {
  StudyVocabulary v;
  v.options = {{"assets_per_sector", "1", 1, 100000, 4, true, "assets per nation and sector"},
               {"displacement", "1", 0, 1, 0.5, false, "share displaced"}};
  v.worlds = {
      {"world",
       "five nations",
       "CCDCOE",
       {{"EST", "Estonia"}, {"JPN", "Japan"}, {"KOR", "South Korea"}, {"UKR", "Ukraine"}, {"USA", "United States"}},
       {{"CCDCOE", "2008-05-14", {2008, 5, 14}, {"liaison", "exercise", "membership", "withdrawal", "dissolution"}, {"CP", "SN"}},
        {"EU", "1993", {1993, 11, 1}, {"membership"}, {}}},
       {},
       {},
       {"RUS", "USA"}},
      {"berylia",
       "two fictional nations",
       "CYDEC",
       {{"XBE", "Berylia"}, {"XCR", "Crimsonia"}},
       {{"CYDEC", "2010-05-12", {2010, 5, 12}, {"liaison", "exercise", "membership"}, {}}},
       {},
       {},
       {}}};
  v.actions = {{"liaison", "a posted officer"},
               {"exercise", "a team"},
               {"membership", "joining"},
               {"withdrawal", "leaving for good"},
               {"attribution_policy", "naming culprits", false},
               {"dissolution", "the end of the organisation", true, false}};
  for (int i = 1; i <= 10; ++i)
    v.mechanisms.push_back({std::string("M").append(std::to_string(i)), "mechanism", i != 4 && i != 7 && i != 10});
  v.mechanisms.push_back({"trusted_partners", "mechanism", false});
  v.behaviours = {{"adaptation", "attackers adapt", true}, {"cutoff", "another rule", false}, {"crises", "states have crises", true}};
  v.factors = {parameter("detection_gain", "1", 0.5, 2, {Family::uniform, 1, 1.3}),
               parameter("dwell_median", "d", 0, 1000, {Family::lognormal, 100, 0.5}),
               parameter("team_share", "1", 0, 1, {Family::beta, 2, 5})};
  v.prior_sets = {{"flat", "uniform", {}}, {"wide", "may hurt", {{"detection_gain", {Family::uniform, 0.95, 1.3}}}}};
  for (char const* name : {"resilience_loss", "robustness", "time_to_90", "incidents", "campaigns_attempted",
                           "campaigns_deterred", "effects", "dwell_time", "time_to_contain", "queue_wait",
                           "attribution_share", "attribution_lag", "economic_loss", "thefts", "cascades", "partnership_cost"})
    v.responses.push_back({name, "1", "a test response"});
  v.series = {{"service", "1", "service level"}, {"open_incidents", "1", "incidents at work"}};
  v.data_from = {2000, 1, 1};
  v.data_to = {2040, 1, 1};
  return v;
}

/// A study without faults; line numbers in expectations refer to it.
inline std::string good_study() {
  return "study_format = 1\n"           // 1
         "name = \"small\"\n"           // 2
         "[time]\n"                     // 3
         "start = 2012-01-01\n"         // 4
         "warm_up_years = 3\n"          // 5
         "end = 2028-01-01\n"           // 6
         "[campaign]\n"                 // 7
         "futures = 4\n"                // 8
         "replications = 2\n"           // 9
         "seed = 7\n"                   // 10
         "[[levers]]\n"                 // 11
         "name = \"membership\"\n"      // 12
         "nation = \"JPN\"\n"           // 13
         "organisation = \"CCDCOE\"\n"  // 14
         "action = \"membership\"\n"    // 15
         "from = 2022-11-04\n";         // 16
}

inline StudyCheck check(std::string const& text, std::vector<Override> const& overrides = {}) {
  return check_study({"s.toml", text}, overrides, vocabulary());
}

/// `text` with the first `from` replaced by `to`; `from` must occur.
inline std::string replaced(std::string text, std::string const& from, std::string const& to) {
  return text.replace(text.find(from), from.size(), to);
}

inline std::string file_text(std::string const& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// The shipped studies.
inline std::vector<std::string> shipped_studies() {
  std::vector<std::string> paths;
  for (char const* folder : {"configs/studies/", "configs/smoke/"})
    for (char const* name : {"japan_ccdcoe", "delay", "negative_control", "regime", "berylia", "join_dates"})
      paths.push_back(std::string(folder) + name + ".toml");
  return paths;
}

}  // namespace sim::test
