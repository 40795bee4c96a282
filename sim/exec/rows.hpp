// Hands the rows of committed handler calls to their sink.
#pragma once

#include <span>

#include "sim/kernel/handler_output.hpp"
#include "sim/kernel/lp_block.hpp"
#include "sim/kernel/row.hpp"

namespace sim {

/// Delivers the rows of one handler call of `lp` in order of recording.
inline void deliver_rows(std::span<std::byte const> rows, WorldTable const& world, LpId lp, EventKey key, std::uint64_t parent,
                         RowSink& sink) {
  RowKey row{.event = key, .parent = parent, .lp = lp};
  row.agent_type = world.slots[static_cast<std::uint32_t>(lp)].type;
  for (std::size_t at = 0; at < rows.size(); ++row.index) {
    auto const& header = *reinterpret_cast<RowHeader const*>(rows.data() + at);
    row.incident = header.incident;
    row.row_kind = static_cast<std::uint16_t>(header.kind);
    sink.row(row, {rows.data() + at + sizeof header, header.size});
    at += sizeof header + header.padded_size();
  }
}

}  // namespace sim
