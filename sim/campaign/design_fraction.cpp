#include <bit>

#include "analysis/estimators/fraction.hpp"
#include "sim/campaign/design_types.hpp"

namespace sim {
namespace {

constexpr std::size_t fraction_levers_max = 24, base_levers_max = 12;

/// A lever as the product of others, up to a sign.
struct Generator {
  std::size_t lever = 0;
  std::vector<std::size_t> product;
  int sign = 1;
};

std::string trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

/// "d = -a*b"
std::string text_of(Generator const& generator, std::vector<StudyLever> const& levers) {
  std::string text;
  for (std::size_t const i : generator.product) text += (text.empty() ? "" : "*") + levers[i].name;
  return levers[generator.lever].name + " = " + (generator.sign < 0 ? "-" : "") + text;
}

/// The index of the lever of that name; reports an unknown one.
std::optional<std::size_t> lever_of(std::string const& name, Position where, DesignReader const& reader) {
  auto const& levers = reader.parts.study.levers;
  if (auto const* const lever = find_named(levers, name)) return static_cast<std::size_t>(lever - levers.data());
  reader.parts.issues.add(where, "unknown lever " + shown(name), "known: " + listed(names_of(levers)),
                          did_you_mean(name, names_of(levers), "write a generator as \"d = a*b*c\""));
  return {};
}

std::optional<Generator> read_generator(Located<std::string> const& text, DesignReader const& reader) {
  auto const equals = text.value.find('=');
  if (equals == std::string::npos) {
    reader.parts.issues.add(text.where, "generator " + shown(text.value) + " has no =", "it says of which levers another one is the product",
                            "write it as \"d = a*b*c\"");
    return {};
  }
  Generator generator;
  auto const lever = lever_of(trimmed(text.value.substr(0, equals)), text.where, reader);
  std::string rest = trimmed(text.value.substr(equals + 1));
  if (!rest.empty() && rest.front() == '-') generator.sign = -1, rest = trimmed(rest.substr(1));
  bool good = lever.has_value();
  for (std::size_t at = 0; at <= rest.size();) {
    auto const end = std::min(rest.find('*', at), rest.size());
    auto const factor = lever_of(trimmed(rest.substr(at, end - at)), text.where, reader);
    good = good && factor;
    if (factor) generator.product.push_back(*factor);
    at = end + 1;
  }
  if (!good) return {};
  generator.lever = *lever;
  std::sort(generator.product.begin(), generator.product.end());
  return generator;
}

/// Reports generators that do not fit together.
bool check_generators(std::vector<Generator> const& generators, std::vector<Located<std::string>> const& texts, DesignReader const& reader) {
  auto const& levers = reader.parts.study.levers;
  auto& issues = reader.parts.issues;
  auto const makes = [&](std::size_t lever) { return std::count_if(generators.begin(), generators.end(), [&](auto const& g) { return g.lever == lever; }); };
  std::size_t const before = issues.size();
  for (std::size_t g = 0; g < generators.size(); ++g) {
    auto const& [lever, product, sign] = generators[g];
    auto const where = texts[g].where;
    if (makes(lever) > 1) issues.add(where, "lever " + shown(levers[lever].name) + " has two generators", "it can follow one", "remove one of them");
    for (std::size_t const i : product)
      if (makes(i) > 0)
        issues.add(where, "lever " + shown(levers[i].name) + " stands on the right of a generator", "it follows others itself", "write the levers it follows instead");
    if (std::adjacent_find(product.begin(), product.end()) != product.end())
      issues.add(where, "generator " + shown(texts[g].value) + " names a lever twice", "its square is 1", "remove both");
    if (product.size() < 2)
      issues.add(where, "generator " + shown(texts[g].value) + " follows one lever", "the two could not be told apart", "write a product of two or more");
  }
  return issues.size() == before;
}

std::vector<Generator> read_generators(DesignReader const& reader) {
  auto const texts = reader.design.texts("generators", optional_key("generators = [\"d = a*b*c\"]"));
  std::vector<Generator> generators;
  for (auto const& text : texts.value_or(std::vector<Located<std::string>>{}))
    if (auto const generator = read_generator(text, reader)) generators.push_back(*generator);
  if (!texts || generators.size() != texts->size() || !check_generators(generators, *texts, reader)) return {};
  if (generators.empty())
    reader.parts.issues.add(reader.design.where("generators"), "there are no generators", "a fraction needs one for each lever that is not free",
                            "add one, or write type = \"full_factorial\"");
  return generators;
}

/// Looks for words of the added levers over `base` free ones, so that no product of fewer than `wanted` levers is constant.
bool find_words(std::size_t base, std::size_t added, unsigned wanted, std::vector<std::uint32_t>& words, std::size_t& steps) {
  if (words.size() == added) return true;
  for (std::uint32_t word = words.empty() ? 1 : words.back() + 1; word < std::uint32_t{1} << base; ++word) {
    if (++steps > 2'000'000) return false;
    bool fits = true;
    for (std::uint32_t chosen = 0; fits && chosen < std::uint32_t{1} << words.size(); ++chosen) {
      std::uint32_t sum = word;
      for (std::size_t i = 0; i < words.size(); ++i)
        if ((chosen >> i & 1U) != 0) sum ^= words[i];
      fits = static_cast<unsigned>(std::popcount(sum) + std::popcount(chosen) + 1) >= wanted;
      ++steps;
    }
    if (!fits) continue;
    words.push_back(word);
    if (find_words(base, added, wanted, words, steps)) return true;
    words.pop_back();
  }
  return false;
}

/// Generators of the smallest fraction of that resolution that the search finds; "none" is in it.
std::vector<Generator> generators_for(unsigned wanted, std::size_t levers) {
  std::size_t const most = std::min(base_levers_max, levers - 1);
  std::size_t base = 2;
  while (base < most && std::size_t{1} << base < levers + 1) ++base;
  for (; base <= most; ++base) {
    std::vector<std::uint32_t> words;
    std::size_t steps = 0;
    if (!find_words(base, levers - base, wanted, words, steps)) continue;
    std::vector<Generator> generators;
    for (std::size_t k = 0; k < words.size(); ++k) {
      Generator generator{base + k, {}, std::popcount(words[k]) % 2 == 1 ? 1 : -1};
      for (std::size_t i = 0; i < base; ++i)
        if ((words[k] >> i & 1U) != 0) generator.product.push_back(i);
      generators.push_back(generator);
    }
    return generators;
  }
  return {};
}

std::vector<Generator> read_resolution(DesignReader const& reader) {
  std::size_t const levers = reader.parts.study.levers.size();
  auto const wanted = reader.design.integer("resolution", optional_key("resolution = 4"), 3, 24);
  if (!wanted) return {};
  auto generators = levers < 3 ? std::vector<Generator>{} : generators_for(static_cast<unsigned>(*wanted), levers);
  if (generators.empty())
    reader.parts.issues.add(reader.design.where("resolution"), "no fraction of " + std::to_string(levers) + " levers with resolution " + std::to_string(*wanted) + " was found",
                            "a half has at most resolution " + std::to_string(levers) + ", and at most " + std::to_string(treatments_max) + " treatments are run",
                            "lower the resolution, or write type = \"full_factorial\"");
  return generators;
}

std::string term_text(std::uint32_t term, int sign, std::vector<StudyLever> const& levers) {
  std::string text;
  for (std::size_t j = 0; j < levers.size(); ++j)
    if ((term >> j & 1U) != 0) text += (text.empty() ? "" : "*") + levers[j].name;
  return (sign < 0 ? "-" : "") + text;
}

/// What the treatments that are left can tell apart; `planned` is their number before any were dropped.
void add_notes(std::size_t planned, StudyParts& parts) {
  auto& study = parts.study;
  std::vector<std::vector<int>> points;
  for (auto const& treatment : study.treatments) points.push_back(treatment.levels);
  auto const fraction = analysis::regular_fraction(points, study.levers.size());
  if (!fraction) {
    if (points.size() < planned && !points.empty()) study.design.notes.push_back("the fraction is no longer regular: no resolution, no aliases");
    return;
  }
  study.design.notes.push_back("a fraction of " + std::to_string(points.size()) + " of 2^" + std::to_string(study.levers.size()) + " treatments, resolution " +
                               std::to_string(analysis::resolution(*fraction)) + (points.size() < planned ? "" : ": " + listed(study.design.generators)));
  std::vector<std::string> aliases;
  for (auto const& set : analysis::alias_sets(*fraction, 2)) {
    if (set.terms.size() < 2) continue;
    std::string text;
    for (auto const& [term, sign] : set.terms) text += (text.empty() ? "" : " = ") + term_text(term, sign, study.levers);
    aliases.push_back(text);
  }
  study.design.notes.push_back(aliases.empty() ? "levers and pairs of levers are all told apart" : "not told apart: " + listed(aliases));
}

/// All settings of the free levers, the first fastest; the others follow.
std::vector<std::vector<int>> fraction_points(std::vector<Generator> const& generators, std::size_t levers) {
  std::vector<std::size_t> base;
  for (std::size_t i = 0; i < levers; ++i)
    if (std::none_of(generators.begin(), generators.end(), [&](auto const& g) { return g.lever == i; })) base.push_back(i);
  std::vector<std::vector<int>> points;
  for (std::size_t t = 0; t < std::size_t{1} << base.size(); ++t) {
    std::vector<int> levels(levers, 0);
    for (std::size_t i = 0; i < base.size(); ++i) levels[base[i]] = static_cast<int>(t >> i & 1U);
    for (auto const& [lever, product, sign] : generators) {
      int value = sign;
      for (std::size_t const i : product) value *= levels[i] != 0 ? 1 : -1;
      levels[lever] = value > 0 ? 1 : 0;
    }
    points.push_back(std::move(levels));
  }
  return points;
}

/// Reports levers that a fraction cannot hold.
bool check_levers(DesignReader const& reader) {
  auto const& levers = reader.parts.study.levers;
  auto& issues = reader.parts.issues;
  std::size_t const before = issues.size();
  for (std::size_t i = 0; i < levers.size(); ++i) {
    auto const where = reader.parts.lever_places[i];
    if (levers[i].levels.size() > 1)
      issues.add(where, "lever " + shown(levers[i].name) + " has " + std::to_string(levers[i].levels.size()) + " levels", "a fraction takes levers that are on or off",
                 "keep one level, or take another type of design");
    if (!levers[i].within.empty())
      issues.add(where, "lever " + shown(levers[i].name) + " lies within another", "in a fraction each is on with and without the others",
                 "remove \"within\", or take another type of design");
  }
  if (levers.size() > fraction_levers_max)
    issues.add(reader.where, std::to_string(levers.size()) + " levers are too many for a fraction", "at most " + std::to_string(fraction_levers_max) + " are accepted", "split the study");
  return issues.size() == before;
}

}  // namespace

void read_fraction(DesignReader const& reader) {
  auto& parts = reader.parts;
  bool const by_generators = reader.design.has("generators"), by_resolution = reader.design.has("resolution");
  bool const levers_fit = check_lever_count(reader) && check_levers(reader);
  auto const generators = read_generators(reader);
  auto const found = levers_fit ? read_resolution(reader) : std::vector<Generator>{};
  if (!levers_fit) (void)reader.design.integer("resolution", optional_key("resolution = 4"), 3, 24);
  if (by_generators == by_resolution) {
    parts.issues.add(reader.where, by_generators ? "both \"generators\" and \"resolution\" are given" : "neither \"generators\" nor \"resolution\" is given",
                     "one of them says which fraction is taken", "write generators = [\"d = a*b*c\"] or resolution = 4");
    return;
  }
  auto const& chosen = by_generators ? generators : found;
  if (chosen.empty() || !levers_fit) return;
  if (parts.study.levers.size() - chosen.size() > base_levers_max) {
    parts.issues.add(reader.where, std::to_string(parts.study.levers.size() - chosen.size()) + " free levers are too many",
                     "at most " + std::to_string(base_levers_max) + " are combined", "add generators");
    return;
  }
  for (auto const& generator : chosen) parts.study.design.generators.push_back(text_of(generator, parts.study.levers));
  auto const points = fraction_points(chosen, parts.study.levers.size());
  for (auto const& levels : points) reader.builder.add({levels, "", "", reader.where});
  add_notes(points.size(), parts);
}

}  // namespace sim
