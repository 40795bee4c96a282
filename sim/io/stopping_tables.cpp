#include "sim/io/stopping_tables.hpp"

#include <algorithm>

#include "sim/io/dataset_writer.hpp"

namespace sim {

namespace {

template <class To, class T, class Get>
std::vector<To> column_of(std::vector<T> const& rows, Get get) {
  std::vector<To> column;
  for (auto const& row : rows) column.push_back(static_cast<To>(get(row)));
  return column;
}

template <class T, class Get>
void write_texts(hid_t group, char const* name, std::vector<T> const& rows, Get get) {
  write_strings(group, name, column_of<std::string>(rows, get));
}
template <class T, class Get>
void write_integers(hid_t group, char const* name, std::vector<T> const& rows, Get get) {
  auto const column = column_of<std::int32_t>(rows, get);
  write_int32(group, name, {column.size()}, column.data());
}
template <class T, class Get>
void write_numbers(hid_t group, char const* name, std::vector<T> const& rows, Get get) {
  auto const column = column_of<double>(rows, get);
  write_float64(group, name, {column.size()}, column.data());
}

void write_targets(hid_t parent, std::vector<StoppingTarget> const& targets) {
  Hdf5Handle const group = create_group(parent, "targets");
  hid_t const id = group.get();
  write_texts(id, "response", targets, [](auto const& t) { return t.response; });
  write_texts(id, "nation", targets, [](auto const& t) { return t.nation; });
  write_texts(id, "statistic", targets, [](auto const& t) { return t.statistic; });
  write_texts(id, "relative_to", targets, [](auto const& t) { return t.relative_to; });
  write_numbers(id, "probability", targets, [](auto const& t) { return t.probability; });
  write_numbers(id, "threshold", targets, [](auto const& t) { return t.threshold; });
  write_numbers(id, "half_width", targets, [](auto const& t) { return t.half_width; });
  write_integers(id, "controls", targets, [](auto const& t) { return t.controls; });
  write_integers(id, "is_difference", targets, [](auto const& t) { return t.is_difference; });
}

void write_looks(hid_t parent, std::vector<LookRow> const& looks) {
  Hdf5Handle const group = create_group(parent, "looks");
  hid_t const id = group.get();
  write_integers(id, "look", looks, [](auto const& row) { return row.look; });
  write_integers(id, "target", looks, [](auto const& row) { return row.target; });
  write_integers(id, "point", looks, [](auto const& row) { return row.point; });
  write_integers(id, "state", looks, [](auto const& row) { return static_cast<std::int32_t>(row.state); });
  write_integers(id, "doubt", looks, [](auto const& row) { return row.doubt; });
  write_numbers(id, "n", looks, [](auto const& row) { return row.n; });
  write_numbers(id, "estimate", looks, [](auto const& row) { return row.estimate; });
  write_numbers(id, "lo", looks, [](auto const& row) { return row.lo; });
  write_numbers(id, "hi", looks, [](auto const& row) { return row.hi; });
  write_numbers(id, "wanted", looks, [](auto const& row) { return row.wanted; });
  write_numbers(id, "needed", looks, [](auto const& row) { return row.needed; });
}

std::string const root = "/stopping/";

// Whole numbers from 0 to `most`.
std::vector<std::uint32_t> read_counts(CheckedFile const& file, std::string const& path, std::size_t most) {
  std::vector<std::uint32_t> counts;
  for (std::int32_t const value : file.int32s(path)) {
    if (value < 0 || static_cast<std::size_t>(value) > most) file.fail(path + " is out of range");
    counts.push_back(static_cast<std::uint32_t>(value));
  }
  return counts;
}

template <class T>
T sized(CheckedFile const& file, T values, std::size_t size, std::string const& path) {
  if (values.size() != size) file.fail(path + " has a wrong length");
  return values;
}

std::vector<StoppingTarget> read_targets(CheckedFile const& file) {
  std::string const group = root + "targets/";
  auto const response = file.strings(group + "response");
  std::size_t const size = response.size();
  auto const texts = [&](char const* name) { return sized(file, file.strings(group + name), size, group + name); };
  auto const numbers = [&](char const* name) { return sized(file, file.float64s(group + name), size, group + name); };
  auto const nation = texts("nation"), statistic = texts("statistic"), relative_to = texts("relative_to");
  auto const probability = numbers("probability"), threshold = numbers("threshold"), half_width = numbers("half_width");
  auto const controls = sized(file, file.int32s(group + "controls"), size, group + "controls");
  auto const is_difference = sized(file, file.int32s(group + "is_difference"), size, group + "is_difference");
  std::vector<StoppingTarget> targets;
  for (std::size_t i = 0; i < size; ++i)
    targets.push_back({response[i], nation[i], statistic[i], probability[i], threshold[i], is_difference[i] != 0, controls[i] != 0, half_width[i], relative_to[i]});
  return targets;
}

std::vector<LookRow> read_looks(CheckedFile const& file, StoppingInfo const& rule, std::size_t points) {
  std::string const group = root + "looks/";
  auto const look = file.int32s(group + "look");
  std::size_t const size = look.size();
  auto const integers = [&](char const* name) { return sized(file, file.int32s(group + name), size, group + name); };
  auto const numbers = [&](char const* name) { return sized(file, file.float64s(group + name), size, group + name); };
  auto const target = integers("target"), point = integers("point"), state = integers("state"), doubt = integers("doubt");
  auto const n = numbers("n"), estimate = numbers("estimate"), lo = numbers("lo"), hi = numbers("hi"), wanted = numbers("wanted"), needed = numbers("needed");
  auto const is_below = [](std::int32_t value, std::size_t most) { return value >= 0 && static_cast<std::size_t>(value) < most; };
  std::vector<LookRow> looks;
  for (std::size_t i = 0; i < size; ++i) {
    bool const fits = is_below(look[i], rule.counts.size()) && is_below(target[i], rule.targets.size()) && is_below(point[i], points) &&
                      is_below(state[i], 3) && is_below(doubt[i], 4) && n[i] >= 0 && n[i] < 1e15;
    if (!fits) file.fail(group + " holds a look that the rule does not have");
    looks.push_back({static_cast<std::uint32_t>(look[i]), static_cast<std::uint32_t>(target[i]), static_cast<std::uint32_t>(point[i]), static_cast<std::uint64_t>(n[i]),
                     estimate[i], lo[i], hi[i], wanted[i], needed[i], static_cast<LookState>(state[i]), doubt[i]});
  }
  return looks;
}

}  // namespace

void write_stopping(hid_t file, StoppingInfo const& stopping) {
  if (!stopping.is_rule()) return;
  Hdf5Handle const group = create_group(file, "stopping");
  hid_t const id = group.get();
  write_attribute(id, "unit", stopping.unit);
  write_attribute(id, "together", stopping.together ? 1 : 0);
  double const levels[] = {stopping.confidence, stopping.look_level};
  write_float64(id, "levels", {2}, levels);
  write_integers(id, "counts", stopping.counts, [](auto count) { return count; });
  write_integers(id, "taken", stopping.taken, [](auto count) { return count; });
  write_targets(id, stopping.targets);
  write_looks(id, stopping.looks);
}

StoppingInfo read_stopping(CheckedFile const& file, ResultSchema const& schema) {
  StoppingInfo rule;
  if (!file.has("/stopping")) return rule;
  rule.unit = file.text_attribute("/stopping", "unit");
  if (rule.unit != "futures" && rule.unit != "replications") file.fail("/stopping counts in an unknown unit");
  rule.together = file.int32_attribute("/stopping", "together") != 0;
  auto const levels = sized(file, file.float64s(root + "levels"), 2, root + "levels");
  rule.confidence = levels[0];
  rule.look_level = levels[1];
  std::uint32_t const maximum = rule.unit == "futures" ? schema.futures : schema.replications;
  rule.counts = read_counts(file, root + "counts", maximum);
  if (rule.counts.empty() || rule.counts.back() != maximum || !std::is_sorted(rule.counts.begin(), rule.counts.end())) file.fail(root + "counts do not end at the maximum");
  rule.taken = read_counts(file, root + "taken", maximum);
  if (!rule.taken.empty()) rule.taken = sized(file, rule.taken, schema.treatments.size(), root + "taken");
  rule.targets = read_targets(file);
  rule.looks = read_looks(file, rule, schema.treatments.size());
  return rule;
}

}  // namespace sim
