// The way in through a partner whom the target trusts: which partner, and how likely it works.
#pragma once

#include "models/world/setting.hpp"

namespace world {

/// What an actor weighs when it looks for a way through a partner of `target` (equations 4.5).
struct PartnerSearch {
  int target = 0;
  int home = -1;         // nation of the actor, which it does not break into; -1 for criminals
  double day = 0;
  bool weakest = false;  // true: weak prevention draws the actor, not the dose alone
};

/// The partner that it comes through: nation n is taken with weight D2(target, n), times exp(-prevention(n) / 0.5) where the weakest is
/// looked for. There is a way with probability 1 - product over partners of (1 - D2). -1 where `open_mark`, uniform on [0, 1), finds none;
/// `choice_mark` of the same kind picks the partner.
int partner_path(Setting const& setting, PartnerSearch const& search, Relations const& relations, double open_mark, double choice_mark);

}  // namespace world
