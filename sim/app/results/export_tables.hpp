// The tables of a results file as rows of CSV.
#pragma once

#include <string>
#include <vector>

#include "sim/app/commands.hpp"
#include "sim/app/csv_writer.hpp"
#include "sim/io/results_file.hpp"

namespace app {

/// Names of all tables.
std::vector<std::string> export_tables();

/// Writes the table that `options` names, header first. Throws sim::Error for a response or nation that is not there.
void write_table(sim::ResultsFile const& file, ExportOptions const& options, CsvWriter& csv);

}  // namespace app
