#include "tests/validation/validate.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "sim/exec/executors.hpp"

namespace validation {

namespace {

std::string text_of(std::string const& name, std::vector<theory::Given> const& given) {
  std::string text = name;
  for (auto const& [parameter, value] : given) text += " " + parameter + "=" + value;
  return text;
}

}  // namespace

theory::Theory theory_named(std::string const& name) {
  for (theory::Theory& theory : theory::theories()) {
    if (theory.name == name) return std::move(theory);
  }
  FAIL("no theory " << name);
  return {};
}

theory::Values values_of(std::string const& name, std::vector<theory::Given> const& given) {
  return theory::read(theory_named(name), given);
}

double closed_form(std::string const& name, std::vector<theory::Given> const& given, std::string const& quantity) {
  theory::Comparison const law{theory_named(name).closed_form(values_of(name, given)), {}};
  return law.closed(quantity);
}

void check_law(std::string const& name, std::vector<theory::Given> const& given,
               std::vector<Expected> const& expected) {
  INFO(text_of(name, given));
  for (Expected const& e : expected) {
    INFO(e.quantity);
    CHECK(closed_form(name, given, e.quantity) == Approx(e.value).margin(e.within).epsilon(0));
  }
}

theory::Comparison simulate(std::string const& name, std::vector<theory::Given> const& given,
                            std::uint32_t replications, std::string const& executor) {
  auto const runner = sim::make_executor(executor);
  return theory::compare(theory_named(name), values_of(name, given), {replications, 2024}, *runner);
}

theory::Comparison check_agents(std::string const& name, std::vector<theory::Given> const& given) {
  INFO(text_of(name, given));
  theory::Comparison const comparison = simulate(name, given);
  CHECK(comparison.note == "");
  for (theory::Simulated const& s : comparison.simulated) {
    double const closed = comparison.closed(s.name);
    INFO(s.name << ": " << closed << ", simulated " << s.mean << " +- " << s.half_width());
    CHECK(s.contains(closed));
    CHECK(s.is_precise());
  }
  return comparison;
}

std::string refusal(std::string const& name, std::vector<theory::Given> const& given) {
  INFO(text_of(name, given));
  try {
    values_of(name, given);
  } catch (sim::Error const& error) {
    return error.what();
  }
  FAIL("accepted");
  return {};
}

}  // namespace validation
