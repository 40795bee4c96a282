// Draws that a whole future shares.
#pragma once

#include <string>

#include "sim/rng/stream.hpp"
#include "sim/rng/stream_id.hpp"

namespace world {

/// Draws of one future on one subject: a stream named by the subject, replication word 2^32 - 2.
inline sim::RngStream draws(sim::ReplicationStream stream, std::string const& subject) {
  stream.replication = 0xfffffffe;
  return {stream, sim::stream_id("setting/" + subject), 0, 0};
}

}  // namespace world
