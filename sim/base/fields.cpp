#include "sim/base/fields.hpp"

#include "sim/base/shortest_number.hpp"

namespace sim {
namespace {

std::string atoms_text(Atoms const& atoms) {
  std::string text = "discrete(";
  for (std::size_t i = 0; i < atoms.count && i < Atoms::count_max; ++i)
    text.append(i ? ", " : "").append(shortest_number(atoms.values[i])).append(" weight ").append(shortest_number(atoms.weights[i]));
  return text + ")";
}

}  // namespace

std::string to_string(Distribution const& d) {
  switch (d.family) {
    case Family::constant: return "constant(" + shortest_number(d.a) + ")";
    case Family::uniform: return "uniform(" + shortest_number(d.a) + ", " + shortest_number(d.b) + ")";
    case Family::log_uniform: return "log_uniform(" + shortest_number(d.a) + ", " + shortest_number(d.b) + ")";
    case Family::triangular:
      return "triangular(" + shortest_number(d.a) + ", " + shortest_number(d.b) + ", mode " + shortest_number(d.c) + ")";
    case Family::normal: return "normal(mean " + shortest_number(d.a) + ", sd " + shortest_number(d.b) + ")";
    case Family::lognormal: return "lognormal(median " + shortest_number(d.a) + ", log-sd " + shortest_number(d.b) + ")";
    case Family::beta: return "beta(" + shortest_number(d.a) + ", " + shortest_number(d.b) + ")";
    case Family::gamma: return "gamma(shape " + shortest_number(d.a) + ", mean " + shortest_number(d.b) + ")";
    case Family::exponential: return "exponential(mean " + shortest_number(d.a) + ")";
    case Family::weibull: return "weibull(shape " + shortest_number(d.a) + ", scale " + shortest_number(d.b) + ")";
    case Family::sceptical: return "sceptical(" + shortest_number(d.a) + ", " + shortest_number(d.b) + ", null " + shortest_number(d.c) + ")";
    case Family::discrete: return atoms_text(d.atoms);
  }
  return "unknown";
}

}  // namespace sim
