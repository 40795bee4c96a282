// Every uncertain number of the world: unit, range, prior, meaning, source and grade, described once.
#pragma once

#include "models/world/data/atlas.hpp"
#include "sim/base/fields.hpp"

namespace world {

/// One draw of all uncertain numbers; a future has one. Times in days, rates per year unless the name says otherwise.
struct Parameters {
  // Mechanisms of a partnership.
  double detection_ratio = 1;         // M1, theta1
  double share_probability = 0;       // M2, p_sh
  double leak_probability = 0;        // M2, eps
  double exercise_ratio = 1;          // M3, theta3
  double pool_share = 0;              // M4, s_p
  double attribution_odds = 1;        // M5, theta5
  double evidence_speed = 1;          // M5, v5
  double decision_delay_ratio = 1;    // M6, theta6
  double misattribution_cut = 0;      // M6, phi6
  double information_ratio = 1;       // M7, theta7
  double targeting_ratio = 1;         // M8, theta8
  double partnership_cost = 0;        // M9, theta9
  double free_riding = 0;             // M10, rho10
  double membership_ramp_days = 180;
  std::array<double, 8> centre_weight{1, 1, 1, 1, 1, 1, 1, 1};  // CCDCOE, M1..M8
  std::array<double, 8> elsewhere_weight{1, 1, 1, 1, 1, 1, 1, 1};  // all other organisations, M1..M8
  // Campaigns.
  double access_intercept = -1.3;
  double access_slope = 0.5;
  double state_trend_after_2016 = 0;
  double other_targets_ratio = 1;
  double displacement = 0.5;
  double state_vulnerability_weight = 0.25;
  double criminal_vulnerability_weight = 0.6;
  double criminal_growth_to_2024 = 3;
  double criminal_size_exponent = 0.8;
  double ransomware_share_2021 = 0.5;
  double tension_half_life_days = 90;
  double tension_jump = 0.25;
  double capability_growth = 0.08;
  double hacktivist_share = 0.2;
  double hacktivist_branching = 0.4;
  double hacktivist_memory_days = 10;
  double hacktivists_by_crisis = 2;
  double hacktivists_by_naming = 0.1;
  // Exploits.
  double acquisition_top = 17;
  double acquisition_other = 4;
  double acquisition_criminal = 11;
  double survival_prior = 0.65;
  double opportunity_rate = 2;
  double discount_rate = 0.15;
  double known_tool_life_days = 180;
  double supplier_life_days = 120;
  // Detection, sharing, patching.
  double detect_slope = 0.3;
  double dwell_floor_days = 8;
  double dwell_fall_per_year = 0.25;
  double dwell_ratio_after_2018 = 2;
  double patch_loss = 0.5;
  double hunt_probability = 0.5;
  double relay_delay_days = 11;
  double indicator_half_life_days = 30;
  // Exercises and response.
  double exercise_learning = 0.5;
  double exercise_half_life_years = 1.5;
  double exercise_reach = 0.5;
  double response_load = 0.7;
  double respond_slope = 0.25;
  double recurrence_probability = 0.44;
  double investment_stakes = 20;
  // Attribution and deterrence.
  double evidence_rate_per_day = 0.014;
  double policy_shift = 1.2;
  double false_flag_share = 0.05;
  double false_flag_items = 0.5;
  double false_flag_adaptation = 0.5;
  double partner_hop = 0.2;
  double deterrence_weight = 1;
  double vulnerable_share = 0.5;
  double blame_reward = 0.2;
  double escalation_caution = 0.25;
  double false_alarm = 0.05;
  double renewal_period_days = 90;
  double retake_cost_days = 10;
  // Public trust.
  double trust_drop_per_severity = 0.08;
  double operation_amplification = 0.5;
  double trust_recovery_days = 120;
  double counter_message_share = 0.4;
  // Effects, cascades, loss.
  double dependency_scale = 1;
  double cross_border_scale = 1;
  double recapture = 0.6;
  double recording_logit = -1.386;
  double revealed_recording_logit = 1;
  double named_recording_logit = 1;
  double openness_recording_logit = 0.5;
};

/// Descriptions of all parameters, in the order of files and tables. `centre_weight` appears once per mechanism.
std::vector<sim::ParameterInfo> parameter_descriptions();

/// Parameters from values in the order of parameter_descriptions().
Parameters parameters_from(double const* values);

/// Interval of a mechanism parameter in the `wide` prior set, where a partnership may also hurt.
std::vector<std::pair<std::string, sim::Distribution>> wide_priors();

/// The same of the `sceptical` set: the interval of `flat`, with most weight near no effect.
std::vector<std::pair<std::string, sim::Distribution>> sceptical_priors();

}  // namespace world
