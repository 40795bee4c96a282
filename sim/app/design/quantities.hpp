// Amounts of time and memory as people read them.
#pragma once

#include <string>

namespace app {

/// "0.12 s", "3.4 min", "5.6 h", "12 d".
std::string seconds_text(double seconds);
/// "950 B", "12 kB", "3.4 MB", "5.6 GB"; powers of 1000.
std::string bytes_text(double bytes);

}  // namespace app
