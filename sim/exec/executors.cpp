#include "sim/exec/executors.hpp"

#include "sim/base/error.hpp"
#include "sim/base/names.hpp"
#include "sim/exec/conservative/conservative.hpp"
#include "sim/exec/distributed/distributed.hpp"
#include "sim/exec/optimistic/optimistic.hpp"
#include "sim/exec/rollback_check.hpp"
#include "sim/exec/sequential.hpp"

namespace sim {

namespace {

struct Choice {
  std::string_view name;
  bool has_threads;
  std::unique_ptr<Executor> (*make)(unsigned threads);
};

constexpr Choice choices[] = {{"sequential", false, [](unsigned) { return make_sequential(); }},
                              {"conservative", true, [](unsigned threads) { return make_conservative(threads); }},
                              {"optimistic", true, [](unsigned threads) { return make_optimistic(threads); }},
                              {"distributed", false, [](unsigned) { return make_distributed(); }},
                              {"rollback-check", false, [](unsigned) { return make_rollback_check(); }}};

}  // namespace

std::vector<std::string> executor_names() {
  std::vector<std::string> names;
  for (Choice const& choice : choices) names.emplace_back(choice.name);
  return names;
}

std::unique_ptr<Executor> make_executor(std::string_view name, unsigned threads) {
  for (Choice const& choice : choices) {
    if (choice.name != name) continue;
    if (threads > 1 && !choice.has_threads)
      throw Error(std::to_string(threads) + " threads for the " + std::string(name) +
                  " executor (it has one) choose the conservative or the optimistic executor, or one thread");
    return choice.make(threads);
  }
  auto const known = executor_names();
  throw Error("unknown executor " + shown(name) + " (there are: " + listed(known) + ") " +
              did_you_mean(name, known, "choose one of them"));
}

}  // namespace sim
