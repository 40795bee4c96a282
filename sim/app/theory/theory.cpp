#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "models/theory/comparison.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/console.hpp"
#include "sim/app/describe/describe_formats.hpp"
#include "sim/app/theory/theory_list.hpp"
#include "sim/base/names.hpp"
#include "sim/exec/executors.hpp"

namespace app {

namespace {

using Json = nlohmann::ordered_json;

std::string text_of(theory::Value const& value) {
  if (value.kind == theory::Kind::choice) return value.text;
  if (value.kind == theory::Kind::list) return fmt::format("{}", fmt::join(value.list, ","));
  return fmt::format("{}", value.number);
}

Json json_of(theory::Value const& value) {
  if (value.kind == theory::Kind::choice) return value.text;
  if (value.kind == theory::Kind::list) return value.list;
  if (value.kind == theory::Kind::whole) return static_cast<std::int64_t>(value.number);
  return value.number;
}

std::string as_json(theory::Theory const& theory, theory::Values const& values, theory::Comparison const& comparison) {
  Json parameters = Json::object(), closed = Json::object(), simulated = Json::object();
  for (theory::Value const& value : values.all()) parameters[value.name] = json_of(value);
  for (theory::Quantity const& quantity : comparison.closed_form) closed[quantity.name] = quantity.value;
  for (theory::Simulated const& s : comparison.simulated) {
    simulated[s.name] = {{"mean", s.mean}, {"lo", s.lo}, {"hi", s.hi}, {"replications", s.replications}};
  }
  Json json{{"name", theory.name}, {"parameters", parameters}, {"closed_form", closed}, {"simulated", simulated}};
  if (!comparison.note.empty()) json["note"] = comparison.note;
  return json.dump(2) + "\n";
}

std::string as_text(theory::Theory const& theory, theory::Values const& values, theory::Comparison const& comparison) {
  std::string text = fmt::format("{}: {}\n  law:       {}\n  agents:    {}\n  source:    {}\n", theory.name,
                                 theory.title, theory.law, theory.agents, theory.source);
  for (theory::Value const& value : values.all()) text += fmt::format("  {} = {}\n", value.name, text_of(value));
  text += fmt::format("\n{:<24}{:>14}{:>14}   {:<30}\n", "quantity", "closed form", "simulated",
                      fmt::format("{:g} % interval, {} replications", 100 * theory::interval_level,
                                  comparison.simulated.front().replications));
  for (theory::Simulated const& s : comparison.simulated) {
    auto const closed = comparison.known(s.name);
    text += fmt::format("{:<24}{:>14}{:>14.7g}   [{:.7g}, {:.7g}]{}\n", s.name,
                        closed ? fmt::format("{:.7g}", *closed) : "not known", s.mean, s.lo, s.hi,
                        closed && !s.contains(*closed) ? "   the closed form lies outside" : "");
  }
  for (theory::Quantity const& quantity : comparison.closed_form) {
    if (!comparison.has_simulated(quantity.name))
      text += fmt::format("{:<24}{:>14.7g}\n", quantity.name, quantity.value);
  }
  if (!comparison.note.empty()) text += fmt::format("note: {}\n", comparison.note);
  return text;
}

theory::Theory theory_named(std::string const& name) {
  std::vector<std::string> names;
  for (theory::Theory& theory : theory::theories()) {
    if (theory.name == name) return std::move(theory);
    names.push_back(theory.name);
  }
  throw sim::Error("unknown theory " + sim::shown(name) + " (there are: " + sim::listed(names, names.size()) + ") " +
                   sim::did_you_mean(name, names, "see berylia theory --list"));
}

}  // namespace

Exit theory(TheoryOptions const& options) {
  if (options.list) {
    print(theory_list(options.format));
    return Exit::done;
  }
  theory::Theory const theory = theory_named(options.name);
  theory::Values const values = theory::read(theory, options.parameters);
  auto const executor = sim::make_executor("sequential");
  auto const comparison = theory::compare(theory, values, {options.replications, options.seed}, *executor);
  print(options.format == "json" ? as_json(theory, values, comparison) : as_text(theory, values, comparison));
  return Exit::done;
}

}  // namespace app
