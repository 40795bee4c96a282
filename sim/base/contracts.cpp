#include "sim/base/contracts.hpp"

namespace sim {

void contract_violated(char const* kind, char const* condition, char const* file, int line) {
  throw ContractViolation(std::string(kind) + " failed: " + condition + " at " + file + ":" + std::to_string(line));
}

}  // namespace sim
