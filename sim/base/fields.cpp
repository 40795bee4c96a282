#include "sim/base/fields.hpp"

#include <charconv>

namespace sim {
namespace {

std::string shortest(double value) {
  char text[32];
  auto const end = std::to_chars(text, text + sizeof text, value).ptr;
  return {text, end};
}

std::string atoms_text(Atoms const& atoms) {
  std::string text = "discrete(";
  for (std::size_t i = 0; i < atoms.count && i < Atoms::count_max; ++i)
    text.append(i ? ", " : "").append(shortest(atoms.values[i])).append(" weight ").append(shortest(atoms.weights[i]));
  return text + ")";
}

}  // namespace

std::string to_string(Distribution const& d) {
  switch (d.family) {
    case Family::constant: return "constant(" + shortest(d.a) + ")";
    case Family::uniform: return "uniform(" + shortest(d.a) + ", " + shortest(d.b) + ")";
    case Family::log_uniform: return "log_uniform(" + shortest(d.a) + ", " + shortest(d.b) + ")";
    case Family::triangular:
      return "triangular(" + shortest(d.a) + ", " + shortest(d.b) + ", mode " + shortest(d.c) + ")";
    case Family::normal: return "normal(mean " + shortest(d.a) + ", sd " + shortest(d.b) + ")";
    case Family::lognormal: return "lognormal(median " + shortest(d.a) + ", log-sd " + shortest(d.b) + ")";
    case Family::beta: return "beta(" + shortest(d.a) + ", " + shortest(d.b) + ")";
    case Family::gamma: return "gamma(shape " + shortest(d.a) + ", mean " + shortest(d.b) + ")";
    case Family::exponential: return "exponential(mean " + shortest(d.a) + ")";
    case Family::weibull: return "weibull(shape " + shortest(d.a) + ", scale " + shortest(d.b) + ")";
    case Family::sceptical: return "sceptical(" + shortest(d.a) + ", " + shortest(d.b) + ", null " + shortest(d.c) + ")";
    case Family::discrete: return atoms_text(d.atoms);
  }
  return "unknown";
}

}  // namespace sim
