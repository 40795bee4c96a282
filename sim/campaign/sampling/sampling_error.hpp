// What is wrong with a [sampling], and at which key: thrown by the designs, shown by the reader of studies at its place.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "sim/base/error.hpp"

namespace sim {

class SamplingError : public Error {
 public:
  SamplingError(std::string key_, std::string problem_, std::string reason_, std::string advice_)
      : Error(problem_ + " (" + reason_ + ") " + advice_),
        key(std::move(key_)),
        problem(std::move(problem_)),
        reason(std::move(reason_)),
        advice(std::move(advice_)) {}
  /// The same for one element of an array.
  SamplingError at(std::size_t index) && {
    element = index;
    return std::move(*this);
  }

  std::string key;                     // of [sampling]
  std::optional<std::size_t> element;  // of the array under it
  std::string problem, reason, advice;
};

}  // namespace sim
