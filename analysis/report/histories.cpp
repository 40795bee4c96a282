#include "analysis/report/histories.hpp"

#include <algorithm>

#include "sim/base/error.hpp"

namespace analysis {
namespace {

std::string text_of(sim::ReplicationKey const& k) {
  return "point " + std::to_string(k.point) + ", future " + std::to_string(k.future) + ", replication " +
         std::to_string(k.replication);
}

template <class List, class Name>
std::size_t find_named(List const& list, std::string const& wanted, char const* kind, Name name) {
  std::string known;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (name(list[i]) == wanted) return i;
    if (i < 100) known += (i == 0 ? "" : ", ") + name(list[i]);
  }
  throw sim::Error(std::string("unknown ") + kind + " '" + wanted + "' (the results have none of that name) choose one of: " +
                   known);
}

}  // namespace

Histories::Histories(sim::ResultSchema const& schema, std::vector<ReplicationRow> rows)
    : points_(schema.treatments.size()),
      futures_(schema.futures),
      replications_(schema.replications),
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
}

Arm Histories::arm(Cube const& cube, std::size_t point) const {
  std::size_t const width = futures_ * replications_;
  return {std::span<double const>(cube).subspan(point * width, width), futures_, replications_};
}

std::size_t treatment_index(sim::ResultSchema const& schema, std::string const& name) {
  return find_named(schema.treatments, name, "treatment", [](auto const& t) { return t.name; });
}

std::size_t response_index(sim::ResultSchema const& schema, std::string const& name) {
  return find_named(schema.responses, name, "response", [](auto const& r) { return r.name; });
}

std::size_t nation_index(sim::ResultSchema const& schema, std::string const& iso3) {
  return find_named(schema.nations, iso3, "nation", [](auto const& n) { return n; });
}

}  // namespace analysis
