#include <nlohmann/json.hpp>

#include "sim/app/exercise/exercise_sheet.hpp"

namespace app {

namespace {

using Json = nlohmann::ordered_json;

Json json_of(exercise::Number const& number) {
  return {{"mean", number.mean}, {"lo", number.lo}, {"hi", number.hi}};
}

Json value_of(exercise::KeyInfo const& key, double value) {
  if (key.kind == exercise::Kind::flag) return value != 0;
  if (key.kind == exercise::Kind::whole) return static_cast<std::int64_t>(value);
  return value;
}

Json rules_of(exercise::Rules const& rules) {
  Json json = Json::object();
  for (auto const& key : exercise::rule_keys()) {
    json[key.info.table][key.info.name] = value_of(key.info, rules.*key.member);
  }
  return json;
}

Json items_of(exercise::Rules const& rules) {
  Json json = Json::object();
  for (std::size_t i = 0; i < exercise::item_count; ++i) {
    auto const item = static_cast<exercise::Item>(i);
    auto const& info = exercise::info(item);
    Json& entry = json[std::string(info.name)] = {{"unit", info.unit}, {"meaning", info.meaning}};
    if (info.unit == "points") entry["maximum"] = exercise::maximum(rules, item);
  }
  return json;
}

Json team_of(exercise::TeamResult const& result) {
  Json attributes = Json::object(), items = Json::object();
  for (auto const& key : exercise::team_keys()) {
    attributes[key.info.name] = value_of(key.info, result.team.*key.member);
  }
  for (std::size_t i = 0; i < exercise::item_count; ++i) {
    items[std::string(exercise::info(static_cast<exercise::Item>(i)).name)] = json_of(result.numbers[i]);
  }
  return {{"name", result.team.name}, {"place", result.place}, {"attributes", attributes}, {"items", items}};
}

Json gain_of(exercise::Results const& results, exercise::Gain const& gain) {
  Json teams = Json::array();
  for (std::size_t t = 0; t < results.teams.size(); ++t) {
    teams.push_back({{"name", results.teams[t].team.name},
                     {"technical", json_of(gain.technical[t])},
                     {"total", json_of(gain.total[t])}});
  }
  return {{"teams", teams},
          {"mean", {{"technical", json_of(gain.mean_technical)}, {"total", json_of(gain.mean_total)}}}};
}

}  // namespace

std::string exercise_json(exercise::Scenario const& scenario, exercise::Results const& results,
                          std::optional<ExerciseComparison> const& comparison) {
  Json teams = Json::array();
  for (auto const& result : results.teams) teams.push_back(team_of(result));
  Json compared = nullptr;
  if (comparison) {
    compared = {{"changes", comparison->changes}};
    compared.update(gain_of(results, comparison->gain));
  }
  Json const json{{"exercise_format", 1},
                  {"title", scenario.title},
                  {"interval_level", 0.95},
                  {"rules", rules_of(scenario.rules)},
                  {"items", items_of(scenario.rules)},
                  {"teams", teams},
                  {"sharing_gain", results.sharing ? gain_of(results, *results.sharing) : Json(nullptr)},
                  {"comparison", compared}};
  return json.dump(2) + "\n";
}

}  // namespace app
