// A traced life of the campaign's writer, and what must hold after a loss of power at any moment of it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/faults/crash_state.hpp"
#include "tests/faults/fault_campaign.hpp"

namespace faults {

/// The life of a campaign of 60 replications: started, left abruptly, continued, left again, finished, asked for once more.
struct Life {
  Tree before;
  std::vector<Event> events;
  Tree after;  // as it really was
};

/// Lives it in a directory of its own.
Life live(std::filesystem::path const& scratch);

/// Bytes of the results file of an undisturbed run.
std::string undisturbed(std::filesystem::path const& scratch);

/// Builds the state after `crash`, starts the writer again and says what is wrong; empty if nothing is: every
/// acknowledged replication found, none repeated, no error, the same file at the end. With `second_seed` the power fails
/// a second time, at some moment of that recovery.
std::string problem_after(std::filesystem::path const& scratch, Tree const& before, std::vector<Event> const& events,
                          Crash const& crash, std::string const& expected, std::uint64_t second_seed = 0);

/// A crash drawn at random: moments everywhere, more of them near the start and the end, survival 0, 0.5 or 0.9.
Crash draw_crash(std::uint64_t seed, std::size_t events);

}  // namespace faults
