// Inside of the reader of [sampling]: one function per group of keys, all adding to the same study and issues.
#pragma once

#include "sim/campaign/sampling/factor_design.hpp"
#include "sim/campaign/study_parts.hpp"

namespace sim {

/// levels, trajectories, base, second_order, quantiles; needs the type.
void read_sizes(TableReader& sampling, StudyParts& parts);
/// criterion; needs the type and the campaign.
void read_pairing(TableReader& sampling, StudyParts& parts);
/// generators, resolution; needs the type and the factors that vary.
void read_generators(TableReader& sampling, StudyParts& parts);
/// where; each condition is parsed.
void read_where(TableReader& sampling, StudyParts& parts);
/// [[sampling.correlations]]; needs the factors that vary.
void read_correlations(TableReader& sampling, StudyParts& parts);
/// The points of a table, from `rows` or from a CSV file; the columns are sampling.factors.
void read_sampling_table(TableReader& sampling, StudyParts& parts);
/// Reports factors that two levels, or a step of Morris's, leave at one value; needs all keys.
void check_levels_differ(TableReader& sampling, StudyParts& parts);
/// Reports factors of a full factorial that its conditions leave one value.
void check_still_varying(TableReader& sampling, FactorDesign const& design, StudyParts& parts);

}  // namespace sim
