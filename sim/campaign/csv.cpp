#include "sim/campaign/csv.hpp"

namespace sim {
namespace {

class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : text_(text) {
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") text_.remove_prefix(3);
  }

  std::vector<CsvRow> rows() {
    std::vector<CsvRow> rows;
    while (at_ < text_.size()) {
      CsvRow row;
      do row.push_back(cell());
      while (skip(','));
      if (!end_of_line() && at_ < text_.size())
        throw CsvError(line_, column_, "text follows a closing quote (a quoted cell ends there) put a comma or a new line after it");
      if (row.size() == 1 && row.front().text.empty()) continue;
      if (!rows.empty() && row.size() != rows.front().size())
        throw CsvError(row.front().line, row.front().column,
                       std::to_string(row.size()) + " cells instead of " + std::to_string(rows.front().size()) + " (every row has as many as the header) add or remove some");
      rows.push_back(std::move(row));
    }
    return rows;
  }

 private:
  bool skip(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    step();
    return true;
  }

  bool end_of_line() {
    if (text_.substr(at_, 2) == "\r\n") step();
    return skip('\n');
  }

  void step() {
    column_ = text_[at_] == '\n' ? 1 : column_ + 1;
    line_ += text_[at_++] == '\n';
  }

  CsvCell cell() {
    CsvCell cell{"", line_, column_};
    if (skip('"')) {
      quoted(cell);
      return cell;
    }
    while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n' && text_.substr(at_, 2) != "\r\n") {
      if (text_[at_] == '"') throw CsvError(line_, column_, "a quote within a cell (only a cell in quotes holds one, doubled) put the whole cell in quotes");
      cell.text += text_[at_];
      step();
    }
    return cell;
  }

  void quoted(CsvCell& cell) {
    while (at_ < text_.size()) {
      if (skip('"')) {
        if (!skip('"')) return;
        cell.text += '"';
        continue;
      }
      cell.text += text_[at_];
      step();
    }
    throw CsvError(cell.line, cell.column, "a quote is not closed (the cell goes on to the end of the file) close it");
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1, column_ = 1;
};

}  // namespace

std::vector<CsvRow> read_csv(std::string_view text) { return CsvReader(text).rows(); }

}  // namespace sim
