// Row sinks for a run that is run again: what has been handed on is counted, and left out the second time.
#pragma once

#include <cstdint>

#include "sim/kernel/row.hpp"

namespace sim {

/// Passes on what comes after the rows and events that have been delivered before.
class LaterRows final : public RowSink {
 public:
  LaterRows(RowSink& rows, std::uint64_t rows_before, std::uint64_t events_before)
      : rows_(rows), rows_before_(rows_before), events_before_(events_before) {}
  void row(RowKey const& key, std::span<std::byte const> bytes) override {
    if (rows_before_ > 0) --rows_before_;
    else rows_.row(key, bytes);
  }
  void event(EventHeader const& event, EventCause const& cause) override {
    if (events_before_ > 0) --events_before_;
    else rows_.event(event, cause);
  }

 private:
  RowSink& rows_;
  std::uint64_t rows_before_, events_before_;
};

/// Counts what is handed on.
class CountedRows final : public RowSink {
 public:
  explicit CountedRows(RowSink& sink) : sink_(sink) {}
  void row(RowKey const& key, std::span<std::byte const> bytes) override {
    ++rows;
    sink_.row(key, bytes);
  }
  void event(EventHeader const& event, EventCause const& cause) override {
    ++events;
    sink_.event(event, cause);
  }
  std::uint64_t rows = 0, events = 0;

 private:
  RowSink& sink_;
};

}  // namespace sim
