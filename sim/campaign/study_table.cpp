#include <charconv>

#include "sim/base/error.hpp"
#include "sim/campaign/csv.hpp"
#include "sim/campaign/study_sampling.hpp"
#include "sim/config/document.hpp"

namespace sim {
namespace {

/// Bytes of the points as the resolved study writes them, which must stay within the size of a study.
constexpr std::size_t text_bytes_max = config_bytes_max / 2;
/// A file may say the same at greater length.
constexpr std::size_t file_bytes_max = 4 * config_bytes_max;
constexpr char const* smaller = "give fewer points or columns, or shorter numbers";

/// A table while it is read: `place` names a value's place in a CSV file before the problem, or is empty.
struct TableIssues {
  StudyParts& parts;
  void add(Position where, std::string const& place, std::string const& problem, std::string const& reason, std::string const& advice) const {
    parts.issues.add(where, (place.empty() ? "" : place + ": ") + problem, reason, advice);
  }
};

StudyFactor const* find_factor(Study const& study, std::string_view name) {
  for (auto const& factor : study.factors)
    if (factor.info.name == name) return &factor;
  return nullptr;
}

std::vector<std::string> factor_names(Study const& study) {
  std::vector<std::string> names;
  for (auto const& factor : study.factors) names.push_back(factor.info.name);
  return names;
}

/// True if the factor accepts the value.
bool check_value(double value, ParameterInfo const& info, Position where, std::string const& place, TableIssues const& issues) {
  if (value >= info.minimum && value <= info.maximum) return true;
  issues.add(where, place, shown(value) + " is out of range for factor " + shown(info.name),
             "accepted: " + shortest_number(info.minimum) + " to " + shortest_number(info.maximum) + " [" + info.unit + "]", "correct the value or its unit");
  return false;
}

void check_bytes(Position where, StudyParts& parts) {
  auto const& s = parts.study.sampling;
  std::size_t bytes = 0;
  for (double const value : s.rows) bytes += toml_number(value).size() + 2;
  if (bytes <= text_bytes_max || s.factors.empty()) return;
  std::size_t const width = s.factors.size(), points = s.rows.size() / width;
  parts.issues.add(where, "the table has too many values",
                   std::to_string(points) + " points of " + std::to_string(width) + (width == 1 ? " value" : " values") + " are " + std::to_string(bytes) + " bytes of text, results keep at most " +
                       std::to_string(text_bytes_max) + ", about " + std::to_string(text_bytes_max * points / bytes) + " such points",
                   smaller);
}

void read_inline(TableReader& sampling, StudyParts& parts) {
  auto const rows = sampling.number_rows("rows", required("rows = [[1, 0.2], [2, 0.4]]"));
  if (!rows || parts.study.sampling.factors.empty()) return;
  TableIssues const issues{parts};
  auto& s = parts.study.sampling;
  for (auto const& row : *rows) {
    if (row.value.size() != s.factors.size()) {
      issues.add(row.where, "", "a point has " + std::to_string(row.value.size()) + " values", std::to_string(s.factors.size()) + " factors vary: " + listed(s.factors),
                 "give one value for each");
      continue;
    }
    for (std::size_t i = 0; i < row.value.size(); ++i)
      if (check_value(row.value[i], find_factor(parts.study, s.factors[i])->info, row.where, "", issues)) s.rows.push_back(row.value[i]);
  }
  if (rows->empty()) parts.issues.add(sampling.where("rows"), "the table has no points", "there is nothing to run", "add points");
}

std::optional<double> number_of(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (text.substr(0, 1) == "+") text.remove_prefix(1);
  double value = 0;
  auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || failed != std::errc() || end != text.data() + text.size() || value - value != 0) return {};
  return value + 0.0;
}

/// A CSV file: every fault as an issue at the key `file`, with line and column in the file.
class CsvTable {
 public:
  CsvTable(std::string name, Position where, StudyParts& parts) : name_(std::move(name)), where_(where), issues_{parts} {}

  void read(std::string_view text) {
    auto const rows = read_csv(text);
    if (rows.size() < 2) {
      issues_.add(where_, name_, "the file has no points", "its first line names the factors, each further one is a point", "add points");
      return;
    }
    if (read_header(rows.front()))
      for (std::size_t i = 1; i < rows.size(); ++i) read_point(rows[i]);
  }

 private:
  std::string place(int line, int column) const { return name_ + ":" + std::to_string(line) + ":" + std::to_string(column); }

  bool read_header(CsvRow const& header) {
    auto& factors = issues_.parts.study.sampling.factors;
    auto const known = factor_names(issues_.parts.study);
    bool good = true;
    for (auto const& field : header) {
      bool const is_repeated = std::find(factors.begin(), factors.end(), field.text) != factors.end();
      bool const is_known = find_factor(issues_.parts.study, field.text) != nullptr;
      if (is_repeated) issues_.add(where_, place(field.line, field.column), "repeated column " + shown(field.text), "a factor has one column", "keep one of them");
      if (!is_known)
        issues_.add(where_, place(field.line, field.column), "unknown factor " + shown(field.text), "known: " + listed(known), did_you_mean(field.text, known, "use a known one"));
      good = good && is_known && !is_repeated;
      factors.push_back(field.text);
    }
    return good;
  }

  void read_point(CsvRow const& record) {
    auto& s = issues_.parts.study.sampling;
    for (std::size_t i = 0; i < record.size(); ++i) {
      auto const at = place(record[i].line, record[i].column);
      auto const value = number_of(record[i].text);
      if (!value)
        issues_.add(where_, at, shown(record[i].text) + " is no finite number", "a point needs a value of " + shown(s.factors[i]), "write a number as in 0.25");
      else if (check_value(*value, find_factor(issues_.parts.study, s.factors[i])->info, where_, at, issues_))
        s.rows.push_back(*value);
    }
  }

  std::string name_;
  Position where_;
  TableIssues issues_;
};

/// Adds the parts of an error "problem (reason) advice"; a place may stand before it.
void add_error(std::string const& before, Error const& error, TableReader const& sampling, StudyParts& parts) {
  std::string const text = before + error.what();
  auto const open = text.find(" ("), close = text.find(") ");
  if (open == std::string::npos || close == std::string::npos || close < open)
    parts.issues.add(sampling.where("file"), text, "paths begin at the folder of the study", "name a CSV file");
  else
    parts.issues.add(sampling.where("file"), text.substr(0, open), text.substr(open + 2, close - open - 2), text.substr(close + 2));
}

}  // namespace

void read_sampling_table(TableReader& sampling, StudyParts& parts) {
  auto const file = sampling.text("file", optional_key("file = \"points.csv\""));
  if (!sampling.has("file")) {
    if (!sampling.has("rows"))
      parts.issues.add(sampling.where("type"), "a table needs its points", "there is neither file nor rows", "add file = \"points.csv\", or factors and rows");
    else if (!sampling.has("factors"))
      parts.issues.add(sampling.where("rows"), "nobody knows which factors the rows are of", "there is no key \"factors\"", "add factors = [\"a\", \"b\"]");
    else
      read_inline(sampling, parts);
    check_bytes(sampling.where("rows"), parts);
    return;
  }
  for (char const* key : {"rows", "factors"})
    if (sampling.has(key))
      parts.issues.add(sampling.where(key), shown(key) + " stands beside a file", "the file has its own columns and points", "keep one of them");
  parts.study.sampling.factors.clear();
  if (!file) return;
  bool const absolute = !file->empty() && file->front() == '/';
  try {
    CsvTable(*file, sampling.where("file"), parts).read(read_text_file((absolute ? "" : parts.folder) + *file, {file_bytes_max, smaller}));
  } catch (CsvError const& error) {
    add_error(*file + ":", error, sampling, parts);
  } catch (Error const& error) {
    add_error("", error, sampling, parts);
  }
  check_bytes(sampling.where("file"), parts);
}

}  // namespace sim
