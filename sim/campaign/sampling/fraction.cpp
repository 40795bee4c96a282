#include "sim/campaign/sampling/fraction.hpp"

#include <algorithm>
#include <bit>

#include "sim/campaign/sampling/sampling_error.hpp"

namespace sim {
namespace {

/// For each product of base factors the fewest factors whose product it is; `none` where there are none.
class ShortestWords {
 public:
  static constexpr unsigned none = 255;
  explicit ShortestWords(unsigned base) : fewest_(std::size_t{1} << base, static_cast<unsigned char>(none)) { fewest_[0] = 0; }
  /// Length of the shortest word that adding a factor with this product makes; above `none` if it makes no word.
  unsigned word_with(std::uint32_t product) const { return fewest_[product] + 1u; }
  void add(std::uint32_t product) {
    auto const before = fewest_;
    for (std::size_t x = 0; x < fewest_.size(); ++x)
      fewest_[x] = static_cast<unsigned char>(std::min<unsigned>(fewest_[x], std::min(none, before[x ^ product] + 1u)));
  }

 private:
  std::vector<unsigned char> fewest_;
};

std::string generator_text(Fraction const& f, std::size_t factor) {
  std::string text = f.factors[factor] + " = " + (f.negative[factor] ? "-" : "");
  bool first = true;
  for (std::size_t i = 0; i < f.factors.size(); ++i) {
    if (std::popcount(f.products[i]) != 1 || i == factor || !(f.products[factor] & f.products[i])) continue;
    text += (first ? "" : "*") + f.factors[i];
    first = false;
  }
  return text;
}

/// Products ordered by their number of factors, at least two.
std::vector<std::uint32_t> candidates(unsigned base) {
  std::vector<std::uint32_t> all;
  for (std::uint32_t x = 1; x < std::uint32_t{1} << base; ++x)
    if (std::popcount(x) >= 2) all.push_back(x);
  std::stable_sort(all.begin(), all.end(), [](auto a, auto b) { return std::popcount(a) < std::popcount(b); });
  return all;
}

/// The fraction with that many base factors; empty products at the end if it cannot hold all.
Fraction greedy(std::vector<std::string> const& factors, unsigned base, unsigned resolution) {
  Fraction f{factors, base, {}, std::vector<bool>(factors.size(), false), 0, {}};
  ShortestWords words(base);
  for (unsigned i = 0; i < base; ++i) {
    f.products.push_back(std::uint32_t{1} << i);
    words.add(f.products.back());
  }
  if (base == factors.size()) return f;
  for (auto const product : candidates(base)) {
    unsigned const length = words.word_with(product);
    if (length < resolution) continue;
    f.resolution = f.resolution == 0 ? length : std::min(f.resolution, length);
    f.products.push_back(product);
    words.add(product);
    if (f.products.size() == factors.size()) break;
  }
  return f;
}

}  // namespace

Fraction smallest_fraction(std::vector<std::string> const& factors, unsigned resolution) {
  std::size_t const count = factors.size();
  unsigned const first = static_cast<unsigned>(std::bit_width(count));  // 2^base - 1 factors at most
  for (unsigned base = first; base <= fraction_base_max && base < count; ++base) {
    auto f = greedy(factors, base, resolution);
    if (f.products.size() < count) continue;
    for (std::size_t i = base; i < count; ++i) f.generators.push_back(generator_text(f, i));
    return f;
  }
  if (count <= fraction_base_max) return greedy(factors, static_cast<unsigned>(count), resolution);
  throw SamplingError("resolution", "no fraction of resolution " + roman(resolution) + " was found for " + std::to_string(count) + " factors",
                      "it would have more than 2^" + std::to_string(fraction_base_max) + " points", "lower resolution, or let fewer factors vary");
}

UnitDesign fraction_design(Fraction const& f, double low, double high, DesignPart part) {
  UnitDesign design;
  auto const end = part.end(std::uint32_t{1} << f.base);
  design.points = end - part.first;
  design.u.reserve(std::size_t{design.points} * f.factors.size());
  for (std::uint32_t point = part.first; point < end; ++point)
    for (std::size_t i = 0; i < f.factors.size(); ++i) {
      bool const is_odd = std::popcount(f.products[i] & ~point) % 2 != 0;  // of the factors that are low
      design.u.push_back(is_odd != f.negative[i] ? low : high);
    }
  return design;
}

unsigned resolution_of(Fraction const& f) {
  ShortestWords words(f.base);
  unsigned shortest = 0;
  for (auto const product : f.products) {
    unsigned const length = words.word_with(product);
    if (length <= ShortestWords::none) shortest = shortest == 0 ? length : std::min(shortest, length);
    words.add(product);
  }
  return shortest;
}

std::vector<std::string> aliases(Fraction const& f) {
  struct Effect {
    std::uint32_t product;
    std::string text;
    bool negative;
  };
  std::vector<Effect> effects;
  for (std::size_t i = 0; i < f.factors.size(); ++i) effects.push_back({f.products[i], f.factors[i], f.negative[i]});
  std::size_t const mains = effects.size();
  for (std::size_t i = 0; i < mains; ++i)
    for (std::size_t j = i + 1; j < mains; ++j)
      effects.push_back({f.products[i] ^ f.products[j], f.factors[i] + "*" + f.factors[j], f.negative[i] != f.negative[j]});
  // Groups in the order of their first effect.
  std::vector<std::size_t> group(std::size_t{1} << f.base, effects.size());
  std::vector<std::string> texts(effects.size());
  std::vector<std::size_t> sizes(effects.size(), 0);
  for (std::size_t i = 0; i < effects.size(); ++i) {
    auto& first = group[effects[i].product];
    if (first == effects.size()) first = i;
    if (sizes[first]++ > 0) texts[first] += std::string(" = ") + (effects[i].negative != effects[first].negative ? "-" : "");
    texts[first] += effects[i].text;
  }
  std::vector<std::string> found;
  for (std::size_t i = 0; i < effects.size(); ++i)
    if (sizes[i] > 1) found.push_back(texts[i]);
  return found;
}

std::string roman(unsigned resolution) {
  static char const* const numerals[] = {"full", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"};
  return resolution <= 10 ? numerals[resolution] : std::to_string(resolution);
}

}  // namespace sim
