#include "sim/campaign/sampling/sobol.hpp"

#include <bit>

#include "sim/campaign/sampling/sobol_numbers.hpp"

namespace sim {
namespace {

using Directions = std::array<std::uint32_t, 32>;

/// The recurrence of Joe and Kuo (2003), equation (2): `numbers` is a polynomial of degree s and m_1 ... m_s.
Directions directions_of(std::uint16_t const* numbers) {
  Directions v{};
  unsigned const polynomial = numbers[0];
  unsigned const s = static_cast<unsigned>(std::bit_width(polynomial)) - 1;
  for (unsigned i = 0; i < s; ++i) v[i] = std::uint32_t{numbers[1 + i]} << (31 - i);
  for (unsigned i = s; i < 32; ++i) {
    v[i] = v[i - s] ^ (v[i - s] >> s);
    for (unsigned k = 1; k < s; ++k)
      if (polynomial >> (s - k) & 1u) v[i] ^= v[i - k];
  }
  return v;
}

}  // namespace

SobolSequence::SobolSequence(std::size_t dimensions) {
  SIM_CHECK(dimensions <= sobol_dimensions_max);
  directions_.reserve(dimensions);
  std::uint16_t const* numbers = sobol_numbers;
  for (std::size_t d = 0; d < dimensions; ++d) {
    if (d == 0) {
      Directions powers{};
      for (unsigned i = 0; i < 32; ++i) powers[i] = std::uint32_t{1} << (31 - i);
      directions_.push_back(powers);
      continue;
    }
    directions_.push_back(directions_of(numbers));
    numbers += std::bit_width(unsigned{numbers[0]});
  }
}

std::uint32_t SobolSequence::digits(std::uint32_t index, std::size_t dimension) const {
  auto const& v = directions_[dimension];
  std::uint32_t digits = 0;
  for (std::uint32_t gray = index ^ (index >> 1); gray != 0; gray &= gray - 1) digits ^= v[static_cast<std::size_t>(std::countr_zero(gray))];
  return digits;
}

double OwenScrambling::operator()(std::uint32_t digits) const {
  // A word of 64 bits holds the 63 coins of six levels of the tree, in the order of a heap from bit 1 on.
  constexpr unsigned levels = 6;
  std::uint64_t scrambled = 0;
  for (unsigned depth = 0; depth < 32; depth += levels) {
    std::uint64_t const prefix = depth == 0 ? 0 : digits >> (32 - depth);
    std::uint64_t const coins = design_stream(seed_, owner_, depth, prefix).bits();
    unsigned node = 1;
    for (unsigned k = depth; k < depth + levels && k < 32; ++k) {
      unsigned const digit = digits >> (31 - k) & 1u;
      scrambled = scrambled << 1 | (digit ^ (coins >> node & 1u));
      node = 2 * node + digit;
    }
  }
  std::uint64_t const beyond = design_stream(seed_, owner_, 32, digits).bits();
  return RngStream::to_uniform(scrambled << 32 | beyond >> 32);
}

std::vector<double> sobol_design(DesignRequest const& request, std::uint32_t first) {
  std::size_t const width = request.factors.size();
  SobolSequence const sequence(width);
  std::vector<double> u(std::size_t{request.points} * width);
  for (std::size_t d = 0; d < width; ++d) {
    OwenScrambling const scramble(request.seed, "sobol/" + request.factors[d]);
    for (std::uint32_t i = 0; i < request.points; ++i) u[i * width + d] = scramble(sequence.digits(first + i, d));
  }
  return u;
}

}  // namespace sim
