// Reads back what a results file says about its study; for this folder only.
#pragma once

#include "sim/base/results.hpp"
#include "sim/io/checked_reader.hpp"
#include "sim/io/provenance.hpp"

namespace sim {

/// The schema as written by write_schema and the tables' attributes; throws Error if parts are missing, damaged or do
/// not fit each other.
ResultSchema read_schema(CheckedFile const& file);
/// Build that wrote the file.
BuildInfo read_build(CheckedFile const& file);
/// Throws Error unless the root says that this is a results file of a version that this program knows.
void check_format(CheckedFile const& file);

}  // namespace sim
