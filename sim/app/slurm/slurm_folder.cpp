#include "sim/app/slurm/slurm_folder.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <optional>

#include "sim/app/console.hpp"
#include "sim/base/error.hpp"
#include "sim/io/checksum.hpp"
#include "sim/io/posix_file.hpp"

namespace app {

namespace {

namespace fs = std::filesystem;
constexpr std::uint64_t file_bytes_max = 4 << 20;

[[noreturn]] void throw_occupied(fs::path const& what, std::string const& why) {
  throw sim::Error("cannot use " + shell_quoted(what.parent_path().string()) + " (" + why + ") choose another folder with -o");
}

/// Content of a file; empty if there is none.
std::optional<std::string> content(fs::path const& path) {
  std::error_code none;
  if (!fs::exists(fs::symlink_status(path, none))) return {};
  return sim::read_small_file(path, file_bytes_max);
}

void require_same_campaign(SlurmJob const& job, std::string_view study_text) {
  fs::path const folder(job.folder);
  auto const study = content(folder / study_name);
  if (study && *study != study_text) throw_occupied(folder / study_name, "it holds the campaign of another study");
  for (std::string_view const name : {array_script_name, merge_script_name}) {
    auto const script = content(folder / name);
    if (script && identity_of_script(*script) != job.identity)
      throw_occupied(folder / name, std::string(name) + " there is of another study, or of the same with other changes");
  }
  if (study) return;
  fs::path const begun = sim::file_aside(folder / study_name);  // left by a kill
  for (fs::directory_entry const& entry : fs::directory_iterator(folder)) {
    if (entry.path() != begun) throw_occupied(entry.path(), "it holds other files and no campaign");
  }
}

void make_folder(fs::path const& path) {
  if (::mkdir(path.c_str(), 0777) == 0 || errno == EEXIST) return;
  sim::throw_file_error("make the folder", path, errno);
}

/// Writes a script unless it is there and was changed by hand; what was done.
std::string write_script(fs::path const& path, std::string const& text) {
  auto const before = content(path);
  if (before && *before == text) return path.string() + ": as it was";
  if (before && !is_as_written(*before)) return path.string() + ": kept, it was changed by hand; remove it to have it written anew";
  sim::write_file_durably(path, text);
  return path.string() + (before ? ": written anew" : ": written");
}

}  // namespace

std::string absolute_folder(std::string const& folder) {
  std::string path = fs::weakly_canonical(fs::absolute(folder)).string();
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

std::string campaign_identity(std::string_view study_text, std::vector<std::string> const& changes) {
  sim::Sha256 hash;
  hash.update(sim::sha256_hex(study_text));
  for (std::string const& change : changes) hash.update(sim::sha256_hex(change));
  auto const digest = hash.finish();
  return sim::to_hex(digest.data(), digest.size());
}

std::vector<std::string> write_campaign(SlurmJob const& job, std::string_view study_text) {
  fs::path const folder(job.folder);
  std::error_code none;
  auto const status = fs::status(folder, none);
  if (fs::exists(status) && !fs::is_directory(status))
    throw sim::Error("cannot use " + shell_quoted(job.folder) + " (it is a file, no folder) choose another folder with -o");
  if (fs::exists(status)) require_same_campaign(job, study_text);
  else require_writable_folder(job.folder);
  make_folder(folder);
  std::vector<std::string> done;
  if (content(folder / study_name)) {
    done.push_back((folder / study_name).string() + ": as it was");
  } else {
    sim::write_file_durably(folder / study_name, study_text);
    done.push_back((folder / study_name).string() + ": written");
  }
  make_folder(folder / logs_name);
  done.push_back(write_script(folder / array_script_name, array_script(job)));
  done.push_back(write_script(folder / merge_script_name, merge_script(job)));
  return done;
}

}  // namespace app
