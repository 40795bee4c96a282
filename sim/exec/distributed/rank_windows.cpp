#include "sim/exec/distributed/rank_windows.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <limits>
#include <utility>

#include "sim/exec/distributed/exchange_blocks.hpp"
#include "sim/exec/distributed/rank_rows.hpp"

namespace sim {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t look_interval_min = 2048;    // events between two looks at the ranges
constexpr std::uint64_t events_per_rank_min = 48;    // in a window, below which one rank runs all of them

}  // namespace

RankWindows::RankWindows(Ranks& ranks) : ranks_(ranks), due_(ranks.count()) {}

void RankWindows::reset(World const& world, Time origin, EventKey last, RowSink& rows, std::uint64_t limit) {
  world_ = &world;
  rows_ = &rows;
  origin_ = origin;
  limit_ = limit;
  std::uint32_t const lps = world.lp_count();
  if (!ranges_ || ranges_->last(ranks_.count() - 1) != lps) {
    ranges_.emplace(lps, ranks_.count());
    ranges_->follow(world.regions());
    is_alone_ = false;
  }
  before_ = {.last = last};
  total_ = {.last = last};
  looked_ = {};
  looked_own_ = meetings_ = 0;
  look_interval_ = ranks_.count() == 1 ? std::numeric_limits<std::uint64_t>::max() : std::max<std::uint64_t>(look_interval_min, lps);
  for (unsigned const parity : {0u, 1u}) {
    ranks_.settle(parity);
    outboxes_[parity].reset(ranks_.count());
  }
  log_.reset();
  take_range(last);
}

void RankWindows::take_range(EventKey last) {
  partition_.reset(*world_, origin_, *ranges_, ranks_.me(), last);
  partition_.run_until(end_);
  partition_.limit(limit_ - std::min(limit_, before_.statistics.events));
  distances_ = Distances(*world_, *ranges_, partition_.window_width());
}

void RankWindows::insert(std::byte const* record) {
  auto const to = static_cast<std::uint32_t>(reinterpret_cast<EventHeader const*>(record)->to);
  if (to >= ranges_->first(ranks_.me()) && to < ranges_->last(ranks_.me())) partition_.insert(record);
}

bool RankWindows::run_until(Time end, RankFailure& failure) {
  end_ = end;
  partition_.run_until(end);
  is_sound_ = true;
  while (true) {
    Meeting const all = meet(failure);
    if ((all.marks & failed) != 0) return true;
    if ((all.marks & unsound) != 0 || all.events > limit_) return false;
    if (agreed_ == WindowCalendar::none || partition_.start_of(agreed_) >= end) break;
    if (all.events == limit_) return false;
    if ((all.marks & many_rows) != 0) deliver(partition_.start_of(agreed_), failure);
    if (all.events - looked_.events >= look_interval_) look(all, failure);
    else run(all, failure);
  }
  deliver(end_of_time, failure);
  add_up();
  return true;
}

/// Tells what this rank has done and has to do, hears the same of all, takes over what was sent to it.
Meeting RankWindows::meet(RankFailure const& failure) {
  RankTotals const own_totals = own();
  Meeting const told{.events = own_totals.statistics.events,
                     .windows = ranks_.me() == 0 ? own_totals.execution.windows : 0,
                     .busiest = own_totals.statistics.events - looked_own_,
                     .marks = (is_sound_ ? 0u : unsound) | (failure.is_set() ? failed : 0u) |
                              (has_many_rows() ? many_rows : 0u)};
  auto const& boxes = outboxes_[parity_].to;
  for (unsigned rank = 0; rank < ranks_.count(); ++rank) due_[rank] = boxes[rank].earliest;
  due_[ranks_.me()] = partition_.due();
  received_.clear();
  auto const wall_begin = Clock::now();
  Meeting const all = ranks_.meet(told, due_, boxes, parity_, received_);
  ++meetings_;
  ++before_.execution.meetings;
  before_.execution.waiting_s += std::chrono::duration<double>(Clock::now() - wall_begin).count();
  std::size_t const stride = world_->table().layout.stride;
  for (std::size_t at = 0; at < received_.size(); at += stride) partition_.insert(received_.data() + at);
  agreed_ = *std::min_element(due_.begin(), due_.end());
  parity_ ^= 1;
  ranks_.settle(parity_);
  outboxes_[parity_].reset(ranks_.count());
  return all;
}

/// The first window in which another rank may act on this one: what it has already, or what comes of something that this
/// one has sent it since the last meeting.
std::uint64_t RankWindows::reachable() const {
  std::uint64_t least = WindowCalendar::none;
  for (unsigned rank = 0; rank < ranks_.count(); ++rank) {
    if (rank == ranks_.me()) continue;
    std::uint64_t const acts = std::min(due_[rank], outboxes_[parity_].to[rank].earliest);
    least = std::min(least, windows_after(acts, distances_.between(rank, ranks_.me())));
  }
  return least;
}

/// This rank's windows before the first in which another one may act on it.
void RankWindows::run(Meeting const& all, RankFailure& failure) {
  // With the limit within reach, or a look due, all meet again.
  std::uint64_t const events_max = own().statistics.events + std::min(limit_ - all.events, look_interval_);
  for (std::uint64_t window = partition_.due(); window < reachable(); window = partition_.due()) {
    before_.execution.windows_alone += is_alone_;
    run_window(window, failure);
    if (!is_sound_ || own().statistics.events > events_max || has_many_rows()) return;
  }
}

void RankWindows::run_window(std::uint64_t window, RankFailure& failure) {
  try {
    is_sound_ = partition_.run(window, outboxes_[parity_], log_);
  } catch (...) {
    failure.keep();
    is_sound_ = false;
  }
}

void RankWindows::deliver(Time end, RankFailure& failure) {
  try {
    deliver_all(log_, end, world_->table(), ranks_, *rows_);
  } catch (...) {
    failure.keep();
  }
}

/// Looks whether other ranges would be better, and takes them. All follows from what all ranks know.
void RankWindows::look(Meeting const& all, RankFailure& failure) {
  Meeting const since{.events = all.events - looked_.events, .windows = all.windows - looked_.windows, .busiest = all.busiest};
  LpRanges next = better_ranges(since);
  looked_ = all;
  looked_own_ = own().statistics.events;
  meetings_ = 0;
  if (next != *ranges_) change(std::move(next), failure);
}

/// Few events a window: all to the first rank, since meeting would cost more than it saves. Many, but the busiest rank had
/// over 5/4 of its share: ranges whose logical processes have sent equally much so far.
LpRanges RankWindows::better_ranges(Meeting const& since) {
  unsigned const ranks = ranks_.count();
  std::uint64_t const worthwhile = events_per_rank_min * ranks;
  std::uint32_t const lps = world_->lp_count();
  if (is_alone_) {
    if (since.events < 2 * worthwhile * since.windows) return *ranges_;
    is_alone_ = false;
  } else {
    is_alone_ = since.events < worthwhile * meetings_;
    if (is_alone_) return LpRanges::all_on_first(lps, ranks);
    if (since.busiest * ranks <= since.events / 4 * 5) return *ranges_;
  }
  share_blocks();
  std::vector<std::uint64_t> loads(lps);
  for (std::uint32_t lp = 0; lp < lps; ++lp) loads[lp] = 1 + world_->table().block(lp).sends;
  LpRanges next(loads, ranks);
  next.follow(world_->regions(), loads);
  return next;
}

void RankWindows::change(LpRanges next, RankFailure& failure) {
  look_interval_ *= 2;
  deliver(partition_.start_of(agreed_), failure);
  share_blocks();
  auto const pending = gather_pending();
  before_ = own();
  ranges_ = std::move(next);
  take_range(before_.last);
  for (ByteBuffer const& records : pending) {
    for (std::size_t at = 0; at < records.size(); at += world_->table().layout.stride) insert(records.data() + at);
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
  RankTotals all = before_;
  all.statistics += partition_.statistics();
  all.execution.windows += partition_.windows();
  all.last = std::max(all.last, partition_.last());
  return all;
}

void RankWindows::add_up() {
  RankTotals const mine = own();
  total_ = {.last = mine.last};
  for (ByteBuffer const& bytes : ranks_.gather(std::as_bytes(std::span(&mine, 1)))) {
    RankTotals its;
    std::memcpy(&its, bytes.data(), sizeof its);
    total_.statistics += its.statistics;
    // Ranks meet together, and may run the same windows.
    std::uint64_t const windows = std::max(total_.execution.windows, its.execution.windows);
    total_.execution += its.execution;
    total_.execution.windows = windows;
    total_.execution.meetings = its.execution.meetings;
    total_.last = std::max(total_.last, its.last);
  }
}

}  // namespace sim
