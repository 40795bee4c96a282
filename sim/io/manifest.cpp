#include <charconv>
#include <map>

#include "sim/base/error.hpp"
#include "sim/io/parts_directory.hpp"

namespace sim {

namespace {

[[noreturn]] void throw_damaged(std::filesystem::path const& path, std::string const& why) {
  throw Error("cannot use " + path.string() + " (" + why + ") restore it, or delete the directory and start again");
}

// Lines `key = "text"` and `key = 123`, comments and blank lines: the part of TOML that the manifest needs.
std::map<std::string, std::string> parse_lines(std::filesystem::path const& path, std::string const& text) {
  std::map<std::string, std::string> values;
  std::size_t start = 0;
  while (start < text.size()) {
    std::size_t const end = std::min(text.find('\n', start), text.size());
    std::string const line = text.substr(start, end - start);
    start = end + 1;
    if (line.empty() || line[0] == '#') continue;
    std::size_t const equals = line.find(" = ");
    if (equals == std::string::npos) throw_damaged(path, "a line without \" = \"");
    std::string value = line.substr(equals + 3);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
    if (!values.emplace(line.substr(0, equals), value).second) throw_damaged(path, "a key stands there twice");
  }
  return values;
}

std::uint64_t number(std::filesystem::path const& path, std::string const& text) {
  std::uint64_t value = 0;
  auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc() || end != text.data() + text.size()) throw_damaged(path, "\"" + text + "\" is no number");
  return value;
}

// Study names come from a config: keep what stands safely between quotes on one line.
std::string plain(std::string text) {
  for (char& c : text) {
    if (c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20) c = '_';
  }
  return text;
}

}  // namespace

Manifest make_manifest(BuildInfo const& build, ResultSchema const& schema) {
  Manifest manifest;
  manifest.fingerprint = fingerprint_of(build, schema);
  manifest.study = plain(schema.study);
  manifest.build = build.version + " " + build.commit + (build.dirty ? " dirty" : "");
  manifest.planned = std::uint64_t{schema.treatments.size()} * schema.futures * schema.replications;
  return manifest;
}

std::string to_text(Manifest const& manifest) {
  return "# Unfinished campaign: replications computed so far lie in the journals beside this file.\n"
         "format_version = " + std::to_string(manifest.format_version) + "\n" +
         "fingerprint = \"" + manifest.fingerprint.hex() + "\"\n" +
         "study = \"" + manifest.study + "\"\n" +
         "build = \"" + manifest.build + "\"\n" +
         "planned = " + std::to_string(manifest.planned) + "\n";
}

Manifest read_manifest(std::filesystem::path const& parts) {
  std::filesystem::path const path = parts / "manifest.toml";
  auto const values = parse_lines(path, read_small_file(path, 1u << 20));
  auto const value = [&](char const* key) {
    auto const it = values.find(key);
    if (it == values.end()) throw_damaged(path, "it lacks " + std::string(key));
    return it->second;
  };
  Manifest manifest;
  std::uint64_t const version = number(path, value("format_version"));
  if (version != manifest.format_version) {
    throw Error("cannot continue in " + parts.string() + " (its format is " + std::to_string(version) +
                ", this program knows " + std::to_string(manifest.format_version) +
                ") use the version of the program that started it");
  }
  manifest.fingerprint = parse_fingerprint(value("fingerprint"));
  manifest.study = value("study");
  manifest.build = value("build");
  manifest.planned = number(path, value("planned"));
  return manifest;
}

}  // namespace sim
