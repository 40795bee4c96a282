// Turns the committed rows of a replication into responses, series and incident rows.
#pragma once

#include <memory>

#include "models/world/directory.hpp"
#include "models/world/levels.hpp"
#include "models/world/tally.hpp"
#include "sim/campaign/scenario.hpp"

namespace world {

/// Columns of the incident table, in order.
std::vector<sim::ColumnInfo> incident_columns(Atlas const& atlas);

/// Row sink of one replication.
class Recorder final : public sim::RowSink {
 public:
  /// `schema` and `setting` must outlive the recorder; `world` must hold all agent types already.
  Recorder(sim::ResultSchema const& schema, Directory const& directory, sim::World const& world);

  void row(sim::RowKey const& key, std::span<std::byte const> bytes) override;
  /// Goes on from what another recorder of the same study and future has received.
  void take_over(Recorder const& other) { received_ = other.received_; }
  /// The level of the study's rare event, and all that was received, for splitting.
  double level() const;
  std::shared_ptr<sim::Splittable::Memory const> remember() const { return std::make_shared<Memory>(received_); }
  void recall(sim::Splittable::Memory const& memory) { received_ = static_cast<Memory const&>(memory).received; }
  /// Closes all integrals at the end of the study and fills the record.
  void measure(sim::ReplicationRecord& record);

 private:
  using Handler = void (Recorder::*)(sim::RowKey const&, std::byte const*);
  struct Window { sim::Time from, to; std::vector<Tally> tallies; };
  struct Service { std::vector<double> levels, inherited; double national = 1, national_inherited = 0; sim::Time since; };

  struct Away { int flags = 0; sim::Time since; };  // flags on at organisations that matter
  struct Trust { double deficit = 0; sim::Time since; };  // below normal [logit], then recovering

  /// All that the rows have added up to.
  struct Received {
    std::vector<Window> windows;
    std::vector<Service> services;  // [nations]
    std::vector<Trust> trusts;      // [nations]
    std::vector<Away> away;         // [nations]
    std::vector<double> focal_series, other_series, incidents;
  };

  struct Memory final : sim::Splittable::Memory {
    explicit Memory(Received const& r) : received(r) {}
    Received received;
  };

  template <class A, class R>
  void listen(sim::World const& world, Handler handler);
  void listen_to(sim::World const& world);
  template <class F>
  void count(sim::Time at, int nation, F change);
  void integrate(int nation, sim::Time to);
  void integrate_trust(int nation, sim::Time to);
  void integrate_away(int nation, sim::Time to);
  void add_to_series(std::size_t series, int nation, sim::Time from, sim::Time to, double amount, bool mean);

  double* incident_row(std::uint64_t incident);

  void on_decided(sim::RowKey const&, std::byte const*);
  void on_accessed(sim::RowKey const&, std::byte const*);
  void on_discovery(sim::RowKey const&, std::byte const*);
  void on_theft(sim::RowKey const&, std::byte const*);
  void on_named(sim::RowKey const&, std::byte const*);
  void on_recorded(sim::RowKey const&, std::byte const*);
  void on_attributed(sim::RowKey const&, std::byte const*);
  void on_lever(sim::RowKey const&, std::byte const*);
  void on_started(sim::RowKey const&, std::byte const*);
  void on_contained(sim::RowKey const&, std::byte const*);
  void on_service(sim::RowKey const&, std::byte const*);
  void on_restoring(sim::RowKey const&, std::byte const*);
  void on_cascade(sim::RowKey const&, std::byte const*);
  void on_from_abroad(sim::RowKey const&, std::byte const*);
  void on_escalation(sim::RowKey const&, std::byte const*);
  void on_trust(sim::RowKey const&, std::byte const*);
  void on_indirect(sim::RowKey const&, std::byte const*);
  void on_surprise(sim::RowKey const&, std::byte const*);
  void on_race(sim::RowKey const&, std::byte const*);

  sim::ResultSchema const& schema_;
  Setting const& setting_;
  LossExpectation const* losses_;
  std::vector<std::vector<Handler>> handlers_;  // [agent type][row kind]
  std::vector<std::size_t> window_of_;          // [responses]
  Level level_ = Level::service_lost;           // of the rare event, and whose it is
  std::size_t level_nation_ = 0;
  std::vector<int> focal_of_;                   // [nations]: position among the focal nations, -1 for others
  std::vector<int> series_of_;                  // [Series]: position in the schema, -1 if not asked for
  sim::Time record_from_, record_to_;
  std::vector<double> case_cost_musd_;          // [nations]: of a case of severity 3
  Received received_;
};

}  // namespace world
