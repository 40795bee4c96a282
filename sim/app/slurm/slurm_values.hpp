// What the user may hand to Slurm: times, sizes and names, checked before they reach a job script.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace app {

/// A time limit as Slurm writes it: MINUTES, MINUTES:SECONDS, HOURS:MINUTES:SECONDS, DAYS-HOURS, DAYS-HOURS:MINUTES or
/// DAYS-HOURS:MINUTES:SECONDS; rounded up to whole minutes, as Slurm does [s]. Empty for anything else, for 0 (which means
/// no limit to Slurm) and for more than 3650 days.
std::optional<std::uint32_t> parse_slurm_time(std::string_view text);

/// True for a size of memory as Slurm writes it: digits, and perhaps K, M, G or T behind them.
bool is_slurm_memory(std::string_view text);

/// True for 1 to 64 of A-Z a-z 0-9 _ . - that do not begin with '-'.
bool is_slurm_name(std::string_view text);

/// Why `text` cannot stand in a job script ("it holds a line break"); empty if it can.
std::string trouble_in_script(std::string_view text);
/// The same of the folder in which a job runs, whose name Slurm itself interprets.
std::string trouble_in_folder(std::string_view text);

}  // namespace app
