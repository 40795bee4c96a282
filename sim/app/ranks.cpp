#include "sim/app/ranks.hpp"

#include "sim/app/console.hpp"
#include "sim/base/error.hpp"
#include "sim/exec/distributed/mpi_session.hpp"

namespace app {

namespace {

// Within it an error that all ranks have in common has reached them all, unless the machine is very busy.
constexpr double wall_grace_s = 3;

}  // namespace

void join_ranks(std::string_view executor) {
  if (executor == "distributed") return sim::begin_ranks();
  unsigned const ranks = sim::launched_ranks();
  if (ranks == 1) return;
  if (sim::built_with_mpi()) sim::begin_ranks();  // so that one of them says it
  throw sim::Error(std::to_string(ranks) + " ranks were started (each would do the same work) " +
                   (executor.empty() ? "give this command without mpirun"
                                     : "choose --executor distributed, or give the command without mpirun"));
}

void join_launched_ranks() {
  if (sim::launched_ranks() > 1) sim::begin_ranks();
}

int end_with_ranks(Exit code, std::string const& words) {
  complain(words);
  bool const is_first = sim::this_rank() == 0;
  if (sim::all_ranks_done(words.empty() ? -1 : wall_grace_s)) {
    sim::end_ranks();
    return is_first ? static_cast<int>(code) : 0;
  }
  if (!is_first) complain_on_any_rank("rank " + std::to_string(sim::this_rank()) + ": " + words);
  complain_on_any_rank("berylia: this error ends all ranks; what is finished is kept, the same command continues\n");
  sim::abort_ranks(static_cast<int>(code));
  return static_cast<int>(code);
}

}  // namespace app
