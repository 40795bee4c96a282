#include "sim/io/schema_reader.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/error.hpp"
#include "sim/io/checksum.hpp"
#include "sim/io/schema_writer.hpp"

namespace sim {

namespace {

Date read_date(CheckedFile const& file, std::string const& text, std::string const& where) {
  auto const date = parse_date(text);
  if (!date) file.fail(where + " holds no date");
  return *date;
}

// Strings that must be as many as their siblings.
std::vector<std::string> column(CheckedFile const& file, std::string const& path, std::size_t size) {
  auto values = file.strings(path);
  if (values.size() != size) file.fail(path + " has a wrong length");
  return values;
}

template <class T>
void expect_size(CheckedFile const& file, std::vector<T> const& values, std::size_t size, char const* path) {
  if (values.size() != size) file.fail(std::string(path) + " has a wrong length");
}

// Names in a group in the order of their attribute `position`.
std::vector<std::string> ordered_names(CheckedFile const& file, std::string const& group,
                                       std::vector<std::string> const& others = {}) {
  std::vector<std::string> all = file.names(group);
  std::erase_if(all, [&](auto const& name) { return std::find(others.begin(), others.end(), name) != others.end(); });
  std::vector<std::string> ordered(all.size());
  for (auto const& name : all) {
    std::int32_t const position = file.int32_attribute(group + "/" + name, "position");
    if (position < 0 || static_cast<std::size_t>(position) >= all.size() ||
        !ordered[static_cast<std::size_t>(position)].empty()) {
      file.fail(group + "/" + name + " has a wrong position");
    }
    ordered[static_cast<std::size_t>(position)] = name;
  }
  return ordered;
}

void read_study(CheckedFile const& file, ResultSchema& s) {
  s.study = file.text("/study/name");
  s.title = file.text("/study/title");
  s.question = file.text("/study/question");
  s.start = read_date(file, file.text("/study/start"), "/study/start");
  s.record_from = read_date(file, file.text("/study/record_from"), "/study/record_from");
  s.end = read_date(file, file.text("/study/end"), "/study/end");
  s.mechanisms_on = file.strings("/study/mechanisms_on");
}

void read_interventions(CheckedFile const& file, ResultSchema& s) {
  std::string const table = "/design/interventions/";
  auto const point = file.int32s(table + "point");
  std::size_t const n = point.size();
  auto const lever = column(file, table + "lever", n), nation = column(file, table + "nation", n),
             organisation = column(file, table + "organisation", n), action = column(file, table + "action", n),
             status = column(file, table + "status", n), from = column(file, table + "from", n),
             to = column(file, table + "to", n);
  for (std::size_t i = 0; i < n; ++i) {
    if (point[i] < 0 || static_cast<std::size_t>(point[i]) >= s.treatments.size()) {
      file.fail(table + "point names no treatment");
    }
    s.treatments[static_cast<std::size_t>(point[i])].interventions.push_back(
        {lever[i], nation[i], organisation[i], action[i], status[i], read_date(file, from[i], table + "from"),
         read_date(file, to[i], table + "to")});
  }
}

void read_design(CheckedFile const& file, ResultSchema& s) {
  s.reference = file.text_attribute("/design", "reference");
  std::int32_t const futures = file.int32_attribute("/design", "futures");
  std::int32_t const replications = file.int32_attribute("/design", "replications");
  if (futures < 0 || replications < 0) file.fail("/design counts less than nothing");
  s.futures = static_cast<std::uint32_t>(futures);
  s.replications = static_cast<std::uint32_t>(replications);
  s.antithetic = file.has_attribute("/design", "antithetic") && file.int32_attribute("/design", "antithetic") != 0;
  if (s.antithetic && s.replications % 2 != 0) file.fail("/design is antithetic, but has an odd number of replications");
  s.levers = file.strings("/design/levers");
  auto const name = file.strings("/design/points/name");
  auto const label = column(file, "/design/points/label", name.size());
  CheckedDataset const shape = file.open("/design/points/levels");
  if (shape.dims.size() != 2 || shape.dims[0] != name.size()) file.fail("/design/points/levels has a wrong shape");
  auto const levels = file.int32s("/design/points/levels");
  std::size_t const width = shape.dims[1];
  for (std::size_t i = 0; i < name.size(); ++i) {
    Treatment treatment{name[i], label[i], {}, {}};
    auto const first = levels.begin() + static_cast<std::ptrdiff_t>(i * width);
    std::copy_if(first, first + static_cast<std::ptrdiff_t>(width), std::back_inserter(treatment.levels),
                 [](std::int32_t level) { return level >= 0; });
    s.treatments.push_back(std::move(treatment));
  }
  read_interventions(file, s);
}

// The values of discrete priors; an older file, or one without such priors, has none.
void read_atoms(CheckedFile const& file, ResultSchema& s) {
  if (!file.has("/futures/factors/prior_values")) {
    for (auto const& f : s.factors)
      if (f.prior.family == Family::discrete) file.fail("/futures/factors lacks the values of a discrete prior");
    return;
  }
  auto const values = file.float64s("/futures/factors/prior_values"), weights = file.float64s("/futures/factors/prior_weights");
  for (auto const* all : {&values, &weights}) expect_size(file, *all, s.factors.size() * Atoms::count_max, "the values of /futures/factors");
  for (std::size_t i = 0; i < s.factors.size(); ++i) {
    auto& atoms = s.factors[i].prior.atoms;
    for (std::size_t k = 0; k < Atoms::count_max; ++k) {
      atoms.values[k] = values[i * Atoms::count_max + k];
      atoms.weights[k] = weights[i * Atoms::count_max + k];
      if (atoms.weights[k] > 0 && atoms.count == k) ++atoms.count;
    }
  }
}

std::uint32_t count_of(CheckedFile const& file, char const* name) {
  std::int32_t const count = file.int32_attribute("/futures/sampling", name);
  if (count < 0) file.fail(std::string("/futures/sampling has a negative ") + name);
  return static_cast<std::uint32_t>(count);
}

// Older files have none: their futures are random draws of all factors whose prior is no constant.
SamplingInfo read_sampling(CheckedFile const& file, ResultSchema const& s) {
  SamplingInfo sampling;
  std::string const group = "/futures/sampling";
  if (!file.has(group)) {
    for (auto const& f : s.factors)
      if (f.prior.family != Family::constant) sampling.factors.push_back(f.name);
    return sampling;
  }
  sampling.type = file.text_attribute(group, "type");
  sampling.base = count_of(file, "base");
  sampling.second_order = count_of(file, "second_order") != 0;
  sampling.trajectories = count_of(file, "trajectories");
  sampling.levels = count_of(file, "levels");
  sampling.resolution = count_of(file, "resolution");
  sampling.factors = file.strings(group + "/factors");
  sampling.generators = file.strings(group + "/generators");
  if (file.has(group + "/where")) sampling.where = file.strings(group + "/where");
  if (file.has(group + "/correlations")) sampling.correlations = file.strings(group + "/correlations");
  sampling.moved = file.int32s(group + "/moved");
  sampling.direction = file.int32s(group + "/direction");
  if (!sampling.moved.empty()) expect_size(file, sampling.moved, s.futures, "/futures/sampling/moved");
  expect_size(file, sampling.direction, sampling.moved.size(), "/futures/sampling/direction");
  auto const width = static_cast<std::int32_t>(sampling.factors.size());
  for (auto const index : sampling.moved)
    if (index < -1 || index >= width) file.fail("/futures/sampling/moved names no factor");
  return sampling;
}

void read_futures(CheckedFile const& file, ResultSchema& s) {
  std::string const group = "/futures/factors/";
  auto const name = file.strings(group + "name");
  std::size_t const n = name.size();
  auto const unit = column(file, group + "unit", n), meaning = column(file, group + "meaning", n),
             source = column(file, group + "source", n), grade = column(file, group + "grade", n);
  auto const minimum = file.float64s(group + "minimum"), maximum = file.float64s(group + "maximum"),
             a = file.float64s(group + "prior_a"), b = file.float64s(group + "prior_b"),
             c = file.float64s(group + "prior_c");
  auto const family = file.int32s(group + "prior_family");
  for (auto const* values : {&minimum, &maximum, &a, &b, &c}) expect_size(file, *values, n, "a column of /futures");
  expect_size(file, family, n, "/futures/factors/prior_family");
  for (std::size_t i = 0; i < n; ++i) {
    bool const is_known = family[i] >= 0 && family[i] <= static_cast<std::int32_t>(Family::discrete) &&
                          grade[i].size() == 1 && grade[i][0] >= 'A' && grade[i][0] <= 'D';
    if (!is_known) file.fail(group + " has an unknown code");
    s.factors.push_back({name[i], unit[i], minimum[i], maximum[i],
                         Distribution{static_cast<Family>(family[i]), a[i], b[i], c[i], {}}, meaning[i], source[i],
                         static_cast<Grade>(grade[i][0])});
  }
  s.factor_values = file.float64s("/futures/values");
  expect_size(file, s.factor_values, n * s.futures, "/futures/values");
  read_atoms(file, s);
  s.sampling = read_sampling(file, s);
}

std::vector<Time> read_grid(CheckedFile const& file, std::string const& path) {
  std::vector<Time> grid;
  for (double const us : file.float64s(path)) {
    if (!(std::abs(us) < 9.2e18)) file.fail(path + " holds no time");
    grid.push_back(Time{static_cast<std::int64_t>(us)});
  }
  return grid;
}

void read_tables(CheckedFile const& file, ResultSchema& s) {
  for (auto const& name : ordered_names(file, "/responses")) {
    std::string const path = "/responses/" + name;
    s.responses.push_back({name, file.text_attribute(path, "unit"), file.text_attribute(path, "definition"),
                           file.int32_attribute(path, "per_nation") != 0,
                           read_date(file, file.text_attribute(path, "window_from"), path),
                           read_date(file, file.text_attribute(path, "window_to"), path),
                           file.int32_attribute(path, "higher_is_worse") != 0,
                           file.has_attribute(path, "control") && file.int32_attribute(path, "control") != 0});
  }
  for (auto const& name : ordered_names(file, "/series/quantiles")) {
    std::string const path = "/series/quantiles/" + name;
    s.series.push_back({name, file.text_attribute(path, "unit"), file.text_attribute(path, "definition")});
  }
  for (auto const& name : ordered_names(file, "/incidents", {"replication_row", "labels"})) {
    std::string const path = "/incidents/" + name;
    ColumnInfo info{name, file.text_attribute(path, "unit"), file.text_attribute(path, "definition"),
                    file.open(path).kind == ElementKind::int32, {}};
    if (file.has("/incidents/labels/" + name)) info.labels = file.strings("/incidents/labels/" + name);
    s.incident_columns.push_back(std::move(info));
  }
}

}  // namespace

void check_format(CheckedFile const& file) {
  bool const is_ours = file.has("/study") && file.has("/replications") && file.has("/provenance") &&
                       file.text_attribute("/", "format") == results_format_name;
  if (!is_ours) file.fail("it is an HDF5 file, but no results file of this program");
  std::int32_t const version = file.int32_attribute("/", "format_version");
  if (version != results_format_version) {
    file.fail("its format is version " + std::to_string(version) + ", this program knows version " +
              std::to_string(results_format_version) + ": use the program that wrote it");
  }
}

ResultSchema read_schema(CheckedFile const& file) {
  ResultSchema s;
  read_study(file, s);
  read_design(file, s);
  read_futures(file, s);
  s.nations = file.strings("/nations/iso3");
  s.nation_names = column(file, "/nations/name", s.nations.size());
  s.nation_is_member = file.int32s("/nations/is_member");
  expect_size(file, s.nation_is_member, s.nations.size(), "/nations/is_member");
  if (file.has("/nations/is_adversary")) {
    s.nation_is_adversary = file.int32s("/nations/is_adversary");
    expect_size(file, s.nation_is_adversary, s.nations.size(), "/nations/is_adversary");
  }
  s.focal = file.strings("/series/focal_nations");
  s.focal_grid = read_grid(file, "/series/focal_grid/time_us");
  s.other_grid = read_grid(file, "/series/other_grid/time_us");
  read_tables(file, s);
  s.seed = parse_hex_word(file.text("/provenance/seed"));
  s.study_text = file.text("/provenance/study_text");
  s.resolved_study = file.text("/provenance/resolved_study");
  auto const files = file.strings("/provenance/data_checksums/file");
  auto const checksums = column(file, "/provenance/data_checksums/checksum", files.size());
  for (std::size_t i = 0; i < files.size(); ++i) s.data_checksums.emplace_back(files[i], checksums[i]);
  return s;
}

BuildInfo read_build(CheckedFile const& file) {
  auto const dirty = file.int32s("/provenance/dirty");
  expect_size(file, dirty, 1, "/provenance/dirty");
  return {file.text("/provenance/version"),  file.text("/provenance/commit"), dirty[0] != 0,
          file.text("/provenance/compiler"), file.text("/provenance/flags"),  file.text("/provenance/source_sha256")};
}

}  // namespace sim
