// The one exception for a user's fault: bad input, an unusable file, a full disk.
#pragma once

#include <stdexcept>
#include <string>

namespace sim {

/// A problem the user can mend. The text reads "<problem> (<why>) <what to do>".
class Error : public std::runtime_error {
 public:
  explicit Error(std::string const& text) : std::runtime_error(text) {}
};

}  // namespace sim
