// The folder of a campaign on a Slurm cluster: the study, the two job scripts and the logs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/app/slurm/slurm_script.hpp"

namespace app {

/// Absolute path of `folder`, which need not exist, with symbolic links resolved.
std::string absolute_folder(std::string const& folder);

/// Tells the campaign of a study and its changes from any other.
std::string campaign_identity(std::string_view study_text, std::vector<std::string> const& changes);

/// Makes job.folder, which may be there and hold this campaign already, with study, scripts and the folder of logs; a
/// script that was changed by hand is kept. Each file is there whole or not at all. The lines say what was done. Throws
/// sim::Error, and changes nothing, if the folder holds anything but this campaign; throws it too if it cannot be written.
std::vector<std::string> write_campaign(SlurmJob const& job, std::string_view study_text);

}  // namespace app
