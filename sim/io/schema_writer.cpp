#include "sim/io/schema_writer.hpp"

#include <algorithm>

#include "sim/io/checksum.hpp"
#include "sim/io/dataset_writer.hpp"

namespace sim {

namespace {

// A column of strings or numbers taken from a list of structs.
template <class T, class Get>
std::vector<std::string> texts(std::vector<T> const& items, Get get) {
  std::vector<std::string> column;
  for (auto const& item : items) column.emplace_back(get(item));
  return column;
}

template <class T, class Get>
void write_numbers(hid_t group, char const* name, std::vector<T> const& items, Get get) {
  std::vector<double> column;
  for (auto const& item : items) column.push_back(get(item));
  write_float64(group, name, {column.size()}, column.data());
}

void write_study(hid_t file, ResultSchema const& s) {
  Hdf5Handle const group = create_group(file, "study");
  write_text(group.get(), "name", s.study);
  write_text(group.get(), "title", s.title);
  write_text(group.get(), "question", s.question);
  write_text(group.get(), "start", to_string(s.start));
  write_text(group.get(), "record_from", to_string(s.record_from));
  write_text(group.get(), "end", to_string(s.end));
  write_strings(group.get(), "mechanisms_on", s.mechanisms_on);
}

void write_design(hid_t file, ResultSchema const& s) {
  Hdf5Handle const design = create_group(file, "design");
  write_attribute(design.get(), "reference", s.reference);
  write_attribute(design.get(), "futures", static_cast<std::int32_t>(s.futures));
  write_attribute(design.get(), "replications", static_cast<std::int32_t>(s.replications));
  if (s.antithetic) write_attribute(design.get(), "antithetic", 1);
  write_strings(design.get(), "levers", s.levers);

  Hdf5Handle const points = create_group(design.get(), "points");
  write_strings(points.get(), "name", texts(s.treatments, [](auto const& t) { return t.name; }));
  write_strings(points.get(), "label", texts(s.treatments, [](auto const& t) { return t.label; }));
  std::size_t width = 0;
  for (auto const& t : s.treatments) width = std::max(width, t.levels.size());
  std::vector<std::int32_t> levels;  // -1: this treatment lists no levels
  for (auto const& t : s.treatments) {
    for (std::size_t i = 0; i < width; ++i) levels.push_back(i < t.levels.size() ? t.levels[i] : -1);
  }
  write_int32(points.get(), "levels", {s.treatments.size(), width}, levels.data());

  std::vector<Intervention> all;
  std::vector<std::int32_t> point;
  for (std::size_t i = 0; i < s.treatments.size(); ++i) {
    for (auto const& intervention : s.treatments[i].interventions) {
      all.push_back(intervention);
      point.push_back(static_cast<std::int32_t>(i));
    }
  }
  Hdf5Handle const table = create_group(design.get(), "interventions");
  write_int32(table.get(), "point", {point.size()}, point.data());
  write_strings(table.get(), "lever", texts(all, [](auto const& v) { return v.lever; }));
  write_strings(table.get(), "nation", texts(all, [](auto const& v) { return v.nation; }));
  write_strings(table.get(), "organisation", texts(all, [](auto const& v) { return v.organisation; }));
  write_strings(table.get(), "action", texts(all, [](auto const& v) { return v.action; }));
  write_strings(table.get(), "status", texts(all, [](auto const& v) { return v.status; }));
  write_strings(table.get(), "from", texts(all, [](auto const& v) { return to_string(v.from); }));
  write_strings(table.get(), "to", texts(all, [](auto const& v) { return to_string(v.to); }));
}

// The values of discrete priors, for each factor as many places as the longest may have.
void write_atoms(hid_t factors, ResultSchema const& s) {
  bool const is_any = std::any_of(s.factors.begin(), s.factors.end(), [](auto const& f) { return f.prior.family == Family::discrete; });
  if (!is_any) return;
  std::vector<double> values, weights;
  for (auto const& f : s.factors) {
    values.insert(values.end(), f.prior.atoms.values.begin(), f.prior.atoms.values.end());
    weights.insert(weights.end(), f.prior.atoms.weights.begin(), f.prior.atoms.weights.end());
  }
  write_float64(factors, "prior_values", {s.factors.size(), Atoms::count_max}, values.data());
  write_float64(factors, "prior_weights", {s.factors.size(), Atoms::count_max}, weights.data());
}

void write_sampling(hid_t futures, SamplingInfo const& sampling) {
  Hdf5Handle const group = create_group(futures, "sampling");
  hid_t const id = group.get();
  write_attribute(id, "type", sampling.type);
  write_attribute(id, "base", static_cast<std::int32_t>(sampling.base));
  write_attribute(id, "second_order", sampling.second_order ? 1 : 0);
  write_attribute(id, "trajectories", static_cast<std::int32_t>(sampling.trajectories));
  write_attribute(id, "levels", static_cast<std::int32_t>(sampling.levels));
  write_attribute(id, "resolution", static_cast<std::int32_t>(sampling.resolution));
  write_strings(id, "factors", sampling.factors);
  write_strings(id, "generators", sampling.generators);
  if (!sampling.where.empty()) write_strings(id, "where", sampling.where);
  if (!sampling.correlations.empty()) write_strings(id, "correlations", sampling.correlations);
  write_int32(id, "moved", {sampling.moved.size()}, sampling.moved.data());
  write_int32(id, "direction", {sampling.direction.size()}, sampling.direction.data());
}

void write_futures(hid_t file, ResultSchema const& s) {
  Hdf5Handle const futures = create_group(file, "futures");
  write_float64(futures.get(), "values", {s.futures, s.factors.size()}, s.factor_values.data());
  Hdf5Handle const factors = create_group(futures.get(), "factors");
  hid_t const id = factors.get();
  write_strings(id, "name", texts(s.factors, [](auto const& f) { return f.name; }));
  write_strings(id, "unit", texts(s.factors, [](auto const& f) { return f.unit; }));
  write_strings(id, "meaning", texts(s.factors, [](auto const& f) { return f.meaning; }));
  write_strings(id, "source", texts(s.factors, [](auto const& f) { return f.source; }));
  auto const grade = [](ParameterInfo const& f) { return std::string(1, static_cast<char>(f.grade)); };
  write_strings(id, "grade", texts(s.factors, grade));
  write_strings(id, "prior", texts(s.factors, [](auto const& f) { return to_string(f.prior); }));
  write_numbers(id, "minimum", s.factors, [](auto const& f) { return f.minimum; });
  write_numbers(id, "maximum", s.factors, [](auto const& f) { return f.maximum; });
  std::vector<std::int32_t> family;
  for (auto const& f : s.factors) family.push_back(static_cast<std::int32_t>(f.prior.family));
  write_int32(id, "prior_family", {family.size()}, family.data());
  write_numbers(id, "prior_a", s.factors, [](auto const& f) { return f.prior.a; });
  write_numbers(id, "prior_b", s.factors, [](auto const& f) { return f.prior.b; });
  write_numbers(id, "prior_c", s.factors, [](auto const& f) { return f.prior.c; });
  write_atoms(id, s);
  write_sampling(futures.get(), s.sampling);
}

void write_nations(hid_t file, ResultSchema const& s) {
  Hdf5Handle const nations = create_group(file, "nations");
  write_strings(nations.get(), "iso3", s.nations);
  write_strings(nations.get(), "name", s.nation_names);
  write_int32(nations.get(), "is_member", {s.nation_is_member.size()}, s.nation_is_member.data());
  if (!s.nation_is_adversary.empty()) write_int32(nations.get(), "is_adversary", {s.nation_is_adversary.size()}, s.nation_is_adversary.data());
}

void write_grid(hid_t parent, char const* name, std::vector<Time> const& grid) {
  Hdf5Handle const group = create_group(parent, name);
  write_strings(group.get(), "date", texts(grid, [](Time t) { return to_string(t); }));
  // Microseconds stay exact in a double until the year 2255.
  write_numbers(group.get(), "time_us", grid, [](Time t) { return static_cast<double>(t.ticks); });
}

void write_provenance(hid_t file, ResultSchema const& s, BuildInfo const& build, Fingerprint const& fingerprint) {
  Hdf5Handle const group = create_group(file, "provenance");
  hid_t const id = group.get();
  std::int32_t const dirty = build.dirty ? 1 : 0;
  write_text(id, "version", build.version);
  write_text(id, "commit", build.commit);
  write_int32(id, "dirty", {1}, &dirty);
  write_text(id, "compiler", build.compiler);
  write_text(id, "flags", build.flags);
  write_text(id, "source_sha256", build.source_sha256);
  write_text(id, "fingerprint", fingerprint.hex());
  write_text(id, "seed", to_hex(s.seed));
  write_text(id, "study_text", s.study_text);
  write_text(id, "resolved_study", s.resolved_study);
  Hdf5Handle const checksums = create_group(id, "data_checksums");
  write_strings(checksums.get(), "file", texts(s.data_checksums, [](auto const& c) { return c.first; }));
  write_strings(checksums.get(), "checksum", texts(s.data_checksums, [](auto const& c) { return c.second; }));
}

}  // namespace

void write_schema(hid_t file, ResultSchema const& schema, BuildInfo const& build, Fingerprint const& fingerprint) {
  write_attribute(file, "format", results_format_name);
  write_attribute(file, "format_version", results_format_version);
  write_study(file, schema);
  write_design(file, schema);
  write_futures(file, schema);
  write_nations(file, schema);
  write_provenance(file, schema, build, fingerprint);
  Hdf5Handle const series = create_group(file, "series");
  write_grid(series.get(), "focal_grid", schema.focal_grid);
  write_grid(series.get(), "other_grid", schema.other_grid);
  write_strings(series.get(), "focal_nations", schema.focal);
}

void write_response_attributes(hid_t dataset, ResponseInfo const& response, std::int32_t position) {
  write_quantity_attributes(dataset, response.unit, response.definition, position);
  write_attribute(dataset, "window_from", to_string(response.window_from));
  write_attribute(dataset, "window_to", to_string(response.window_to));
  write_attribute(dataset, "per_nation", response.per_nation ? 1 : 0);
  write_attribute(dataset, "higher_is_worse", response.higher_is_worse ? 1 : 0);
  if (response.is_control) write_attribute(dataset, "control", 1);
}

void write_quantity_attributes(hid_t dataset, std::string const& unit, std::string const& definition,
                               std::int32_t position) {
  write_attribute(dataset, "unit", unit);
  write_attribute(dataset, "definition", definition);
  write_attribute(dataset, "position", position);
}

}  // namespace sim
