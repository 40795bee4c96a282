#include <charconv>

#include "sim/campaign/csv.hpp"
#include "sim/campaign/design_types.hpp"
#include "sim/config/document.hpp"

namespace sim {
namespace {

/// Says something of a file of points: at the study's key, with the place in the other file before it.
class PointFile {
 public:
  PointFile(DesignReader const& reader, std::string name) : reader_(reader), name_(std::move(name)) {}

  void report(CsvCell const& cell, std::string const& problem, std::string const& reason, std::string const& advice) const {
    reader_.parts.issues.add(where(), "in " + name_ + ":" + std::to_string(cell.line) + ":" + std::to_string(cell.column) + ": " + problem, reason, advice);
  }
  Position where() const { return reader_.design.where("file"); }
  std::string const& name() const { return name_; }

 private:
  DesignReader const& reader_;
  std::string name_;
};

/// Which lever each column is about; reports unknown and repeated names.
std::vector<std::size_t> read_header(CsvRow const& header, PointFile const& file, std::vector<StudyLever> const& levers) {
  std::vector<std::size_t> columns;
  for (auto const& cell : header) {
    auto const* const lever = find_named(levers, cell.text);
    auto const index = lever ? static_cast<std::size_t>(lever - levers.data()) : levers.size();
    if (!lever)
      file.report(cell, "unknown lever " + shown(cell.text), "known: " + listed(names_of(levers)),
                  did_you_mean(cell.text, names_of(levers), "name a lever of the study"));
    else if (std::find(columns.begin(), columns.end(), index) != columns.end())
      file.report(cell, "repeated lever " + shown(cell.text), "each has one column", "remove one of them");
    else
      columns.push_back(index);
  }
  return columns;
}

/// The level that a cell means: its number, or the day on which it alone begins; -1 after a report.
int read_level(CsvCell const& cell, StudyLever const& lever, PointFile const& file) {
  int const most = static_cast<int>(lever.levels.size());
  int level = 0, matches = 0;
  if (auto const date = parse_date(cell.text)) {
    for (int i = 0; i < most; ++i)
      if (lever.levels[static_cast<std::size_t>(i)].from == *date) level = i + 1, ++matches;
    if (matches == 1) return level;
    file.report(cell, (matches == 0 ? "no level" : "more than one level") + std::string(" of lever ") + shown(lever.name) + " begins on " + cell.text,
                "a date stands for the level that begins on it", matches == 0 ? "add the date to the lever" : "write the number of the level");
    return -1;
  }
  auto const [end, error] = std::from_chars(cell.text.data(), cell.text.data() + cell.text.size(), level);
  if (error == std::errc() && end == cell.text.data() + cell.text.size() && level >= 0 && level <= most) return level;
  file.report(cell, shown(cell.text) + " is no level of lever " + shown(lever.name),
              "it has 0 for absent and 1 to " + std::to_string(most), "write one of them, or the date on which a level begins");
  return -1;
}

/// The points of the rows below the header; empty after a report.
std::vector<Located<std::vector<int>>> read_rows(std::vector<CsvRow> const& rows, PointFile const& file, std::vector<StudyLever> const& levers) {
  std::vector<Located<std::vector<int>>> points;
  auto const columns = read_header(rows.front(), file, levers);
  bool good = columns.size() == rows.front().size();
  for (std::size_t r = 1; good && r < rows.size(); ++r) {
    std::vector<int> point(levers.size(), 0);
    for (std::size_t c = 0; c < columns.size(); ++c) point[columns[c]] = read_level(rows[r][c], levers[columns[c]], file);
    points.push_back({point, file.where()});
  }
  for (auto const& [levels, where] : points) good = good && std::find(levels.begin(), levels.end(), -1) == levels.end();
  return good ? points : std::vector<Located<std::vector<int>>>{};
}

/// Reports rows that say the same as an earlier one.
bool check_repetitions(std::vector<Located<std::vector<int>>> const& points, std::vector<CsvRow> const& rows, PointFile const& file) {
  std::set<std::vector<int>> seen;
  bool good = true;
  for (std::size_t r = 0; r < points.size(); ++r) {
    if (seen.insert(points[r].value).second) continue;
    file.report(rows[r + 1].front(), "the row says the same as an earlier one", "each treatment stands there once", "remove it");
    good = false;
  }
  return good;
}

}  // namespace

void add_points(DesignReader const& reader, std::vector<Located<std::vector<int>>> const& rows) {
  auto& study = reader.parts.study;
  for (auto const& [levels, where] : rows) {
    if (!reader.builder.has_room()) return;
    if (levels.size() != study.levers.size()) {
      reader.parts.issues.add(where, "a point has " + std::to_string(levels.size()) + " levels", "the study has " + std::to_string(study.levers.size()) + " levers",
                              "write the level of each lever, 0 for absent");
      continue;
    }
    bool known = true;
    for (std::size_t i = 0; i < levels.size(); ++i) {
      if (static_cast<std::size_t>(levels[i]) <= study.levers[i].levels.size()) continue;
      reader.parts.issues.add(where, std::to_string(levels[i]) + " is no level of lever " + shown(study.levers[i].name),
                              "it has 0 for absent and 1 to " + std::to_string(study.levers[i].levels.size()), "write one of them");
      known = false;
    }
    if (!known) continue;
    study.design.points.push_back(levels);
    reader.builder.add({levels, "", "", where});
  }
}

void read_points(DesignReader const& reader) {
  auto const points = reader.design.rows("points", required("points = [[0, 0], [1, 0], [1, 2]]"));
  if (check_lever_count(reader) && points) add_points(reader, *points);
}

void read_point_file(DesignReader const& reader) {
  reader.parts.study.design.type = "points";  // so the study needs no other file from here on
  auto const name = reader.design.text("file", required("file = \"treatments.csv\""));
  if (!check_lever_count(reader) || !name) return;
  auto const& levers = reader.parts.study.levers;
  PointFile const file(reader, *name);
  try {
    bool const absolute = !name->empty() && name->front() == '/';
    auto const rows = read_csv(read_text_file((absolute ? "" : reader.parts.folder) + *name, {config_bytes_max, "list fewer treatments or levers"}));
    if (rows.size() < 2) return file.report({}, "there are no treatments", "a header with the names of the levers and a row per treatment are needed", "add them");
    auto const points = read_rows(rows, file, levers);
    if (check_repetitions(points, rows, file)) add_points(reader, points);
  } catch (CsvError const& error) {
    reader.parts.issues.add(file.where(), "in " + *name + ":" + error.what(), "the file is no table of comma-separated values", "mend it");
  } catch (Error const& error) {
    // The three parts of "problem (reason) advice".
    std::string const text = error.what();
    auto const open = text.find(" ("), close = text.rfind(") ");
    if (open == std::string::npos || close == std::string::npos || close < open)
      reader.parts.issues.add(file.where(), text, "\"file\" names the table of treatments", "name a file beside the study");
    else
      reader.parts.issues.add(file.where(), text.substr(0, open), text.substr(open + 2, close - open - 2), text.substr(close + 2));
  }
}

}  // namespace sim
