// Splitting runs of M/M/1 overflow, for tests.
#pragma once

#include <string>
#include <vector>

#include "models/queue/overflow.hpp"
#include "sim/base/results.hpp"

namespace overflow {

/// Capacity 10, 20, 30 and 40 at load 0.5: 1e-3, 1e-6, 1e-9 and 1e-12, with about a tenth of the histories from level to level.
queue::Overflow up_to(double capacity, std::uint32_t effort);

/// One replication; fails the test unless it is done.
sim::ReplicationRecord run(queue::Overflow const& overflow, std::uint32_t replication, std::string const& executor = "sequential");
/// Replications 0 ... n - 1.
std::vector<sim::ReplicationRecord> run_all(queue::Overflow const& overflow, std::uint32_t n);

/// Estimates of the overflow, one a replication.
std::vector<double> estimates(std::vector<sim::ReplicationRecord> const& records);
/// Another response, counted from the last one.
std::vector<double> response_from_last(std::vector<sim::ReplicationRecord> const& records, std::size_t back);

}  // namespace overflow
