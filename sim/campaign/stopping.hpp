// Decides, look by look, which treatments need more histories; a pure function of the records, whoever computed them when.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "analysis/estimators/watched.hpp"
#include "sim/base/campaign_shape.hpp"
#include "sim/base/results.hpp"

namespace sim {

/// A stopping rule at work. A count is a future with all its replications, or a replication of every future; look k needs all
/// records of counts below the k-th one, of the treatments that are still open. Then each open treatment whose targets are all
/// narrow enough stops there; the reference goes on as long as another treatment does. Any thread. Memory: 8 bytes for
/// each target of each replication up to the last look begun.
class Stopping {
 public:
  /// Of the rule in `schema`; a broken contract if it has none or names a response or nation that the schema lacks.
  explicit Stopping(ResultSchema const& schema);

  /// Takes note of a record; one that is known already changes nothing.
  void observe(ReplicationRecord const& record);
  /// Takes every look for which all records are there; true if there was one.
  bool look();
  /// True once no treatment is open.
  bool is_settled() const;
  /// True if `key` is needed as far as is known: its treatment has not stopped before it.
  bool needs(ReplicationKey const& key) const;
  /// Counts at which it looks.
  std::vector<std::uint32_t> const& counts() const { return counts_; }
  /// True if counts are futures, false if they are replications.
  bool counts_futures() const { return counts_futures_; }
  /// Counts up to which every open treatment is needed before the next look; the maximum once it is settled.
  std::uint32_t next_count() const;
  /// Records that the campaign needs, as far as is known: open treatments up to the maximum.
  std::uint64_t planned() const;
  /// The rule with what has come of it so far; `taken` is empty until it is settled.
  StoppingInfo info() const;
  /// Called after every look, with its rows, under no lock; set it before the first record.
  std::function<void(std::vector<LookRow> const&)> on_look;

 private:
  struct Watch {
    analysis::Watched watched;
    std::size_t offset = 0;  // in ReplicationRecord::responses
    std::vector<std::size_t> control_offsets = {};       // likewise, of the control variates
    std::vector<double> values = {};                     // [counts x points x others]: NaN where not done
    std::vector<std::vector<double>> controls = {};      // the same of each control variate
  };
  /// A target in one treatment at one look.
  struct View {
    std::uint32_t target, point, count;
  };

  std::uint32_t count_of(ReplicationKey const& key) const { return counts_futures_ ? key.future : key.replication; }
  std::size_t place(ReplicationKey const& key) const;
  void make_room(std::uint32_t count);
  bool is_complete(std::uint32_t count) const;
  std::vector<double> values_of(std::vector<double> const& values, std::uint32_t point, std::uint32_t count) const;
  double size_of_yardstick(View const& view, double estimate, analysis::Arm const& reference) const;
  analysis::Estimate adjust(View const& view, std::vector<double>& own, analysis::Arm const& reference) const;
  analysis::Arm arm_of(std::vector<double> const& values, std::uint32_t count) const;
  LookRow row_of(View const& view) const;
  LookState state_of(LookRow const& row, std::uint32_t count) const;
  std::vector<LookRow> take_look();
  void close_points(std::vector<LookRow> const& rows, std::uint32_t count);

  CampaignShape shape_;
  StoppingInfo info_;
  std::vector<std::uint32_t> counts_;
  bool counts_futures_ = true;
  std::size_t unit_ = 1;                    // neighbouring replications that depend on each other
  std::size_t unit_futures_ = 1;            // neighbouring futures that do
  std::uint32_t maximum_ = 0, others_ = 0;  // others: replications of a future, or futures
  std::uint32_t reference_ = 0;
  mutable std::mutex mutex_;                // guards the rest
  std::vector<Watch> watches_;
  std::vector<bool> seen_;                  // like Watch::values
  std::vector<std::uint64_t> seen_in_;      // [points x counts]: records
  std::uint32_t room_ = 0;                  // counts that the arrays hold
  std::vector<std::uint32_t> taken_;        // [points]; the maximum while open
  std::vector<bool> open_;                  // [points]
  std::size_t next_look_ = 0;
};

}  // namespace sim
