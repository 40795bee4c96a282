#include "sim/app/campaign/unfinished_campaign.hpp"

#include "models/world/scenario.hpp"
#include "sim/base/error.hpp"
#include "sim/io/output.hpp"

namespace app {

std::filesystem::path require_parts(std::string const& out) {
  std::filesystem::path const parts = sim::parts_directory(out);
  if (std::filesystem::exists(sim::manifest_path(parts))) return parts;
  throw sim::Error("no campaign at " + out + " (neither this file nor the directory " + parts.string() +
                   " with its journals is there) check the path, or start one with berylia run");
}

UnfinishedCampaign open_unfinished(std::string const& out) {
  std::filesystem::path const parts = require_parts(out);
  sim::Manifest manifest = sim::read_manifest(parts);
  sim::Study study = sim::parse_study({parts.string() + " (resolved study)", manifest.resolved_study}, {}, world::vocabulary());
  study.text = manifest.study_text;
  WorldStudy opened = with_scenario(std::move(study));
  if (sim::fingerprint_of(sim::build_info(), opened.scenario->schema()) != manifest.fingerprint) {
    throw sim::Error("cannot use " + parts.string() + " (the campaign is of build " + manifest.build +
                     ", or of other data) use the program that started it");
  }
  return {parts, std::move(manifest), std::move(opened)};
}

}  // namespace app
