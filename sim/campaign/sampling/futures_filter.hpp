// The conditions of [sampling].where on the values of one future.
#pragma once

#include <string>
#include <vector>

#include "sim/base/fields.hpp"
#include "sim/campaign/condition.hpp"

namespace sim {

/// All conditions together; they may name every factor.
class FuturesFilter {
 public:
  FuturesFilter(std::vector<std::string> const& where, std::vector<ParameterInfo> const& factors) {
    std::vector<std::string> names;
    for (auto const& factor : factors) names.push_back(factor.name);
    for (auto const& text : where) conditions_.emplace_back(text, names);
  }
  /// True if the values [factors] meet all conditions.
  bool accepts(std::vector<double> const& values) const {
    for (auto const& condition : conditions_)
      if (!condition.holds(values)) return false;
    return true;
  }
  bool empty() const { return conditions_.empty(); }

 private:
  std::vector<Condition> conditions_;
};

}  // namespace sim
