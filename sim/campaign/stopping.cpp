#include "sim/campaign/stopping.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/estimators/control.hpp"
#include "analysis/estimators/looks.hpp"
#include "sim/base/contracts.hpp"

namespace sim {

namespace {

analysis::Watched watched_of(StoppingTarget const& target, ResponseInfo const& response) {
  using analysis::Statistic;
  analysis::Watched watched{.probability = target.probability, .threshold = target.threshold};
  watched.statistic = target.statistic == "quantile"     ? Statistic::quantile
                      : target.statistic == "cvar"       ? Statistic::cvar
                      : target.statistic == "proportion" ? Statistic::proportion
                                                         : Statistic::mean;
  watched.worse = response.higher_is_worse ? analysis::Worse::higher : analysis::Worse::lower;
  return watched;
}

template <class T, class Matches>
std::size_t place_in(std::vector<T> const& all, Matches matches) {
  auto const at = std::find_if(all.begin(), all.end(), matches);
  SIM_CHECK(at != all.end());
  return static_cast<std::size_t>(at - all.begin());
}

std::size_t offset_of(StoppingTarget const& target, ResultSchema const& schema) {
  std::size_t const response = place_in(schema.responses, [&](auto const& r) { return r.name == target.response; });
  std::size_t const nation = target.nation.empty() ? 0 : place_in(schema.nations, [&](auto const& n) { return n == target.nation; });
  return response_offset(schema, response) + nation;
}

/// Places of the control variates of the target's nation; none for a target without.
std::vector<std::size_t> control_offsets(StoppingTarget const& target, ResultSchema const& schema) {
  std::vector<std::size_t> offsets;
  for (std::size_t i = 0; target.controls && i < schema.responses.size(); ++i)
    if (schema.responses[i].is_control) offsets.push_back(offset_of({.response = schema.responses[i].name, .nation = target.nation}, schema));
  return offsets;
}

}  // namespace

Stopping::Stopping(ResultSchema const& schema) : shape_(shape_of(schema)), info_(schema.stopping), counts_(info_.counts) {
  SIM_CHECK(info_.is_rule() && !counts_.empty());
  counts_futures_ = info_.unit == "futures";
  maximum_ = counts_futures_ ? shape_.futures : shape_.replications;
  others_ = counts_futures_ ? shape_.replications : shape_.futures;
  unit_ = schema.antithetic ? 2 : 1;
  unit_futures_ = unit_futures(schema);
  SIM_CHECK(counts_.back() == maximum_);
  reference_ = static_cast<std::uint32_t>(place_in(schema.treatments, [&](auto const& t) { return t.name == schema.reference; }));
  for (StoppingTarget const& target : info_.targets) {
    ResponseInfo const& response = schema.responses[place_in(schema.responses, [&](auto const& r) { return r.name == target.response; })];
    watches_.push_back({watched_of(target, response), offset_of(target, schema), control_offsets(target, schema)});
    watches_.back().controls.resize(watches_.back().control_offsets.size());
  }
  seen_in_.assign(std::size_t{shape_.points} * maximum_, 0);
  taken_.assign(shape_.points, maximum_);
  open_.assign(shape_.points, true);
}

std::size_t Stopping::place(ReplicationKey const& key) const {
  return (std::size_t{count_of(key)} * shape_.points + key.point) * others_ + (counts_futures_ ? key.replication : key.future);
}

void Stopping::make_room(std::uint32_t count) {
  if (count <= room_) return;
  auto const look = std::lower_bound(counts_.begin(), counts_.end(), count);
  room_ = *look;
  std::size_t const size = std::size_t{room_} * shape_.points * others_;
  seen_.resize(size, false);
  for (Watch& watch : watches_) {
    watch.values.resize(size, analysis::undefined);
    for (auto& control : watch.controls) control.resize(size, analysis::undefined);
  }
}

void Stopping::observe(ReplicationRecord const& record) {
  SIM_CHECK(shape_.contains(record.key));
  std::lock_guard const lock(mutex_);
  make_room(count_of(record.key) + 1);
  std::size_t const at = place(record.key);
  if (seen_[at]) return;
  seen_[at] = true;
  ++seen_in_[std::size_t{record.key.point} * maximum_ + count_of(record.key)];
  if (record.status != ReplicationStatus::done) return;
  for (Watch& watch : watches_) {
    watch.values[at] = record.responses[watch.offset];
    for (std::size_t i = 0; i < watch.controls.size(); ++i) watch.controls[i][at] = record.responses[watch.control_offsets[i]];
  }
}

bool Stopping::is_complete(std::uint32_t count) const {
  std::uint32_t const before = next_look_ == 0 ? 0 : counts_[next_look_ - 1];
  for (std::uint32_t point = 0; point < shape_.points; ++point) {
    if (!open_[point]) continue;
    for (std::uint32_t c = before; c < count; ++c)
      if (seen_in_[std::size_t{point} * maximum_ + c] < others_) return false;
  }
  return true;
}

bool Stopping::look() {
  bool any = false;
  for (;;) {
    std::vector<LookRow> rows;
    {
      std::lock_guard const lock(mutex_);
      if (next_look_ == counts_.size() || !is_complete(counts_[next_look_])) return any;
      rows = take_look();
    }
    any = true;
    if (on_look) on_look(rows);
  }
}

std::vector<LookRow> Stopping::take_look() {
  std::uint32_t const count = counts_[next_look_];
  std::vector<LookRow> rows;
  for (std::uint32_t target = 0; target < info_.targets.size(); ++target)
    for (std::uint32_t point = 0; point < shape_.points; ++point)
      if (open_[point] && !(info_.targets[target].is_difference && point == reference_)) rows.push_back(row_of({target, point, count}));
  close_points(rows, count);
  info_.looks.insert(info_.looks.end(), rows.begin(), rows.end());
  next_look_ = std::none_of(open_.begin(), open_.end(), [](bool open) { return open; }) ? counts_.size() : next_look_ + 1;
  return rows;
}

std::vector<double> Stopping::values_of(std::vector<double> const& all, std::uint32_t point, std::uint32_t count) const {
  std::vector<double> values(std::size_t{count} * others_);
  for (std::uint32_t c = 0; c < count; ++c)
    for (std::uint32_t other = 0; other < others_; ++other) {
      std::size_t const to = counts_futures_ ? std::size_t{c} * others_ + other : std::size_t{other} * count + c;
      values[to] = all[(std::size_t{c} * shape_.points + point) * others_ + other];
    }
  return values;
}

analysis::Arm Stopping::arm_of(std::vector<double> const& values, std::uint32_t count) const {
  return {values, counts_futures_ ? count : others_, counts_futures_ ? others_ : count, unit_, unit_futures_};
}

double Stopping::size_of_yardstick(View const& view, double estimate, analysis::Arm const& reference) const {
  StoppingTarget const& wanted = info_.targets[view.target];
  if (wanted.relative_to.empty()) return 1;
  if (wanted.relative_to == "estimate") return std::fabs(estimate);
  return std::fabs(analysis::watched_interval(watches_[view.target].watched, reference, nullptr, info_.look_level).mean);
}

analysis::Estimate Stopping::adjust(View const& view, std::vector<double>& own, analysis::Arm const& reference) const {
  Watch const& watch = watches_[view.target];
  std::vector<std::vector<double>> values;
  for (auto const& control : watch.controls)
    for (std::uint32_t const point : {view.point, reference_}) values.push_back(values_of(control, point, view.count));
  std::vector<analysis::ControlArms> arms;
  for (std::size_t i = 0; i < values.size(); i += 2) arms.push_back({"", arm_of(values[i], view.count), arm_of(values[i + 1], view.count)});
  auto const controlled = analysis::controlled_difference(arm_of(own, view.count), reference, arms, info_.look_level);
  for (std::size_t i = 0; i < arms.size(); ++i)
    for (std::size_t k = 0; k < own.size(); ++k) own[k] -= controlled.weights[i] * (values[2 * i][k] - values[2 * i + 1][k]);
  return controlled.adjusted;
}

LookRow Stopping::row_of(View const& view) const {
  StoppingTarget const& wanted = info_.targets[view.target];
  Watch const& watch = watches_[view.target];
  std::vector<double> own = values_of(watch.values, view.point, view.count);
  std::vector<double> const others = values_of(watch.values, reference_, view.count);
  analysis::Arm const treatment = arm_of(own, view.count), reference = arm_of(others, view.count);
  analysis::Arm const* const against = wanted.is_difference ? &reference : nullptr;
  analysis::Estimate const found = watch.controls.empty() ? analysis::watched_interval(watch.watched, treatment, against, info_.look_level)
                                                          : adjust(view, own, reference);
  LookRow row{.look = static_cast<std::uint32_t>(next_look_), .target = view.target, .point = view.point, .n = found.n,
              .estimate = found.mean, .lo = found.lo, .hi = found.hi, .wanted = wanted.half_width * size_of_yardstick(view, found.mean, reference)};
  row.doubt = static_cast<std::int32_t>(analysis::doubt_about(watch.watched, treatment, against));  // of what the controls leave
  std::size_t const needed = analysis::needed_count(found, view.count, row.wanted, info_.look_level, info_.look_level);
  bool const is_foretold = counts_futures_ || others_ == 1;  // replications add no futures, whose spread may decide
  row.needed = !is_foretold || needed == std::numeric_limits<std::size_t>::max() ? analysis::undefined : static_cast<double>(needed);
  row.state = state_of(row, view.count);
  return row;
}

LookState Stopping::state_of(LookRow const& row, std::uint32_t count) const {
  bool const is_narrow = (row.hi - row.lo) / 2 <= row.wanted;  // false where undefined
  if (is_narrow && row.doubt == 0) return LookState::reached;
  return count == maximum_ ? LookState::exhausted : LookState::open;
}

void Stopping::close_points(std::vector<LookRow> const& rows, std::uint32_t count) {
  std::vector<bool> goes_on(shape_.points, false);
  for (LookRow const& row : rows)
    if (row.state == LookState::open) goes_on[row.point] = true;
  bool const any = std::find(goes_on.begin(), goes_on.end(), true) != goes_on.end();
  for (std::uint32_t point = 0; point < shape_.points; ++point) {
    if (!open_[point] || goes_on[point] || (any && (info_.together || point == reference_))) continue;
    open_[point] = false;
    taken_[point] = count;
  }
}

bool Stopping::is_settled() const {
  std::lock_guard const lock(mutex_);
  return next_look_ == counts_.size();
}

bool Stopping::needs(ReplicationKey const& key) const {
  std::lock_guard const lock(mutex_);
  return count_of(key) < taken_[key.point];
}

std::uint32_t Stopping::next_count() const {
  std::lock_guard const lock(mutex_);
  return next_look_ == counts_.size() ? maximum_ : counts_[next_look_];
}

std::uint64_t Stopping::planned() const {
  std::lock_guard const lock(mutex_);
  std::uint64_t sum = 0;
  for (std::uint32_t const count : taken_) sum += count;
  return sum * others_;
}

StoppingInfo Stopping::info() const {
  std::lock_guard const lock(mutex_);
  StoppingInfo info = info_;
  if (next_look_ == counts_.size()) info.taken = taken_;
  return info;
}

}  // namespace sim
