#include "analysis/estimators/fraction.hpp"

#include <algorithm>
#include <bit>
#include <map>

namespace analysis {
namespace {

constexpr std::size_t levers_max = 24;
constexpr std::size_t none = static_cast<std::size_t>(-1);

/// Settings as bits, of the points with k levels; empty if a lever has two different levels beside 0.
std::vector<std::uint32_t> settings(std::span<std::vector<int> const> levels, std::size_t levers, std::vector<std::size_t>& points) {
  std::vector<std::uint32_t> all;
  std::vector<int> seen(levers, 0);
  for (std::size_t p = 0; p < levels.size(); ++p) {
    if (levels[p].size() != levers) continue;
    std::uint32_t bits = 0;
    for (std::size_t j = 0; j < levers; ++j) {
      int const level = levels[p][j];
      if (level == 0) continue;
      if (seen[j] != 0 && seen[j] != level) return {};
      seen[j] = level;
      bits |= std::uint32_t{1} << j;
    }
    all.push_back(bits);
    points.push_back(p);
  }
  return all;
}

/// A basis of the differences from the first setting, in reduced echelon form: row i alone has the i-th pivot lever.
std::vector<std::uint32_t> echelon(std::vector<std::uint32_t> const& settings, std::size_t levers, std::vector<std::size_t>& pivots) {
  std::vector<std::uint32_t> rows;
  std::vector<std::uint32_t> left;
  for (std::uint32_t const bits : settings) left.push_back(bits ^ settings.front());
  for (std::size_t j = 0; j < levers; ++j) {
    auto const has = [&](std::uint32_t row) { return (row >> j & 1U) != 0; };
    auto const found = std::find_if(left.begin(), left.end(), has);
    if (found == left.end()) continue;
    std::uint32_t const row = *found;
    for (auto* list : {&left, &rows}) {
      for (std::uint32_t& other : *list) {
        if (has(other)) other ^= row;
      }
    }
    rows.push_back(row);
    pivots.push_back(j);
  }
  return rows;
}

std::uint32_t base_setting(std::uint32_t bits, std::vector<std::size_t> const& base) {
  std::uint32_t setting = 0;
  for (std::size_t i = 0; i < base.size(); ++i) setting |= (bits >> base[i] & 1U) << i;
  return setting;
}

/// Base word and sign of a product of levers.
std::pair<std::uint32_t, int> product_of(Fraction const& fraction, std::uint32_t term) {
  std::uint32_t word = 0;
  int sign = 1;
  for (std::size_t j = 0; j < fraction.words.size(); ++j) {
    if ((term >> j & 1U) == 0) continue;
    word ^= fraction.words[j];
    sign *= fraction.signs[j];
  }
  return {word, sign};
}

/// All terms of exactly `count` of the levers, by bits.
std::vector<std::uint32_t> terms_of(std::size_t levers, unsigned count) {
  std::vector<std::uint32_t> terms;
  if (count == 0 || count > levers) return terms;
  std::uint64_t term = (std::uint64_t{1} << count) - 1;
  while (term < std::uint64_t{1} << levers) {
    terms.push_back(static_cast<std::uint32_t>(term));
    std::uint64_t const low = term & -term, next = term + low;  // the next larger number with as many bits (Gosper)
    term = next | ((term ^ next) / low >> 2);
  }
  return terms;
}

}  // namespace

std::optional<Fraction> regular_fraction(std::span<std::vector<int> const> levels, std::size_t levers) {
  if (levers == 0 || levers > levers_max) return {};
  std::vector<std::size_t> points;
  auto const all = settings(levels, levers, points);
  if (all.size() < 2 || !std::has_single_bit(all.size())) return {};
  Fraction fraction;
  auto const rows = echelon(all, levers, fraction.base);
  if (std::size_t{1} << rows.size() != all.size()) return {};
  fraction.order.assign(all.size(), none);
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::size_t& place = fraction.order[base_setting(all[i], fraction.base)];
    if (place != none) return {};
    place = points[i];
  }
  std::uint32_t const first = base_setting(all.front(), fraction.base);
  for (std::size_t j = 0; j < levers; ++j) {
    std::uint32_t word = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) word |= (rows[i] >> j & 1U) << i;
    // A product of levers is -1 to the number of those that are off.
    int const off = std::popcount(word & ~first) + ((all.front() >> j & 1U) == 0 ? 1 : 0);
    fraction.words.push_back(word);
    fraction.signs.push_back(off % 2 == 0 ? 1 : -1);
  }
  return fraction;
}

std::vector<AliasSet> alias_sets(Fraction const& fraction, unsigned most) {
  std::vector<AliasSet> sets;
  std::map<std::uint32_t, std::size_t> place;
  for (unsigned count = 1; count <= most; ++count) {
    for (std::uint32_t const term : terms_of(fraction.words.size(), count)) {
      auto const [word, sign] = product_of(fraction, term);
      if (word == 0) continue;
      auto const [found, is_new] = place.try_emplace(word, sets.size());
      if (is_new) sets.push_back({word, {}, sign});
      AliasSet& set = sets[found->second];
      set.terms.push_back({term, sign * set.sign});
    }
  }
  return sets;
}

unsigned resolution(Fraction const& fraction) {
  std::size_t const levers = fraction.words.size();
  if (fraction.base.size() == levers) return 0;
  // The words of the defining relation are spanned by one per lever that is not free.
  std::vector<std::uint32_t> generators;
  for (std::size_t j = 0; j < levers; ++j) {
    if (std::find(fraction.base.begin(), fraction.base.end(), j) != fraction.base.end()) continue;
    std::uint32_t generator = std::uint32_t{1} << j;
    for (std::size_t i = 0; i < fraction.base.size(); ++i) {
      if ((fraction.words[j] >> i & 1U) != 0) generator |= std::uint32_t{1} << fraction.base[i];
    }
    generators.push_back(generator);
  }
  unsigned fewest = static_cast<unsigned>(levers);
  std::uint32_t word = 0;
  for (std::uint64_t i = 1; i < std::uint64_t{1} << generators.size(); ++i) {  // in the order of Gray's code
    word ^= generators[static_cast<std::size_t>(std::countr_zero(i))];
    fewest = std::min(fewest, static_cast<unsigned>(std::popcount(word)));
  }
  return fewest;
}

}  // namespace analysis
