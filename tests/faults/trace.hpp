// Reads what the shim wrote down of a program's life, and takes calls out of it to make broken twins.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "tests/faults/trace_record.hpp"

namespace faults {

/// One call; paths are relative to the watched directory, which is "" itself.
struct Event {
  TraceHead head;
  std::string path, new_path, data;
};

/// All events of a trace. Throws std::runtime_error if it is torn.
std::vector<Event> read_trace(std::filesystem::path const& trace, std::filesystem::path const& root);

/// The events without those that `is_left_out` picks; the begin of a sync goes with its end.
std::vector<Event> without(std::vector<Event> events, std::function<bool(Event const&)> const& is_left_out);

/// Numbers of the replications that the output before event `moment` acknowledges ("ack N N ..." lines).
std::set<std::size_t> acknowledged(std::vector<Event> const& events, std::size_t moment);
/// The same of an output as text; an unfinished last line does not count.
std::set<std::size_t> acknowledged(std::string const& output);
/// True if the output before `moment` says that the results file is there ("done").
bool says_done(std::vector<Event> const& events, std::size_t moment);

}  // namespace faults
