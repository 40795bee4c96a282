// What the directory of an unfinished campaign says of itself, so that every worker and `merge` know what they have.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "sim/base/campaign_shape.hpp"
#include "sim/base/error.hpp"
#include "sim/io/provenance.hpp"

namespace sim {

/// Content of manifest.toml.
struct Manifest {
  std::uint32_t format_version = 2;
  Fingerprint fingerprint;
  std::string study;           // its name
  std::string build;           // version and commit
  CampaignShape shape;
  std::string study_text;      // ResultSchema::study_text
  std::string resolved_study;  // ResultSchema::resolved_study; parses to the same study
};

/// The manifest cannot be read as it was written.
struct ManifestDamaged : Error {
  using Error::Error;
};

/// Manifest of a campaign with this build.
Manifest make_manifest(BuildInfo const& build, ResultSchema const& schema);

/// "PARTS/manifest.toml"
std::filesystem::path manifest_path(std::filesystem::path const& parts);

/// The manifest as a file.
std::string to_text(Manifest const& manifest);

/// Reads `parts`/manifest.toml; throws Error if it is missing or of another format, ManifestDamaged if it is damaged.
Manifest read_manifest(std::filesystem::path const& parts);

}  // namespace sim
