// What a theory is to the program: parameters, a closed form, and a small world of agents that must reach it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/base/fields.hpp"
#include "sim/kernel/executor.hpp"

namespace theory {

/// How a parameter is written: a number, a whole number, one of several names, numbers with commas between them.
enum class Kind : std::uint8_t { number, whole, choice, list };

/// One parameter of a theory; command line, listing, guide and JSON are made from it.
struct Parameter {
  std::string name;  // snake_case; the option is --name with hyphens
  std::string unit;  // "1" for a pure number
  Kind kind = Kind::number;
  double minimum = 0;  // of the number, or of each number of a list
  double maximum = 0;
  std::string standard;  // what holds where nothing is given, as it would be typed
  std::string meaning;
  std::string source;  // of the standard
  sim::Grade grade = sim::Grade::assumed;
  std::vector<std::string> choices{};
};

/// A parameter with a value.
struct Value {
  std::string name;
  Kind kind = Kind::number;
  double number = 0;  // of a choice its place among the choices
  std::string text;   // of a choice
  std::vector<double> list;
};

/// All parameters of one theory, in its order. Asking for a name that it lacks is a broken contract.
class Values {
 public:
  explicit Values(std::vector<Value> values) : values_(std::move(values)) {}
  double number(std::string_view name) const { return of(name).number; }
  std::uint32_t whole(std::string_view name) const { return static_cast<std::uint32_t>(of(name).number); }
  std::string const& choice(std::string_view name) const { return of(name).text; }
  std::vector<double> const& list(std::string_view name) const { return of(name).list; }
  std::vector<Value> const& all() const { return values_; }

 private:
  Value const& of(std::string_view name) const;

  std::vector<Value> values_;
};

/// One number that a theory predicts or a replication measures, by name.
struct Quantity {
  std::string name;
  double value = 0;
  double weight =
      1;             // of this replication in the mean of all: of a ratio its denominator; 0 where nothing was observed
  double grain = 0;  // by how much one event more changes value x weight, where events may be few; 0: it has no grain
};
using Quantities = std::vector<Quantity>;

/// A number of events over how many could have been, as measured by a replication.
inline Quantity share(std::string name, double events, double of) {
  return {std::move(name), of > 0 ? events / of : 0, of, 1};
}

/// What a quantity is, for the listing.
struct QuantityInfo {
  std::string name;
  std::string unit;
  std::string meaning;
  std::string scale{};  // what Theory::scales gives for it, in words; empty: nothing
};

/// A theory with known answers. The functions are pure: the same bits for the same arguments on every machine.
struct Theory {
  std::string name;
  std::string title;
  std::string law;        // the closed form in a line
  std::string agents;     // who acts in the world, and what is measured on them
  std::string condition;  // under which the closed form holds
  std::string source;
  std::vector<Parameter> parameters;
  std::vector<QuantityInfo> quantities;
  std::uint32_t replications = 32;  // to begin with, unless asked otherwise
  /// Throws sim::Error, naming the condition, where the theory does not hold.
  std::function<void(Values const&)> check;
  /// What the law says; only quantities that it knows for these values.
  std::function<Quantities(Values const&)> closed_form;
  /// What agents do: builds one world, runs it on the executor, and measures its committed events. The same quantities
  /// in every replication, named as those of the law; some may be the law's only, or the agents' only.
  std::function<Quantities(Values const&, sim::ReplicationStream const&, sim::Executor&)> simulate;
  /// Natural scales of quantities that come near 0 without being rare, such as differences: they need be known to a
  /// share of this only. Optional.
  std::function<Quantities(Values const&)> scales{};
};

/// Every theory, in the order of the listing.
std::vector<Theory> theories();

/// A parameter as given on the command line.
using Given = std::pair<std::string, std::string>;

/// Values of all parameters, the standard ones where none is given; the last one given wins. Throws sim::Error for an
/// unknown name, a value that cannot be read or is out of range, and where the theory does not hold.
Values read(Theory const& theory, std::vector<Given> const& given);

/// The option of a parameter: "--arrival-rate" for arrival_rate.
std::string option_of(Parameter const& parameter);
/// "0 to 1", "uniform, exponential or die".
std::string range_of(Parameter const& parameter);

}  // namespace theory
