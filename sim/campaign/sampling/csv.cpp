#include "sim/campaign/sampling/csv.hpp"

namespace sim {
namespace {

class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : text_(text) {
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") text_.remove_prefix(3);
  }

  CsvText read() {
    while (at_ < text_.size() && !csv_.fault) {
      std::vector<CsvField> record;
      do record.push_back(field());
      while (!csv_.fault && take(','));
      if (!csv_.fault && at_ < text_.size() && !take_line_end()) stop("there is text after a closing quote");
      bool const is_blank = record.size() == 1 && record[0].text.empty();
      if (!is_blank && !csv_.fault) csv_.records.push_back(std::move(record));
    }
    return std::move(csv_);
  }

 private:
  bool take(char letter) {
    if (at_ >= text_.size() || text_[at_] != letter) return false;
    ++at_;
    return true;
  }
  bool take_line_end() {
    if (text_.substr(at_, 2) == "\r\n") ++at_;
    if (!take('\n')) return false;
    ++line_;
    line_start_ = at_;
    return true;
  }
  void stop(char const* problem) { csv_.fault = CsvFault{line_, at_ - line_start_ + 1, problem}; }

  CsvField field() {
    CsvField field{{}, line_, at_ - line_start_ + 1};
    if (take('"')) {
      quoted(field);
      return field;
    }
    while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n' && text_.substr(at_, 2) != "\r\n") {
      if (text_[at_] == '"' || text_[at_] == '\r') {
        stop(text_[at_] == '"' ? "there is a quote inside a field" : "there is a carriage return without a line feed");
        return field;
      }
      field.text += text_[at_++];
    }
    return field;
  }
  void quoted(CsvField& field) {
    for (;;) {
      if (at_ >= text_.size()) {
        csv_.fault = CsvFault{field.line, field.column, "a quote is not closed"};
        return;
      }
      if (take('"')) {
        if (!take('"')) return;
        field.text += '"';
        continue;
      }
      if (text_[at_] == '\n') {
        ++line_;
        line_start_ = at_ + 1;
      }
      field.text += text_[at_++];
    }
  }

  std::string_view text_;
  std::size_t at_ = 0, line_ = 1, line_start_ = 0;
  CsvText csv_;
};

}  // namespace

CsvText read_csv(std::string_view text) { return CsvReader(text).read(); }

}  // namespace sim
