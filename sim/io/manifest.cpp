#include "sim/io/manifest.hpp"

#include <charconv>
#include <map>

#include "sim/base/error.hpp"
#include "sim/base/toml_string.hpp"
#include "sim/io/checksum.hpp"
#include "sim/io/posix_file.hpp"

namespace sim {

namespace {

constexpr std::uint64_t size_max = std::uint64_t{256} << 20;          // of the file [bytes]
constexpr std::uint64_t replications_max = std::uint64_t{1} << 27;  // no study plans more

[[noreturn]] void throw_damaged(std::filesystem::path const& path, std::string const& why) {
  throw ManifestDamaged("cannot use " + path.string() + " (" + why + ") the command that computes the campaign, berylia run, writes it "
                        "anew where the journals beside it are of the same campaign");
}

// CRC-32C of all lines before.
std::string checksum_line(std::string const& text) {
  return "checksum = " + toml_string(to_hex(std::uint64_t{crc32c(text.data(), text.size())}).substr(8)) + "\n";
}

// What toml_string() has quoted.
std::string unquoted(std::filesystem::path const& path, std::string const& text) {
  std::string out;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    char const kind = text[++i];
    if (kind == 'n') {
      out += '\n';
    } else if (kind != 'u') {
      out += kind;
    } else {
      unsigned code = 0;
      char const* const digits = text.data() + i + 1;
      if (i + 5 >= text.size() || std::from_chars(digits, digits + 4, code, 16).ptr != digits + 4 || code > 0x7f) {
        throw_damaged(path, "an escape that is none");
      }
      out += static_cast<char>(code);
      i += 4;
    }
  }
  return out;
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
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = unquoted(path, value);
    if (!values.emplace(line.substr(0, equals), value).second) throw_damaged(path, "a key stands there twice");
  }
  return values;
}

std::uint64_t number(std::filesystem::path const& path, std::string const& text, std::uint64_t most) {
  std::uint64_t value = 0;
  auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc() || end != text.data() + text.size()) throw_damaged(path, "\"" + text + "\" is no number");
  if (value > most) throw_damaged(path, text + " is too large");
  return value;
}

}  // namespace

Manifest make_manifest(BuildInfo const& build, ResultSchema const& schema) {
  return {.fingerprint = fingerprint_of(build, schema),
          .study = schema.study,
          .build = build.version + " " + build.commit + (build.dirty ? " dirty" : ""),
          .shape = shape_of(schema),
          .study_text = schema.study_text,
          .resolved_study = schema.resolved_study};
}

std::filesystem::path manifest_path(std::filesystem::path const& parts) { return parts / "manifest.toml"; }

std::string to_text(Manifest const& manifest) {
  std::string const text =
         "# Unfinished campaign: replications computed so far lie in the journals beside this file.\n"
         "format_version = " + std::to_string(manifest.format_version) + "\n" +
         "fingerprint = " + toml_string(manifest.fingerprint.hex()) + "\n" +
         "study = " + toml_string(manifest.study) + "\n" +
         "build = " + toml_string(manifest.build) + "\n" +
         "points = " + std::to_string(manifest.shape.points) + "\n" +
         "futures = " + std::to_string(manifest.shape.futures) + "\n" +
         "replications = " + std::to_string(manifest.shape.replications) + "\n" +
         "study_text = " + toml_string(manifest.study_text) + "\n" +
         "resolved_study = " + toml_string(manifest.resolved_study) + "\n";
  return text + checksum_line(text);
}

Manifest read_manifest(std::filesystem::path const& parts) {
  std::filesystem::path const path = manifest_path(parts);
  std::string const text = read_small_file(path, size_max);
  auto const values = parse_lines(path, text);
  auto const value = [&](char const* key) {
    auto const it = values.find(key);
    if (it == values.end()) throw_damaged(path, "it lacks " + std::string(key));
    return it->second;
  };
  Manifest manifest;
  std::uint64_t const version = number(path, value("format_version"), UINT32_MAX);
  if (version != manifest.format_version) {
    throw Error("cannot continue in " + parts.string() + " (its format is " + std::to_string(version) +
                ", this program knows " + std::to_string(manifest.format_version) +
                ") use the version of the program that started it");
  }
  std::size_t const last_line = text.rfind("checksum = ");
  if (last_line == std::string::npos || text.substr(last_line) != checksum_line(text.substr(0, last_line)))
    throw_damaged(path, "its checksum does not fit");
  auto const count = [&](char const* key) { return static_cast<std::uint32_t>(number(path, value(key), UINT32_MAX)); };
  manifest.fingerprint = parse_fingerprint(value("fingerprint"));
  manifest.study = value("study");
  manifest.build = value("build");
  manifest.shape = {count("points"), count("futures"), count("replications")};
  if (manifest.shape.points > 0 && manifest.shape.futures > 0 &&
      manifest.shape.replications > replications_max / manifest.shape.points / manifest.shape.futures) {
    throw_damaged(path, "it plans more than " + std::to_string(replications_max) + " replications");
  }
  manifest.study_text = value("study_text");
  manifest.resolved_study = value("resolved_study");
  return manifest;
}

}  // namespace sim
