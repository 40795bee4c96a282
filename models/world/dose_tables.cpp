// Doses of the record on the quarterly grid, and what of them is another once a nation has left.
#include <algorithm>

#include "models/world/doses.hpp"

namespace world {
namespace {

std::size_t as_index(int i) { return static_cast<std::size_t>(i); }
std::size_t as_index(Mechanism m) { return static_cast<std::size_t>(m); }

}  // namespace

Doses::Tables Doses::tabulate(std::vector<std::vector<FlagDays>> const& flags, int without_pool) const {
  std::size_t const organisations = atlas_->organisations.size(), nations = atlas_->nations.size();
  std::size_t const quarters = as_index(quarters_);
  Tables made;
  made.organisation.assign(mechanism_count * organisations * nations * quarters, 0);
  made.nation.assign(mechanism_count * nations * quarters, 0);
  Mechanism const used[] = {Mechanism::notification, Mechanism::sharing, Mechanism::pooling, Mechanism::attribution, Mechanism::readiness, Mechanism::information, Mechanism::visibility};
  for (Mechanism m : used)
    for (std::size_t n = 0; n < nations; ++n)
      for (std::size_t q = 0; q < quarters; ++q) {
        double rest = 1;
        for (std::size_t o = 0; o < organisations; ++o) {
          bool const none = m == Mechanism::pooling && static_cast<int>(o) == without_pool;  // nobody keeps a pool for it
          double const d = none ? 0 : relation(m, static_cast<int>(o), flags[o][n], (static_cast<double>(q) + 0.5) * quarter_days);
          made.organisation[((as_index(m) * organisations + o) * quarters + q) * nations + n] = static_cast<float>(d);
          rest *= 1 - d;
        }
        made.nation[(as_index(m) * quarters + q) * nations + n] = static_cast<float>(1 - rest);
      }
  tabulate_joint(made);
  tabulate_pairs(made);
  tabulate_pools(made);
  return made;
}

// Of M5: at each organisation no more than the largest dose of another nation.
void Doses::tabulate_joint(Tables& made) const {
  std::size_t const organisations = atlas_->organisations.size(), nations = atlas_->nations.size(), quarters = as_index(quarters_);
  constexpr auto m = static_cast<std::size_t>(Mechanism::attribution);
  for (std::size_t q = 0; q < quarters; ++q) {
    std::vector<double> rest(nations, 1.0);
    for (std::size_t o = 0; o < organisations; ++o) {
      float const* const dose = &made.organisation[((m * organisations + o) * quarters + q) * nations];
      float first = 0, second = 0;
      for (std::size_t n = 0; n < nations; ++n) {
        if (dose[n] > first) second = first, first = dose[n];
        else second = std::max(second, dose[n]);
      }
      // Who has the largest alone is held to the second.
      for (std::size_t n = 0; n < nations; ++n) rest[n] *= 1 - static_cast<double>(std::min(dose[n], dose[n] == first ? second : first));
    }
    for (std::size_t n = 0; n < nations; ++n) made.nation[(m * quarters + q) * nations + n] = static_cast<float>(1 - rest[n]);
  }
}

void Doses::tabulate_pairs(Tables& made) const {
  std::size_t const organisations = atlas_->organisations.size(), nations = atlas_->nations.size(), quarters = as_index(quarters_);
  made.pair.assign(3 * quarters * nations * nations, 0);
  Mechanism const paired[] = {Mechanism::notification, Mechanism::sharing, Mechanism::attribution};
  std::vector<double> rest(quarters);
  for (std::size_t k = 0; k < std::size(paired); ++k)
    for (std::size_t a = 0; a < nations; ++a)
      for (std::size_t b = 0; b < a; ++b) {
        std::fill(rest.begin(), rest.end(), 1.0);
        for (std::size_t o = 0; o < organisations; ++o) {
          float const* dose = &made.organisation[(as_index(paired[k]) * organisations + o) * quarters * nations];
          for (std::size_t q = 0; q < quarters; ++q, dose += nations) rest[q] *= 1 - std::min(dose[a], dose[b]);
        }
        for (std::size_t q = 0; q < quarters; ++q) {
          auto const d = static_cast<float>(1 - rest[q]);
          made.pair[((k * quarters + q) * nations + a) * nations + b] = d;
          made.pair[((k * quarters + q) * nations + b) * nations + a] = d;
        }
      }
}

void Doses::tabulate_pools(Tables& made) const {
  std::size_t const organisations = atlas_->organisations.size(), nations = atlas_->nations.size(), quarters = as_index(quarters_);
  made.pool_of.assign(quarters * nations, -1);
  for (std::size_t q = 0; q < quarters; ++q)
    for (std::size_t n = 0; n < nations; ++n) {
      float largest = 0;
      for (std::size_t o = 0; o < organisations; ++o) {
        float const dose = made.organisation[((as_index(Mechanism::pooling) * organisations + o) * quarters + q) * nations + n];
        if (dose > largest) largest = dose, made.pool_of[q * nations + n] = static_cast<std::int8_t>(o);
      }
    }
}

Doses::Withdrawn Doses::what_differs(Tables const& after, Withdrawal const& withdrawal) const {
  std::size_t const organisations = atlas_->organisations.size(), nations = atlas_->nations.size(), quarters = as_index(quarters_);
  std::size_t const o = as_index(withdrawal.organisation), n = as_index(withdrawal.nation);
  Withdrawn made{withdrawal.nation, withdrawal.organisation, {}, {}, {}, {}, {}};
  for (std::size_t m = 0; m < mechanism_count; ++m)
    for (std::size_t q = 0; q < quarters; ++q) {
      made.dose.push_back(after.organisation[((m * organisations + o) * quarters + q) * nations + n]);
      made.own.push_back(after.nation[(m * quarters + q) * nations + n]);
    }
  auto const joint = after.nation.begin() + static_cast<std::ptrdiff_t>(as_index(Mechanism::attribution) * quarters * nations);
  made.joint.assign(joint, joint + static_cast<std::ptrdiff_t>(quarters * nations));
  for (std::size_t kq = 0; kq < 3 * quarters; ++kq) {
    auto const row = after.pair.begin() + static_cast<std::ptrdiff_t>((kq * nations + n) * nations);
    made.pair.insert(made.pair.end(), row, row + static_cast<std::ptrdiff_t>(nations));
  }
  for (std::size_t q = 0; q < quarters; ++q) made.pool_of.push_back(after.pool_of[q * nations + n]);
  return made;
}

}  // namespace world
