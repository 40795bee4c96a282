// Runs a theory as the command line does, and checks its closed form and its agents.
#pragma once

#include <string>
#include <vector>

#include "models/theory/comparison.hpp"

namespace validation {

/// A number that a quantity must have, to the precision given.
struct Expected {
  std::string quantity;
  double value;
  double within = 5.1e-7;  // of numbers with six decimals
};

theory::Theory theory_named(std::string const& name);
theory::Values values_of(std::string const& name, std::vector<theory::Given> const& given);

/// What the closed form gives; nothing is simulated.
double closed_form(std::string const& name, std::vector<theory::Given> const& given, std::string const& quantity);
/// Checks closed forms against known numbers.
void check_law(std::string const& name, std::vector<theory::Given> const& given, std::vector<Expected> const& expected);

/// Simulates on the sequential executor with the theory's own number of replications and a fixed seed.
theory::Comparison simulate(std::string const& name, std::vector<theory::Given> const& given,
                            std::uint32_t replications = 0, std::string const& executor = "sequential");
/// Simulates, and checks that every closed form lies in its 99.9 % interval, whose half-width is at most 2 % of it
/// or of its natural scale.
theory::Comparison check_agents(std::string const& name, std::vector<theory::Given> const& given);

/// The message with which values are refused.
std::string refusal(std::string const& name, std::vector<theory::Given> const& given);

}  // namespace validation
