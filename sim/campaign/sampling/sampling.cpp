#include "sim/campaign/sampling/sampling.hpp"

namespace sim {

std::vector<std::string> const& sampling_type_names() {
  static std::vector<std::string> const names{"random",         "latin_hypercube",      "sobol",          "saltelli", "morris",
                                              "full_factorial", "fractional_factorial", "one_at_a_time", "table"};
  return names;
}

std::vector<std::string> const& pairing_names() {
  static std::vector<std::string> const names{"random", "maximin", "nearly_orthogonal"};
  return names;
}

}  // namespace sim
