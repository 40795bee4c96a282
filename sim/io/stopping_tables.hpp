// The stopping rule and its looks in a results file; for this folder only.
#pragma once

#include "sim/base/results.hpp"
#include "sim/io/checked_reader.hpp"
#include "sim/io/hdf5_handles.hpp"

namespace sim {

/// Group stopping; nothing without a rule.
void write_stopping(hid_t file, StoppingInfo const& stopping);

/// What write_stopping has written, checked against the study read so far; no rule if there is no such group.
StoppingInfo read_stopping(CheckedFile const& file, ResultSchema const& schema);

}  // namespace sim
