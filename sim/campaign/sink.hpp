// Where finished replications go; the campaign knows neither files nor formats.
#pragma once

#include "sim/base/results.hpp"

namespace sim {

/// Receives each finished replication once, in no particular order.
class RecordSink {
 public:
  virtual ~RecordSink() = default;
  /// Keeps `record` for good. Called from several threads at once; an exception ends the campaign.
  virtual void append(ReplicationRecord&& record) = 0;
};

}  // namespace sim
