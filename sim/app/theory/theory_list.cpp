#include "sim/app/theory/theory_list.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "models/theory/theory.hpp"
#include "sim/app/describe/describe_formats.hpp"

namespace app {

namespace {

using theory::Theory;

std::string grade_of(theory::Parameter const& parameter) { return std::string(1, static_cast<char>(parameter.grade)); }

std::string meaning_of(theory::QuantityInfo const& quantity) {
  return quantity.meaning + (quantity.scale.empty() ? "" : "; near 0 measured by " + quantity.scale);
}

std::string list_text(std::vector<Theory> const& theories) {
  std::string text;
  for (Theory const& theory : theories) {
    text += fmt::format("{}{}: {}\n    law: {}\n    agents: {}\n    holds where: {}\n    source: {}\n",
                        text.empty() ? "" : "\n", theory.name, theory.title, theory.law, theory.agents,
                        theory.condition, theory.source);
    for (auto const& parameter : theory.parameters) {
      text += fmt::format("    {} [{}], {}; standard {}: {} ({}, grade {})\n", theory::option_of(parameter),
                          parameter.unit, theory::range_of(parameter), parameter.standard, parameter.meaning,
                          parameter.source, grade_of(parameter));
    }
    for (auto const& quantity : theory.quantities) {
      text += fmt::format("    gives {} [{}]: {}\n", quantity.name, quantity.unit, meaning_of(quantity));
    }
  }
  return text;
}

std::string list_markdown(std::vector<Theory> const& theories) {
  std::string text;
  for (Theory const& theory : theories) {
    text += fmt::format("{}## {}\n\n{}.\n\n- Law: {}\n- Agents: {}\n- Holds where: {}\n- Source: {}\n\n",
                        text.empty() ? "" : "\n", theory.name, theory.title, theory.law, theory.agents,
                        theory.condition, theory.source);
    Table parameters{"", {"option", "unit", "range", "standard", "meaning", "source of the standard", "grade"}, {}};
    for (auto const& p : theory.parameters) {
      parameters.rows.push_back({"`" + theory::option_of(p) + "`", p.unit, theory::range_of(p), p.standard, p.meaning,
                                 p.source, grade_of(p)});
    }
    Table quantities{"", {"quantity", "unit", "meaning"}, {}};
    for (auto const& q : theory.quantities) quantities.rows.push_back({"`" + q.name + "`", q.unit, meaning_of(q)});
    text += as_markdown(parameters) + "\n" + as_markdown(quantities);
  }
  return text;
}

std::string list_json(std::vector<Theory> const& theories) {
  using Json = nlohmann::ordered_json;
  Json all = Json::array();
  for (Theory const& theory : theories) {
    Json parameters = Json::array(), quantities = Json::array();
    for (auto const& p : theory.parameters) {
      Json parameter{{"name", p.name}, {"option", theory::option_of(p)}, {"unit", p.unit}};
      if (p.kind == theory::Kind::choice)
        parameter["choices"] = p.choices;
      else
        parameter.update({{"minimum", p.minimum}, {"maximum", p.maximum}});
      parameter["is_list"] = p.kind == theory::Kind::list;
      parameter["is_whole"] = p.kind == theory::Kind::whole;
      parameter.update({{"default", p.standard}, {"meaning", p.meaning}, {"source", p.source}, {"grade", grade_of(p)}});
      parameters.push_back(std::move(parameter));
    }
    for (auto const& q : theory.quantities)
      quantities.push_back({{"name", q.name}, {"unit", q.unit}, {"meaning", q.meaning}, {"scale", q.scale}});
    all.push_back({{"name", theory.name},
                   {"title", theory.title},
                   {"law", theory.law},
                   {"agents", theory.agents},
                   {"condition", theory.condition},
                   {"source", theory.source},
                   {"replications", theory.replications},
                   {"parameters", parameters},
                   {"quantities", quantities}});
  }
  return Json{{"theories", all}}.dump(2) + "\n";
}

}  // namespace

std::string theory_list(std::string const& format) {
  auto const all = theory::theories();
  return format == "json" ? list_json(all) : format == "md" ? list_markdown(all) : list_text(all);
}

}  // namespace app
