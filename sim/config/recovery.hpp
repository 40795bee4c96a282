// Mends a config line that the TOML library refused, so that the rest of the file can be judged too.
#pragma once

#include <string>
#include <vector>

#include "sim/config/issue.hpp"
#include "sim/config/node.hpp"
#include "sim/config/toml.hpp"

namespace sim {

/// The text under repair. Mended lines keep their number; columns on other lines stay as they were.
class Recovery {
 public:
  explicit Recovery(std::string text) : text_(std::move(text)) {}

  std::string const& text() const { return text_; }
  /// Reports `error` and mends its line. False if that is impossible: nothing after it can be trusted.
  bool mend(TomlError const& error, Issues& issues);
  /// Takes the stand-ins for repeated keys out of `root` and marks values that could not be read as unreadable.
  void clean(Node& root) const;

 private:
  bool mend_repeated(TomlError const& error, Issues& issues);
  bool mend_value(TomlError const& error, Issues& issues);
  std::string_view line(int number) const;
  void replace_line(int number, std::string const& with);

  std::string text_;
  std::vector<int> mended_;
};

}  // namespace sim
