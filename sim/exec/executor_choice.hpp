// Which executor runs a world fastest: the decision behind `--executor auto`.
#pragma once

#include <cstdint>
#include <string>

#include "sim/base/time.hpp"

namespace sim {

/// What the decision rests on.
struct ExecutorQuestion {
  std::uint32_t lps = 0;          // logical processes
  Duration lookahead = tick;      // of the world
  double events_per_window = 0;   // mean number of events in the windows of the lookahead that hold any
  unsigned threads = 1;           // cores that one replication may use
  std::uint32_t regions = 1;      // of the world (Regions)
  double windows_apart = 1;       // windows that lie between two regions at least: workers of different ones meet as seldom
};

struct ExecutorChoice {
  std::string executor;           // as make_executor knows it
  unsigned threads = 1;
  std::string reason;             // "windows of 60 s hold 0.9 events: threads would only wait"
};

/// Windows with fewer events than this are left to the sequential executor [events].
inline constexpr double window_worth_batching = 64;
/// Events of a window that each of several workers must find; two gain from half of it on, but lose threefold if
/// something else takes their cores [events].
inline constexpr double events_worth_a_worker = 128;

/// A pure function; the two bounds are measured (docs/design/executors.md). Results never depend on the choice.
ExecutorChoice choose_executor(ExecutorQuestion const& question);

}  // namespace sim
