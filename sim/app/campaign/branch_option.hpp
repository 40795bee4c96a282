// Where the treatments of a history part: what the command line asks for, else the study, else where they first differ.
#pragma once

#include <string>

#include "sim/base/time.hpp"
#include "sim/campaign/study.hpp"

namespace app {

/// Option that shares nothing.
inline constexpr char const* unbranched = "none";

/// The date as text, or `unbranched`, also for a study of one treatment or of treatments that differ from the start on; says aloud what was asked for. `option` is that of
/// the command line, empty where there was none; throws sim::Error that names it, unless it is a date to branch on.
std::string settled_branch(std::string const& option, sim::Study const& study);

/// The same without a word.
std::string branch_of(std::string const& option, sim::Study const& study);

/// The moment of a settled branch, for sim::CampaignOptions.
sim::Time branch_time(std::string const& settled);

}  // namespace app
