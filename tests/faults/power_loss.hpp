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
  std::vector<Event> events;
  Tree after;  // as it really was
};

/// Starts so many workers at once in an empty directory `root`; what they did until each left after one replication.
std::vector<Event> begin_together(std::filesystem::path const& root, unsigned workers);

/// A crash drawn at random: moments everywhere, more of them near the start and the end, survival 0, 0.5 or 0.9.
Crash draw_crash(std::uint64_t seed, std::size_t events);

/// A campaign done by some workers at once, each with a share and a journal of its own.
class PowerLoss {
 public:
  /// Lives the life in `scratch`, and an undisturbed one.
  PowerLoss(std::filesystem::path scratch, unsigned workers);

  Life const& life() const { return life_; }
  /// Bytes of the results file of the undisturbed run.
  std::string const& expected() const { return expected_; }
  /// Builds the state after `crash`, starts the workers again and says what is wrong; empty if nothing is: every
  /// acknowledged replication found, none repeated, no error, the same file at the end. With `second_seed` the power fails
  /// a second time, at some moment of that recovery.
  std::string problem_after(std::vector<Event> const& events, Crash const& crash, std::uint64_t second_seed = 0) const;

 private:
  std::string recover(std::filesystem::path const& root, std::set<std::size_t> const& promised,
                      std::filesystem::path const& trace = {}) const;
  std::string look_and_recover(std::filesystem::path const& root, std::set<std::size_t> const& promised, bool is_done) const;

  std::filesystem::path scratch_;
  unsigned workers_;
  Life life_;
  std::string expected_;
};

}  // namespace faults
