// A replication that has been run again beside what is recorded of it, to the bit.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/base/results.hpp"
#include "sim/io/results_file.hpp"

namespace app {

/// "done", "failed" or "censored".
std::string_view text_of(sim::ReplicationStatus status);

/// What differs between what is recorded and `now`: status, digests, number of events, responses, focal series and incident rows.
/// A line for each, empty if all is the same.
std::vector<std::string> differences(sim::ResultSchema const& schema, sim::ReplicationRecord const& recorded,
                                     sim::ReplicationRecord const& now);

/// Leaves of the incidents that a program with the schema `program` has recorded in `now` the columns that a file with the schema `file` has: older
/// files have fewer. Columns that the program does not make are NaN.
void keep_columns(sim::ResultSchema const& file, sim::ResultSchema const& program, sim::ReplicationRecord& now);

/// Tells standard error of the first few.
void complain_of(std::vector<std::string> const& differences);

/// Says beforehand why a replication that is run again by another program may differ.
void warn_of_another_build(sim::ResultsFile const& file, sim::ResultSchema const& schema);

}  // namespace app
