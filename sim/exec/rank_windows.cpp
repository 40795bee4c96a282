#include "sim/exec/rank_windows.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <utility>

#include "sim/exec/rank_rows.hpp"

namespace sim {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t rows_max = std::size_t{1} << 20;  // rows that a rank holds before all deliver [bytes]
constexpr std::uint64_t balance_interval_min = 1 << 14;  // events between two looks at the balance

}  // namespace

RankWindows::RankWindows(Ranks& ranks) : ranks_(ranks) {
  for (auto& boxes : boxes_) boxes.resize(ranks.count());
}

void RankWindows::reset(World const& world, Time origin, EventKey last, RowSink& rows, std::uint64_t limit) {
  world_ = &world;
  rows_ = &rows;
  origin_ = origin;
  limit_ = limit;
  std::uint32_t const lps = world.lp_count();
  if (!ranges_ || ranges_->last(ranks_.count() - 1) != lps) ranges_.emplace(lps, ranks_.count());
  before_ = {.last = last};
  total_ = {.last = last};
  balanced_events_ = balanced_own_ = 0;
  balance_interval_ = std::max<std::uint64_t>(balance_interval_min, std::uint64_t{4} * lps);
  for (unsigned const parity : {0u, 1u}) {
    ranks_.settle(parity);
    for (ByteBuffer& box : boxes_[parity]) box.clear();
  }
  take_range(last);
}

/// To the partition it is the only one: its single outbox holds all that leaves the range.
void RankWindows::take_range(EventKey last) {
  partition_.reset(*world_, origin_, ranges_->first(ranks_.me()), ranges_->last(ranks_.me()), 1, last);
  sent_ = Meeting::none;
}

void RankWindows::insert(std::byte const* record) {
  auto const to = static_cast<std::uint32_t>(reinterpret_cast<EventHeader const*>(record)->to);
  if (to >= ranges_->first(ranks_.me()) && to < ranges_->last(ranks_.me())) partition_.insert(record);
}

bool RankWindows::run_until(Time end, RankFailure& failure) {
  end_ = end;
  ran_ = sent_ = Meeting::none;
  is_sound_ = true;
  while (true) {
    Meeting const all = meet(failure);
    if ((all.marks & failed) != 0) return true;
    if ((all.marks & unsound) != 0 || all.events > limit_) return false;
    if (all.earliest == Meeting::none) break;
    if (all.events == limit_) return false;
    if ((all.marks & many_rows) != 0) deliver(failure);
    if (all.events - balanced_events_ >= balance_interval_) balance(all, failure);
    else run(all, failure);
  }
  deliver(failure);
  add_up();
  return true;
}

/// Tells what this rank has done and has to do, hears the same of all, takes over what was sent to it.
Meeting RankWindows::meet(RankFailure const& failure) {
  RankTotals const own_totals = own();
  Meeting const told{.earliest = std::min(due(), due(sent_)),
                     .events = own_totals.events,
                     .busiest = own_totals.events - balanced_own_,
                     .marks = (is_sound_ ? 0u : unsound) | (failure.is_set() ? failed : 0u) |
                              (has_many_rows() ? many_rows : 0u)};
  received_.clear();
  auto const wall_begin = Clock::now();
  Meeting const all = ranks_.meet(told, boxes_[parity_], parity_, received_);
  before_.waiting_s += std::chrono::duration<double>(Clock::now() - wall_begin).count();
  std::size_t const stride = world_->table().layout.stride;
  for (std::size_t at = 0; at < received_.size(); at += stride) partition_.insert(received_.data() + at);
  // What this rank has told of what it sent is another rank's to run.
  reachable_ = std::min(sent_, told.earliest == all.earliest ? all.second : all.earliest);
  parity_ ^= 1;
  ranks_.settle(parity_);
  for (ByteBuffer& box : boxes_[parity_]) box.clear();
  sent_ = Meeting::none;
  return all;
}

/// The agreed window; and this rank's windows before the first in which another rank has events or receives one: until
/// then nothing can reach it.
void RankWindows::run(Meeting const& all, RankFailure& failure) {
  std::uint64_t const events_max = own().events + (limit_ - all.events);
  std::uint64_t before = reachable_;
  before_.windows += ranks_.me() == 0;
  for (std::uint64_t window = due(); window == all.earliest || window < before; window = due()) {
    before_.windows += window != all.earliest;
    run_window(window, failure);
    before = std::min(before, sent_);
    if (!is_sound_ || own().events > events_max || has_many_rows()) return;
  }
}

void RankWindows::run_window(std::uint64_t window, RankFailure& failure) {
  try {
    is_sound_ = partition_.run(window, end_, 0);
  } catch (...) {
    failure.keep();
    is_sound_ = false;
  }
  ran_ = window;
  sent_ = std::min(sent_, partition_.earliest_sent());
  route();
}

/// Puts what has left the range into the boxes of its receivers' ranks.
void RankWindows::route() {
  ByteBuffer& left = partition_.outbox(0, 0);
  std::size_t const stride = world_->table().layout.stride;
  for (std::size_t at = 0; at < left.size(); at += stride) {
    auto const& event = *reinterpret_cast<EventHeader const*>(left.data() + at);
    unsigned const rank = ranges_->owner(static_cast<std::uint32_t>(event.to));
    copy_record(boxes_[parity_][rank].append(stride), left.data() + at, stride);
  }
  left.clear();
}

void RankWindows::deliver(RankFailure& failure) {
  try {
    deliver_all(partition_.window_log(0), world_->table(), ranks_, *rows_);
  } catch (...) {
    failure.keep();
  }
}

/// Looks whether the busiest rank has had over 5/4 of its share of the events since the last look; then all ranks take new
/// ranges, in which the logical processes have sent equally much so far. All of it follows from what all know.
void RankWindows::balance(Meeting const& all, RankFailure& failure) {
  std::uint64_t const events = all.events - balanced_events_;
  balanced_events_ = all.events;
  balanced_own_ = own().events;
  if (ranks_.count() == 1 || all.busiest * ranks_.count() <= events / 4 * 5) return;
  balance_interval_ *= 2;
  share_blocks();
  WorldTable const& table = world_->table();
  std::vector<std::uint64_t> loads(table.lp_count);
  for (std::uint32_t lp = 0; lp < table.lp_count; ++lp) loads[lp] = 1 + table.block(lp).sends;
  LpRanges next(loads, ranks_.count());
  if (next == *ranges_) return;
  deliver(failure);
  auto const pending = gather_pending();
  before_ = own();
  ranges_ = std::move(next);
  take_range(before_.last);
  for (ByteBuffer const& records : pending) {
    for (std::size_t at = 0; at < records.size(); at += table.layout.stride) insert(records.data() + at);
  }
}

void RankWindows::share_blocks() { exchange_blocks(world_->table(), *ranges_, ranks_); }

std::vector<ByteBuffer> RankWindows::gather_pending() const {
  std::size_t const stride = world_->table().layout.stride;
  ByteBuffer records;
  partition_.calendar().walk([&](std::byte* record) { copy_record(records.append(stride), record, stride); });
  return ranks_.gather({records.data(), records.size()});
}

/// What this rank has done, under all its ranges.
RankTotals RankWindows::own() const {
  RunStatistics const& here = partition_.statistics();
  RankTotals all = before_;
  all.events += here.events;
  all.ties += here.ties;
  all.shortest_delay = std::min(all.shortest_delay, here.shortest_delay);
  all.last = std::max(all.last, partition_.last());
  return all;
}

void RankWindows::add_up() {
  RankTotals const mine = own();
  total_ = {.last = mine.last};
  for (ByteBuffer const& bytes : ranks_.gather(std::as_bytes(std::span(&mine, 1)))) {
    RankTotals its;
    std::memcpy(&its, bytes.data(), sizeof its);
    total_.events += its.events;
    total_.ties += its.ties;
    total_.shortest_delay = std::min(total_.shortest_delay, its.shortest_delay);
    total_.last = std::max(total_.last, its.last);
    total_.windows += its.windows;
    total_.waiting_s += its.waiting_s;
  }
}

/// `window`, or none if nothing in it is due before the end.
std::uint64_t RankWindows::due(std::uint64_t window) const {
  return window == Meeting::none || partition_.start_of(window) >= end_ ? Meeting::none : window;
}

std::uint64_t RankWindows::due() const {
  std::uint64_t const window = partition_.earliest();
  return window == ran_ ? Meeting::none : due(window);  // what is left of a window that was run comes at or after the end
}

bool RankWindows::has_many_rows() {
  WindowLog const& log = partition_.window_log(0);
  return log.calls.size() * sizeof(WindowLog::Call) + log.events.size() + log.rows.size() > rows_max;
}

}  // namespace sim
