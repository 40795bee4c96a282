#include <algorithm>
#include <bit>

#include "sim/base/names.hpp"
#include "sim/campaign/sampling/fraction.hpp"
#include "sim/campaign/sampling/sampling_error.hpp"

namespace sim {
namespace {

constexpr char const* form = "write it as in \"d = a*b*c\"";

/// A generator by its names.
struct Words {
  std::string made;
  bool negative = false;
  std::vector<std::string> of;
};

std::string trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(' ') - first + 1));
}

Words words_of(std::string const& text) {
  auto const equals = text.find('=');
  if (equals == std::string::npos || text.find('=', equals + 1) != std::string::npos)
    throw SamplingError("generators", shown(text) + " is no generator", "it says what one factor is the product of", form);
  Words words;
  words.made = trimmed(std::string_view(text).substr(0, equals));
  std::string right = trimmed(std::string_view(text).substr(equals + 1));
  if (!right.empty() && right.front() == '-') {
    words.negative = true;
    right = trimmed(std::string_view(right).substr(1));
  }
  for (std::size_t from = 0;;) {
    auto const star = right.find('*', from);
    words.of.push_back(trimmed(std::string_view(right).substr(from, star == std::string::npos ? star : star - from)));
    if (star == std::string::npos) break;
    from = star + 1;
  }
  bool const is_empty = words.made.empty() || std::any_of(words.of.begin(), words.of.end(), [](auto const& name) { return name.empty(); });
  if (is_empty || words.of.size() < 2)
    throw SamplingError("generators", shown(text) + " is no generator", "a factor is made from at least two others", form);
  return words;
}

std::size_t index_of(std::vector<std::string> const& factors, std::string const& name) {
  auto const at = std::find(factors.begin(), factors.end(), name);
  if (at == factors.end())
    throw SamplingError("generators", "unknown factor " + shown(name) + " in a generator", "those that vary are " + listed(factors),
                        did_you_mean(name, factors, "name one of them"));
  return static_cast<std::size_t>(at - factors.begin());
}

/// The products of the base factors, in the order of the study; what is made by generators stays 0.
void number_base_factors(Fraction& f, std::vector<bool> const& is_made) {
  f.products.assign(f.factors.size(), 0);
  for (std::size_t i = 0; i < f.factors.size(); ++i)
    if (!is_made[i]) f.products[i] = std::uint32_t{1} << f.base++;
}

/// Sets the product of one generated factor; `earlier` are the products that are taken.
void make(Fraction& f, Words const& words, std::vector<bool> const& is_made) {
  std::size_t const made = index_of(f.factors, words.made);
  std::uint32_t product = 0;
  for (auto const& name : words.of) {
    std::size_t const i = index_of(f.factors, name);
    if (is_made[i])
      throw SamplingError("generators", shown(name) + " is made by a generator itself", "products are of base factors", "write it out in base factors");
    if (product & f.products[i])
      throw SamplingError("generators", "repeated factor " + shown(name) + " in a generator", "its square is 1", "keep one of them");
    product |= f.products[i];
  }
  auto const twin = std::find(f.products.begin(), f.products.end(), product);
  if (twin != f.products.end())
    throw SamplingError("generators", shown(words.made) + " and " + shown(f.factors[static_cast<std::size_t>(twin - f.products.begin())]) + " are the same product",
                        "nothing could tell them apart", "choose another product");
  f.products[made] = product;
  f.negative[made] = words.negative;
}

}  // namespace

Fraction fraction_of(std::vector<std::string> const& factors, std::vector<std::string> const& generators) {
  Fraction f;
  f.factors = factors;
  f.generators = generators;
  f.negative.assign(factors.size(), false);
  std::vector<bool> is_made(factors.size(), false);
  std::vector<Words> words;
  for (std::size_t g = 0; g < generators.size(); ++g) try {
      words.push_back(words_of(generators[g]));
      auto const made = index_of(factors, words.back().made);
      if (is_made[made])
        throw SamplingError("generators", shown(words.back().made) + " is made twice", "a factor has one generator", "keep one of them");
      is_made[made] = true;
    } catch (SamplingError& error) {
      throw std::move(error).at(g);
    }
  auto const base = static_cast<unsigned>(std::count(is_made.begin(), is_made.end(), false));
  if (base > fraction_base_max)
    throw SamplingError("generators", std::to_string(base) + " base factors are too many", "they alone make 2^" + std::to_string(base) + " points; at most 2^" + std::to_string(fraction_base_max),
                        "add generators, or write resolution = 4 instead");
  number_base_factors(f, is_made);
  for (std::size_t g = 0; g < generators.size(); ++g) try {
      make(f, words[g], is_made);
    } catch (SamplingError& error) {
      throw std::move(error).at(g);
    }
  f.resolution = resolution_of(f);
  return f;
}

}  // namespace sim
