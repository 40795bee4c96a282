// How strongly each relation of a nation carries each mechanism: flags, ramps and doses of one future.
#pragma once

#include <span>
#include <vector>

#include "models/world/data/atlas.hpp"
#include "models/world/mechanisms.hpp"
#include "sim/base/time.hpp"

namespace world {

inline constexpr float never_day = 1e9F;

/// Dated flags of one nation at one organisation [d since the start of the world], each on in [from, to).
struct FlagDays {
  float liaison_from = never_day, liaison_to = never_day;
  float exercise_from = never_day, exercise_to = never_day;
  float member_from = never_day, member_to = never_day;
  float announced = never_day;
  float kept = 0;  // of an earlier membership when this one began: its ramp goes on from there
};

/// A relation that the study's treatments control, as agents know it so far.
struct Relation {
  std::int16_t nation = -1, organisation = -1;
  std::int32_t exercise_is_lever = 0;  // 1 if a treatment of the study moves its exercise flag
  FlagDays flags;
};

/// The controlled relations; part of the state of every agent that needs them. Empty slots have nation -1.
struct Relations {
  static constexpr int capacity = 4;
  Relation slots[capacity];
  std::int32_t ending = 0;  // of Endings that has come: 0 none, 1 the dissolution, 2 + k withdrawal number k
  Relation* find(int nation, int organisation);
  /// Sets one flag from `day` on; off ends it. Who joins again goes on from what is left of the earlier membership. A pair without a slot
  /// takes an empty one: before, it is as if all its flags were off.
  void set(int nation, int organisation, Flag flag, bool on, float day, double ramp_days);
};

/// How effective a membership is at `day`, in [0, 1]: it ramps up from `kept` since joining and decays since leaving (equations 1.2).
double membership_ramp(FlagDays const& flags, double day, double ramp_days);

/// A recorded member that some treatment of the study takes out of an organisation for good.
struct Withdrawal {
  int nation = -1, organisation = -1;
  double day = 0;  // since the start of the world
};

/// What treatments of the study end of the record, one ending in each at most. The dissolution of an organisation: from its day on the
/// recorded members have left, and nobody joins. And withdrawals.
struct Endings {
  int organisation = -1;  // that is dissolved; -1: none
  double day = 0;         // since the start of the world
  std::vector<Withdrawal> withdrawals = {};
  /// True if the nation is out of the organisation once the ending with number `ending` has come.
  bool is_out(int ending, int nation, int of_organisation) const;
};

/// Doses of one future: the uncontrolled record on a quarterly grid, controlled relations exactly.
class Doses {
 public:
  static constexpr double quarter_days = 91.3125;  // grid of recorded doses [d]

  Doses() = default;
  Doses(Atlas const& atlas, Parameters const& parameters, std::vector<Relation> const& controlled, sim::Time start, sim::Time end,
        Endings const& endings = {});

  /// True if any flag at the organisation carries any mechanism.
  bool matters(int organisation) const;
  /// Weight of one flag, scaled and capped at 1.
  double weight(Mechanism m, int organisation, Flag flag) const;
  /// Dose of one relation for mechanism m at `day`, in [0, 1] (equations 1.2).
  double relation(Mechanism m, int organisation, FlagDays const& flags, double day) const;
  /// Dose d_m(n, o) of a nation at one organisation.
  double at_organisation(Mechanism m, int nation, int organisation, Relations const& relations, double day) const;
  /// The same of all nations at once; `dose` [nations].
  void all_at_organisation(Mechanism m, int organisation, Relations const& relations, double day, std::span<double> dose) const;
  /// The organisation with the nation's largest dose of M4, -1 for none.
  int pool_of(int nation, Relations const& relations, double day) const;
  /// Dose D_m(n) over all organisations; for M5, M6, M7, M8. Of M5 an organisation gives no more than its other members have: nobody names jointly alone.
  double nation(Mechanism m, int nation, Relations const& relations, double day) const;
  /// The same of all nations at once; `dose` [nations].
  void all_nations(Mechanism m, Relations const& relations, double day, std::span<double> dose) const;
  /// Pair dose D_m(n, n') over shared organisations; for M1, M2, M5.
  double pair(Mechanism m, int nation, int partner, Relations const& relations, double day) const;
  /// The same with every nation at once, 0 with itself; `dose` [nations].
  void all_pairs(Mechanism m, int nation, Relations const& relations, double day, std::span<double> dose) const;
  /// The same without the controlled relations.
  double recorded_pair(Mechanism m, int nation, int partner, Relations const& relations, double day) const;
  /// 1 - product over the nations of `known` (bit n of two words) of (1 - D_m(nation, n)); for M1, M5.
  double known_by(Mechanism m, int nation, std::array<std::uint64_t, 2> known, Relations const& relations, double day) const;
  /// D6(n) of the record on 2020-12-31, which the capability indices already contain.
  double readiness_in_indices(int nation) const { return readiness_reference_[static_cast<std::size_t>(nation)]; }
  /// The same of D7.
  double information_in_indices(int nation) const { return information_reference_[static_cast<std::size_t>(nation)]; }
  /// Mean over all other nations of D2 by the record on 2020-12-31.
  double spill_in_indices(int nation) const { return spill_reference_[static_cast<std::size_t>(nation)]; }
  /// The largest D2 with a partner by the record on 2020-12-31, 0 without partners.
  double closest_in_indices(int nation) const { return closest_reference_[static_cast<std::size_t>(nation)]; }
  int quarters() const { return quarters_; }
  double ramp_days() const { return ramp_days_; }

 private:
  std::size_t quarter(double day) const;
  double partners_largest(Mechanism m, int nation, int organisation, Relations const& relations, double day) const;
  double joint(int nation, Relations const& relations, double day) const;
  double controlled_pair(Mechanism m, Relation const& slot, int nation, int partner, Relations const& relations, double day) const;
  void find_partners_in_indices(std::vector<std::vector<FlagDays>> const& flags, double day);
  std::vector<double> doses_in_indices(Mechanism m, std::vector<std::vector<FlagDays>> const& flags, double day) const;
  /// The uncontrolled record on the quarterly grid.
  struct Tables {
    std::vector<float> organisation;   // [mechanism x organisation x quarter x nation]
    std::vector<float> nation;         // [mechanism x quarter x nation]
    std::vector<float> pair;           // [3 (M1, M2, M5) x quarter x nation x nation]
    std::vector<std::int8_t> pool_of;  // [quarter x nation]
  };
  /// What of the record's tables is another once a nation has left an organisation: a sixtieth of them.
  struct Withdrawn {
    int nation = -1, organisation = -1;
    std::vector<float> dose;           // at the organisation [mechanism x quarter]
    std::vector<float> own;            // of the nation [mechanism x quarter]; M5: see joint
    std::vector<float> joint;          // M5 of all nations [quarter x nation]
    std::vector<float> pair;           // of the nation with each other [3 (M1, M2, M5) x quarter x nation]
    std::vector<std::int8_t> pool_of;  // of the nation [quarter]
  };
  /// Pair doses of one nation with all: by the record, but for one that has left.
  struct PairRow {
    float const* doses;  // [nation]
    int other = -1;      // -1: none
    float with_other = 0;
    float with(int partner) const { return partner == other ? with_other : doses[partner]; }
  };
  /// Of the record; with the organisation dissolved where that has come.
  Tables const& tables(Relations const& relations) const { return tables_[relations.ending == 1 ? 1 : 0]; }
  /// The withdrawal that has come, or null.
  Withdrawn const* withdrawn(Relations const& relations) const { return relations.ending < 2 ? nullptr : &withdrawn_[static_cast<std::size_t>(relations.ending) - 2]; }
  Withdrawn what_differs(Tables const& after, Withdrawal const& withdrawal) const;
  float tabulated(Mechanism m, int nation, int organisation, Relations const& relations, std::size_t quarter) const;
  float tabulated(Mechanism m, int nation, Relations const& relations, std::size_t quarter) const;
  PairRow pair_row(Mechanism m, int nation, Relations const& relations, std::size_t quarter) const;
  Tables tabulate(std::vector<std::vector<FlagDays>> const& flags, int without_pool = -1) const;
  void tabulate_joint(Tables&) const;
  void tabulate_pairs(Tables&) const;
  void tabulate_pools(Tables&) const;

  Atlas const* atlas_ = nullptr;
  std::vector<double> weights_;            // [organisation x flag x mechanism], scaled and capped
  std::vector<float> weight_from_;         // [organisation x mechanism] day before which they are 0; 0 for all days
  double ramp_days_ = 180;
  int quarters_ = 0;
  std::vector<Tables> tables_;             // by the record; with the organisation dissolved, empty unless a treatment does that
  std::vector<Withdrawn> withdrawn_;       // of each withdrawal
  std::vector<double> readiness_reference_, information_reference_, spill_reference_, closest_reference_;  // [nations]
};

}  // namespace world
