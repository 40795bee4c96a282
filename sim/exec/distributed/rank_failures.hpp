// What is thrown on one rank and not on the others: it must end the run on all of them, at the same place.
#pragma once

#include <exception>

#include "sim/exec/distributed/ranks.hpp"

namespace sim {

/// Keeps what this rank could not do (a sink that throws, memory) until all agree to fail.
class RankFailure {
 public:
  void clear() { failure_ = nullptr; }
  /// Keeps the exception at hand, unless there is one already; called from a catch block.
  void keep() {
    if (!failure_) failure_ = std::current_exception();
  }
  bool is_set() const { return failure_ != nullptr; }

  /// All ranks call it; returns if none has failed. Else each throws: its own exception, or std::bad_alloc if any lacks
  /// memory, or an Error with the words of the first rank that failed.
  void throw_together(Ranks& ranks);

 private:
  std::exception_ptr failure_;
};

}  // namespace sim
