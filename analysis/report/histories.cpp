#include "analysis/report/histories.hpp"

#include <algorithm>

#include "sim/base/error.hpp"
#include "sim/base/names.hpp"

namespace analysis {
namespace {

std::string text_of(sim::ReplicationKey const& k) {
  return "point " + std::to_string(k.point) + ", future " + std::to_string(k.future) + ", replication " +
         std::to_string(k.replication);
}

constexpr std::size_t most_listed = 40;

/// Position of `wanted`, or an error with a suggestion; `codes` and `names` of the same things in the same order.
std::size_t find_named(std::string const& wanted, char const* kind, std::vector<std::string> const& codes,
                       std::vector<std::string> const& names) {
  auto const at = std::find(codes.begin(), codes.end(), wanted);
  if (at != codes.end()) return static_cast<std::size_t>(at - codes.begin());
  auto const meant = sim::closest_thing(wanted, codes, names);
  std::string const suggestion =
      meant ? "did you mean \"" + codes[*meant] + "\"" +
                  (names[*meant] != codes[*meant] ? " (" + names[*meant] + ")?" : "?")
            : "choose one of: " + sim::listed(codes, most_listed);
  throw sim::Error("unknown " + std::string(kind) + " " + sim::shown(wanted) + " (the results have none of that name) " +
                   suggestion);
}

template <class List>
std::vector<std::string> names_of(List const& list) {
  std::vector<std::string> names;
  for (auto const& one : list) names.push_back(one.name);
  return names;
}

}  // namespace

Histories::Histories(sim::ResultSchema const& schema, std::vector<ReplicationRow> rows)
    : points_(schema.treatments.size()),
      futures_(schema.futures),
      replications_(schema.replications),
      unit_(schema.antithetic ? 2 : 1),
      rows_(std::move(rows)),
      places_(rows_.size(), nowhere),
      found_(size(), nowhere) {
  counts_.planned = size();
  std::vector<bool> taken(size());
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    auto const& k = rows_[i].key;
    if (k.point >= points_ || k.future >= futures_ || k.replication >= replications_) {
      throw sim::Error("row " + std::to_string(i) + " lies outside the study (" + text_of(k) +
                       ") check the file with `berylia verify` or run the study again");
    }
    std::size_t const place = (k.point * futures_ + k.future) * replications_ + k.replication;
    if (taken[place]) {
      throw sim::Error("a replication occurs twice (" + text_of(k) +
                       ") check the file with `berylia verify` or run the study again");
    }
    taken[place] = true;
    switch (rows_[i].status) {
      case sim::ReplicationStatus::failed: ++counts_.failed; continue;
      case sim::ReplicationStatus::censored: ++counts_.censored; continue;
      case sim::ReplicationStatus::done: ++counts_.done; break;
    }
    places_[i] = place;
    found_[place] = i;
  }
  counts_.missing = counts_.planned - rows_.size();
  for (std::size_t i = 0; unit_ == 2 && i + 1 < found_.size(); i += 2)
    counts_.unpaired += (found_[i] == nowhere) != (found_[i + 1] == nowhere);
}

Arm Histories::arm(Cube const& cube, std::size_t point) const {
  std::size_t const width = futures_ * replications_;
  return {std::span<double const>(cube).subspan(point * width, width), futures_, replications_, unit_};
}

std::size_t treatment_index(sim::ResultSchema const& schema, std::string const& name) {
  auto const names = names_of(schema.treatments);
  return find_named(name, "treatment", names, names);
}

std::size_t response_index(sim::ResultSchema const& schema, std::string const& name) {
  auto const names = names_of(schema.responses);
  return find_named(name, "response", names, names);
}

std::size_t nation_index(sim::ResultSchema const& schema, std::string const& iso3) {
  bool const named = schema.nation_names.size() == schema.nations.size();
  return find_named(iso3, "nation", schema.nations, named ? schema.nation_names : schema.nations);
}

}  // namespace analysis
