// What programs that are compared with other software share: numbers from standard input, "name value" lines to standard output.
#pragma once

#include <cstddef>
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

namespace support {

/// Writes one line, with all digits.
inline void print(std::string const& name, double value) { std::printf("%s %.17g\n", name.c_str(), value); }

/// The next `n` numbers; "nan" is one too.
inline std::vector<double> read(std::size_t n) {
  std::vector<double> values(n);
  std::string word;
  for (double& x : values) {
    std::cin >> word;
    x = std::stod(word);
  }
  return values;
}

}  // namespace support
