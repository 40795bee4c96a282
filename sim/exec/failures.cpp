#include "sim/exec/failures.hpp"

#include <exception>
#include <new>

namespace sim {

namespace {

[[noreturn]] void rethrow(World const& world, LpId lp, std::string_view kind, Time time) {
  try {
    throw;
  } catch (std::bad_alloc const&) {
    throw;
  } catch (ReplicationFailure const&) {
    throw;
  } catch (std::exception const& cause) {
    throw ReplicationFailure(cause.what(), world.name(lp), kind, time);
  } catch (...) {
    throw ReplicationFailure("exception of unknown type", world.name(lp), kind, time);
  }
}

}  // namespace

void rethrow_handler_failure(World const& world, EventHeader const& event) {
  rethrow(world, event.to, world.type(event.to).events[event.kind].name, event.key.time);
}

void rethrow_init_failure(World const& world, LpId lp, Time start) { rethrow(world, lp, "init", start); }

}  // namespace sim
