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

// The most counts that any treatment has, where a rule has settled that; else all.
std::size_t most_counts(sim::ResultSchema const& schema, char const* unit, std::size_t all) {
  auto const& stopping = schema.stopping;
  if (!stopping.is_settled() || stopping.unit != unit) return all;
  return *std::max_element(stopping.taken.begin(), stopping.taken.end());
}

}  // namespace

bool has_prior_draws(sim::SamplingInfo const& sampling) { return sampling.type != "morris" && sampling.type != "one_at_a_time"; }

Histories::Histories(sim::ResultSchema const& schema, std::vector<ReplicationRow> rows)
    : points_(schema.treatments.size()),
      futures_(most_counts(schema, "futures", schema.futures)),
      replications_(most_counts(schema, "replications", schema.replications)),
      unit_(schema.antithetic ? 2 : 1),
      unit_futures_(unit_futures(schema)),
      needless_(points_, 0),
      rows_(std::move(rows)),
      places_(rows_.size(), nowhere),
      found_(size(), nowhere),
      counts_of_(points_) {
  counts_.planned = sim::planned_replications(schema);
  std::size_t const others = schema.stopping.unit == "futures" ? replications_ : futures_;
  for (std::size_t point = 0; schema.stopping.is_settled() && point < points_; ++point)
    needless_[point] = futures_ * replications_ - schema.stopping.taken[point] * others;
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
    Counts& of = counts_of_[k.point];
    switch (rows_[i].status) {
      case sim::ReplicationStatus::failed: ++of.failed; continue;
      case sim::ReplicationStatus::censored: ++of.censored; continue;
      case sim::ReplicationStatus::done: ++of.done; break;
    }
    places_[i] = place;
    found_[place] = i;
  }
  for (std::size_t i = 0; unit_ == 2 && i + 1 < found_.size(); i += 2)
    counts_of_[i / (futures_ * replications_)].unpaired += (found_[i] == nowhere) != (found_[i + 1] == nowhere);
  for (std::size_t point = 0; point < points_; ++point) {
    Counts& of = counts_of_[point];
    of.planned = futures_ * replications_ - needless_[point];
    of.missing = of.planned - of.done - of.failed - of.censored;
    counts_.done += of.done;
    counts_.failed += of.failed;
    counts_.censored += of.censored;
    counts_.unpaired += of.unpaired;
  }
  counts_.missing = counts_.planned - rows_.size();
}

Arm Histories::arm(Cube const& cube, std::size_t point) const {
  std::size_t const width = futures_ * replications_;
  return {std::span<double const>(cube).subspan(point * width, width), futures_, replications_, unit_, unit_futures_};
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
