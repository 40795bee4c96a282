// Which number an analysis speaks of.
#pragma once

#include <cstddef>
#include <optional>

namespace analysis {

/// Which number: response, treatment and nation by their positions in the schema; no nation for a response of the world.
struct Subject {
  std::size_t response = 0;
  std::optional<std::size_t> nation;
  std::size_t treatment = 0;
};

}  // namespace analysis
