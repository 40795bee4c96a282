// What an actor gets in with and defenders can share: how its id is made up.
#pragma once

#include <cstdint>

namespace world {

/// A zero-day; a compromised supplier's product; what uses a known flaw.
enum class ToolKind : std::uint32_t { zero_day, supplier, known_flaw };
inline constexpr std::uint32_t tool_kind_count = 3;

/// Bits of a tool's id, from the highest: actor + 1 (6), platform (2), kind (2), variant (11), number (11); a zero-day's number takes the last 22.
inline constexpr std::uint32_t tool_variants = 1U << 11, tool_variant_shift = 11, tool_kind_shift = 22, tool_platform_shift = 24, tool_actor_shift = 26;

constexpr std::uint32_t platform_of(std::uint32_t tool) { return tool >> tool_platform_shift & 3; }
constexpr ToolKind kind_of(std::uint32_t tool) { return static_cast<ToolKind>(tool >> tool_kind_shift & 3); }
/// True if the tool's number follows from the date alone; which zero-day is used follows from what happened before.
constexpr bool follows_calendar(std::uint32_t tool) { return kind_of(tool) != ToolKind::zero_day; }

}  // namespace world
