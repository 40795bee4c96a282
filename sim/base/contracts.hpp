// Contracts for our own faults: a broken one throws ContractViolation with the condition and the place.
#pragma once

#include <stdexcept>
#include <string>

namespace sim {

/// A promise of the program itself was broken; never the user's fault.
class ContractViolation : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// Throws ContractViolation; out of line so that the checks stay small.
[[noreturn]] void contract_violated(char const* kind, char const* condition, char const* file, int line);

}  // namespace sim

#define SIM_CONTRACT(kind, condition) \
  (static_cast<bool>(condition) ? void(0) : ::sim::contract_violated(kind, #condition, __FILE__, __LINE__))

/// Cheap checks that stay in release builds (causality, capacity).
#define SIM_CHECK(condition) SIM_CONTRACT("check", condition)

#ifdef NDEBUG
#define SIM_EXPECT(condition) void(0)
#define SIM_ASSERT(condition) void(0)
#define SIM_ENSURE(condition) void(0)
#else
#define SIM_EXPECT(condition) SIM_CONTRACT("precondition", condition)
#define SIM_ASSERT(condition) SIM_CONTRACT("assertion", condition)
#define SIM_ENSURE(condition) SIM_CONTRACT("postcondition", condition)
#endif
