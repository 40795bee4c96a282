#include "models/world/data/dependency_check.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "sim/base/error.hpp"
#include "sim/base/math.hpp"

namespace world {
namespace {

std::size_t as_index(int i) { return static_cast<std::size_t>(i); }

std::string row_of(Atlas const& atlas, BorderRecord const& border) {
  return "in data table 'cross_border.tsv', the " + atlas.sectors[as_index(border.sector)].code + " that " +
         atlas.nations[as_index(border.dependent)].iso3 + " has from " + atlas.nations[as_index(border.provider)].iso3;
}

void check_rows(Atlas const& atlas) {
  std::size_t const sectors = atlas.sectors.size();
  for (double const value : atlas.dependency)
    if (!(value >= 0 && value <= largest_dependency))
      throw sim::Error("data table 'dependencies.tsv' holds the value " + std::to_string(value) + " (dependence lies between 0 and 0.95) correct it");
  std::set<std::tuple<int, int, int>> seen;
  for (BorderRecord const& border : atlas.borders) {
    auto const row = atlas.dependency.begin() + static_cast<std::ptrdiff_t>(as_index(border.sector) * sectors);
    if (border.provider == border.dependent)
      throw sim::Error(row_of(atlas, border) + ": a nation provides for itself (that is no import) remove the row");
    if (!(border.share > 0 && border.share <= 1))
      throw sim::Error(row_of(atlas, border) + ": share " + std::to_string(border.share) + " (a share lies above 0 and up to 1) correct it");
    if (*std::max_element(row, row + static_cast<std::ptrdiff_t>(sectors)) == 0)
      throw sim::Error(row_of(atlas, border) + ": nothing is lost without it (no sector depends on that one in 'dependencies.tsv') remove the row");
    if (!seen.emplace(border.provider, border.dependent, border.sector).second)
      throw sim::Error(row_of(atlas, border) + ": stands there twice (only one share can hold) remove one row");
  }
}

// What agents have room for, and what a nation uses at all.
void check_counts(Atlas const& atlas) {
  std::map<int, int> providers;
  std::map<std::pair<int, int>, int> served;
  std::map<std::pair<int, int>, double> shares;
  for (BorderRecord const& border : atlas.borders) {
    std::string const nation = atlas.nations[as_index(border.dependent)].iso3;
    if (++providers[border.dependent] > max_providers_abroad)
      throw sim::Error("data table 'cross_border.tsv' has more than " + std::to_string(max_providers_abroad) + " providers for " + nation +
                       " (its sectors have room for so many) keep the largest shares");
    if (++served[{border.provider, border.sector}] > max_nations_served)
      throw sim::Error("data table 'cross_border.tsv' has more than " + std::to_string(max_nations_served) + " nations with " +
                       atlas.sectors[as_index(border.sector)].code + " from " + atlas.nations[as_index(border.provider)].iso3 +
                       " (that sector has room for so many) keep the largest shares");
    if ((shares[{border.dependent, border.sector}] += border.share) > 1)
      throw sim::Error("data table 'cross_border.tsv' has " + nation + " import more " + atlas.sectors[as_index(border.sector)].code +
                       " than it uses (the shares add up to more than 1) lower them");
  }
}

struct Link {
  std::size_t provider, dependent;
  double log_loss;  // of the share of the dependent's service that is lost without the provider, at most
};

std::vector<Link> links_of(Atlas const& atlas) {
  std::size_t const sectors = atlas.sectors.size();
  std::vector<Link> links;
  auto const add = [&](std::size_t provider, std::size_t dependent, std::size_t p, double factor) {
    for (std::size_t k = 0; k < sectors; ++k) {
      double const inside = std::min(largest_dependency, largest_dependency_scale * atlas.dependency[p * sectors + k]);
      if (inside > 0) links.push_back({provider * sectors + p, dependent * sectors + k, sim::math::log(inside * factor)});
    }
  };
  for (std::size_t n = 0; n < atlas.nations.size(); ++n)
    for (std::size_t p = 0; p < sectors; ++p) add(n, n, p, 1);
  for (BorderRecord const& border : atlas.borders)
    add(as_index(border.provider), as_index(border.dependent), as_index(border.sector), border.share * largest_cross_border_scale);
  return links;
}

// Largest products over walks, as sums of logarithms by the method of Bellman and Ford: they grow for ever exactly where a cycle's
// product is above 1. Each link counts for a hair more, so that a product of 1 grows too.
void check_cycles(Atlas const& atlas) {
  auto const dampens = [](BorderRecord const& border) { return largest_dependency * largest_cross_border_scale * border.share < 1; };
  if (std::all_of(atlas.borders.begin(), atlas.borders.end(), dampens)) return;  // as every link at home does
  std::vector<Link> const links = links_of(atlas);
  std::size_t const nodes = atlas.nations.size() * atlas.sectors.size();
  std::vector<double> largest(nodes, 0);
  std::vector<std::size_t> before(nodes, 0);
  std::size_t grown = nodes;
  for (std::size_t round = 0; round <= nodes; ++round) {
    grown = nodes;
    for (Link const& link : links)
      if (double const product = largest[link.provider] + link.log_loss + 1e-9; product > largest[link.dependent]) {
        largest[link.dependent] = product;
        before[link.dependent] = link.provider;
        grown = link.dependent;
      }
    if (grown == nodes) return;
  }
  for (std::size_t i = 0; i < nodes; ++i) grown = before[grown];  // now on the cycle
  auto const named = [&](std::size_t node) { return atlas.nations[node / atlas.sectors.size()].iso3 + " " + atlas.sectors[node % atlas.sectors.size()].code; };
  std::string cycle = named(grown);
  for (std::size_t node = before[grown]; node != grown; node = before[node]) cycle = named(node) + " -> " + cycle;
  throw sim::Error("data tables 'dependencies.tsv' and 'cross_border.tsv' let an outage keep itself alive (" + named(grown) + " -> " + cycle +
                   ": D x share, at the top of both factors, multiply to 1 or more) lower one of these values");
}

}  // namespace

void check_dependencies(Atlas const& atlas) {
  check_rows(atlas);
  check_counts(atlas);
  check_cycles(atlas);
}

}  // namespace world
