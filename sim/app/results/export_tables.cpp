#include "sim/app/results/export_tables.hpp"

#include <algorithm>

#include "sim/app/results/comparison.hpp"
#include "sim/app/results/sampling_place.hpp"
#include "sim/base/error.hpp"
#include "sim/base/names.hpp"
#include "sim/config/issue.hpp"

namespace app {

namespace {

constexpr std::size_t block_rows = 8192;

struct Export {
  sim::ResultsFile const& file;
  ExportOptions const& options;
  CsvWriter& csv;
  sim::ResultSchema const& schema = file.schema();

  void header(std::vector<std::string> const& names) const {
    for (std::string const& name : names) csv.field(name);
    csv.end_row();
  }
  /// Treatment, future and replication of a row.
  CsvWriter& key(std::size_t row) const {
    sim::ReplicationKey const& key = file.keys()[row];
    return csv.field(schema.treatments[key.point].name).field(std::int64_t{key.future}).field(std::int64_t{key.replication});
  }
};

std::vector<std::string> names_of(auto const& list) {
  std::vector<std::string> names;
  for (auto const& one : list) names.push_back(one.name);
  return names;
}

/// Indices of what was asked for in `known`; all if nothing was.
std::vector<std::size_t> chosen(std::string const& wanted, std::vector<std::string> const& known, std::string const& what) {
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < known.size(); ++i)
    if (wanted.empty() || known[i] == wanted) indices.push_back(i);
  if (indices.empty() && !wanted.empty())
    throw sim::Error("unknown " + what + " '" + wanted + "' (the file has " + sim::listed(known) + ") " +
                     sim::did_you_mean(wanted, known, "choose one of them"));
  return indices;
}

/// The level at which the treatment has the lever; empty in an explicit design.
std::string level_text(sim::ResultSchema const& schema, sim::Treatment const& treatment, std::string const& lever) {
  auto const at = static_cast<std::size_t>(std::find(schema.levers.begin(), schema.levers.end(), lever) - schema.levers.begin());
  return at < treatment.levels.size() && treatment.levels[at] >= 0 ? std::to_string(treatment.levels[at]) : std::string();
}

void write_treatments(Export const& out) {
  out.header({"treatment", "label", "lever", "action", "nation", "organisation", "status", "from", "to", "level"});
  for (sim::Treatment const& treatment : out.schema.treatments) {
    if (treatment.interventions.empty()) {
      out.csv.field(treatment.name).field(treatment.label);
      for (int i = 0; i < 8; ++i) out.csv.field("");
      out.csv.end_row();
    }
    for (sim::Intervention const& one : treatment.interventions) {
      out.csv.field(treatment.name).field(treatment.label).field(one.lever).field(one.action).field(one.nation);
      out.csv.field(one.organisation).field(one.status).field(to_string(one.from));
      out.csv.field(one.to.year >= 9999 ? "" : to_string(one.to)).field(level_text(out.schema, treatment, one.lever)).end_row();
    }
  }
}

void write_factors(Export const& out) {
  out.header({"future", "factor", "unit", "value"});
  std::size_t const factors = out.schema.factors.size();
  for (std::size_t at = 0; at < out.schema.factor_values.size(); ++at) {
    sim::ParameterInfo const& factor = out.schema.factors[at % factors];
    out.csv.field(static_cast<std::int64_t>(at / factors)).field(factor.name).field(factor.unit).field(out.schema.factor_values[at]).end_row();
  }
}

void write_sampling(Export const& out) {
  out.header({"future", "type", "group", "block", "moved", "direction"});
  auto const number = [&](std::optional<std::int64_t> const& value) { value ? out.csv.field(*value) : out.csv.field(""); };
  for (std::size_t future = 0; future < out.schema.futures; ++future) {
    auto const place = sampling_place(out.schema, future);
    out.csv.field(static_cast<std::int64_t>(future)).field(out.schema.sampling.type);
    number(place.group);
    out.csv.field(place.block).field(place.moved);
    number(place.direction);
    out.csv.end_row();
  }
}

void write_replications(Export const& out) {
  out.header({"treatment", "future", "replication", "status", "events", "message"});
  auto const events = out.file.events();
  auto const messages = out.file.messages();
  auto next = messages.begin();
  for (std::size_t row = 0; row < out.file.rows(); ++row) {
    out.key(row).field(text_of(out.file.status()[row])).field(events[row]);
    bool const has_message = next != messages.end() && next->row == row;
    out.csv.field(has_message ? next->text : std::string()).end_row();
    if (has_message) ++next;
  }
}

void write_responses(Export const& out) {
  out.header({"treatment", "future", "replication", "status", "response", "unit", "nation", "value"});
  auto const responses = chosen(out.options.response, names_of(out.schema.responses), "response");
  auto const nations = chosen(out.options.nation, out.schema.nations, "nation");
  for (std::size_t const r : responses) {
    sim::ResponseInfo const& info = out.schema.responses[r];
    std::size_t const width = info.per_nation ? out.schema.nations.size() : 1;
    for (std::size_t first = 0; first < out.file.rows(); first += block_rows) {
      auto const values = out.file.response(info.name, {first, block_rows});
      for (std::size_t i = 0; i < values.size() / width; ++i) {
        for (std::size_t const n : info.per_nation ? nations : std::vector<std::size_t>{0}) {
          out.key(first + i).field(text_of(out.file.status()[first + i])).field(info.name).field(info.unit);
          out.csv.field(info.per_nation ? out.schema.nations[n] : std::string()).field(values[i * width + n]).end_row();
        }
      }
    }
  }
}

void write_series(Export const& out) {
  out.header({"treatment", "future", "replication", "series", "unit", "nation", "until", "value"});
  auto const names = chosen(out.options.response, names_of(out.schema.series), "series");
  auto const focal = chosen(out.options.nation, out.schema.focal, "focal nation");
  std::vector<std::string> until;
  for (sim::Time const time : out.schema.focal_grid) until.push_back(to_string(sim::to_date(time)));
  for (std::size_t const s : names) {
    for (std::size_t const n : focal) {
      for (std::size_t first = 0; first < out.file.rows(); first += block_rows / 16) {
        auto const values = out.file.focal_series(out.schema.series[s].name, n, {first, block_rows / 16});
        for (std::size_t at = 0; at < values.size(); ++at) {
          out.key(first + at / until.size()).field(out.schema.series[s].name).field(out.schema.series[s].unit);
          out.csv.field(out.schema.focal[n]).field(until[at % until.size()]).field(static_cast<double>(values[at])).end_row();
        }
      }
    }
  }
}

/// A code by its label, if it has one.
void write_coded(CsvWriter& csv, sim::ColumnInfo const& column, double value) {
  bool const has_label = !column.labels.empty() && value >= 0 && value < static_cast<double>(column.labels.size());
  if (has_label) csv.field(column.labels[static_cast<std::size_t>(value)]);
  else csv.field(value);
}

void write_incidents(Export const& out) {
  auto const& columns = out.schema.incident_columns;
  std::vector<std::string> names{"treatment", "future", "replication"};
  for (sim::ColumnInfo const& column : columns) names.push_back(column.name);
  out.header(names);
  auto const rows = out.file.incident_replications();
  for (std::size_t first = 0; first < rows.size(); first += block_rows) {
    std::vector<std::vector<double>> values;
    for (sim::ColumnInfo const& column : columns) values.push_back(out.file.incidents(column.name, {first, block_rows}));
    for (std::size_t i = 0; i < std::min(block_rows, rows.size() - first); ++i) {
      out.key(static_cast<std::size_t>(rows[first + i]));
      for (std::size_t c = 0; c < columns.size(); ++c) write_coded(out.csv, columns[c], values[c][i]);
      out.csv.end_row();
    }
  }
}

struct Table {
  std::string name;
  void (*write)(Export const&);
  bool has_nations = false, has_responses = false;
};

/// What would be ignored is refused.
void require_columns(Table const& table, ExportOptions const& options) {
  auto const refuse = [&](std::string const& option) {
    throw sim::Error(option + " with the table '" + table.name + "' (it can only be written whole) leave " + option + " away");
  };
  if (!options.response.empty() && !table.has_responses) refuse("--response");
  if (!options.nation.empty() && !table.has_nations) refuse("--nation");
}

std::vector<Table> const& tables() {
  static std::vector<Table> const all{{"treatments", &write_treatments}, {"factors", &write_factors}, {"sampling", &write_sampling},
                                      {"replications", &write_replications}, {"responses", &write_responses, true, true},
                                      {"series", &write_series, true, true}, {"incidents", &write_incidents}};
  return all;
}

}  // namespace

std::vector<std::string> export_tables() { return names_of(tables()); }

void write_table(sim::ResultsFile const& file, ExportOptions const& options, CsvWriter& csv) {
  auto const table = std::find_if(tables().begin(), tables().end(), [&](Table const& one) { return one.name == options.table; });
  if (table == tables().end()) throw sim::Error("unknown table '" + options.table + "' (known: " + sim::listed(export_tables()) + ") choose one of them");
  require_columns(*table, options);
  table->write({file, options, csv});
}

}  // namespace app
