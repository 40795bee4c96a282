// The data tables of configs/data, embedded in the program at build time so that they need no path.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace world {

/// Contents of configs/data/`file_name`, byte for byte as at build time, e.g. data_table("nations.tsv") or data_table("berylia/nations.tsv").
/// Lives as long as the program. Throws sim::Error, with the names that exist, for any other name.
std::string_view data_table(std::string_view file_name);

/// Names of all embedded tables, those of a folder with it; sorted.
std::vector<std::string> data_table_names();

}  // namespace world
