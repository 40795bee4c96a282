#include "sim/base/results.hpp"

namespace sim {

std::size_t response_offset(ResultSchema const& schema, std::size_t index) {
  std::size_t offset = 0;
  for (std::size_t i = 0; i < index; ++i) offset += schema.responses[i].per_nation ? schema.nations.size() : 1;
  return offset;
}

std::size_t response_width(ResultSchema const& schema) { return response_offset(schema, schema.responses.size()); }

}  // namespace sim
