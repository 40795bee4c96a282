#include "sim/app/bench/precision_methods.hpp"

namespace app {

std::vector<PrecisionMethod> precision_methods() {
  return {
      {.key = "independent", .title = "independent sampling", .sharing = Sharing::nothing},
      {.key = "common_random_numbers", .title = "common random numbers", .sharing = Sharing::numbers},
      {.key = "branching", .title = "+ branching", .sharing = Sharing::beginning},
  };
}

}  // namespace app
