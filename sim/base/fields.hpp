// Describes a numeric parameter once; loader, HDF5 columns, `describe` and the model tables are made from it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace sim {

/// Quality of the evidence behind a number: measured in the record, reported by one source, expert bound, assumption.
enum class Grade : char { measured = 'A', reported = 'B', expert = 'C', assumed = 'D' };

/// Family of a probability distribution; the meaning of a and b is given per line.
enum class Family {
  constant,     // a
  uniform,      // [a, b]
  log_uniform,  // [a, b], a > 0
  triangular,   // [a, b] with mode c
  normal,       // mean a, standard deviation b
  lognormal,    // median a, standard deviation of the log b
  beta,         // shapes a, b, on [0, 1]
  gamma,        // shape a, mean b
  exponential,  // mean a
  weibull,      // shape a, scale b
  sceptical,    // [a, b], dense at the null value c: c + (end - c) Beta(1, 3), sides in proportion to their lengths
  discrete,     // the values of `atoms`
};

/// The values of a discrete distribution; an array within, so that distributions stay plain data.
struct Atoms {
  static constexpr std::size_t count_max = 8;
  std::array<double, count_max> values{};   // ascending; 0 from `count` on
  std::array<double, count_max> weights{};  // above 0, in any unit
  std::uint32_t count = 0;
  friend bool operator==(Atoms const&, Atoms const&) = default;
};

/// A univariate distribution as data.
struct Distribution {
  Family family = Family::constant;
  double a = 0;
  double b = 0;
  double c = 0;
  Atoms atoms = {};
  friend bool operator==(Distribution const&, Distribution const&) = default;
};

/// What is known about one parameter: everything a reader needs to judge it.
struct ParameterInfo {
  std::string name;
  std::string unit;       // "1" for a pure number
  double minimum = 0;     // smallest value the model accepts
  double maximum = 0;     // largest value the model accepts
  Distribution prior;     // from which a future draws it
  std::string meaning;    // one sentence
  std::string source;     // where the number comes from, or "assumed: why"
  Grade grade = Grade::assumed;
};

/// One parameter of struct T: its description and the member that holds it.
template <class T>
struct Field {
  ParameterInfo info;
  double T::*member = nullptr;
};

/// All parameters of struct T, in a fixed order.
template <class T>
using Fields = std::vector<Field<T>>;

/// "uniform(0, 1)", the text used in files, `describe` and reports.
std::string to_string(Distribution const& distribution);

}  // namespace sim
