#include "models/world/parameters.hpp"

#include <functional>

namespace world {
namespace {

using sim::Distribution;
using sim::Family;
using sim::Grade;

struct Entry {
  sim::ParameterInfo info;
  std::function<double&(Parameters&)> member;
};

Distribution constant(double a) { return {Family::constant, a}; }
Distribution uniform(double a, double b) { return {Family::uniform, a, b}; }
Distribution log_uniform(double a, double b) { return {Family::log_uniform, a, b}; }
Distribution lognormal(double median, double log_sd) { return {Family::lognormal, median, log_sd}; }
Distribution normal(double mean, double sd) { return {Family::normal, mean, sd}; }

std::string const no_estimate = "assumed: no causal estimate of a partnership's effect is published";

void add_mechanisms(std::vector<Entry>& list) {
  list.push_back({{"M1.detection_ratio", "1", 0.5, 2, uniform(1, 1.3), "hazard of detection when every partner that knows the actor tells, relative to none", "expert bound from external and internal dwell times, M-Trends 2012-2025", Grade::expert}, [](Parameters& p) -> double& { return p.detection_ratio; }});
  list.push_back({{"M2.share_probability", "1", 0, 1, uniform(0, 1), "probability that a detected tool is relayed to an organisation", no_estimate, Grade::assumed}, [](Parameters& p) -> double& { return p.share_probability; }});
  list.push_back({{"M2.leak_probability", "1", 0, 1, constant(0), "probability that a relay becomes known to the actor through a member that received it, who then drops the tool; above 0 in the wide set", no_estimate, Grade::assumed}, [](Parameters& p) -> double& { return p.leak_probability; }});
  list.push_back({{"M3.exercise_ratio", "1", 0.5, 2, uniform(1, 1.21), "service rate of a fully exercised response team relative to an unexercised one", "IBM/Ponemon Cost of a Data Breach: a tested plan saves 54 of 306 days (correlational)", Grade::reported}, [](Parameters& p) -> double& { return p.exercise_ratio; }});
  list.push_back({{"M4.pool_share", "1", 0, 1, uniform(0, 0.2), "servers that an organisation may have lent at a time, over those of its members by dose", "expert bound: rapid response teams of the EU and bilateral aid are small", Grade::expert}, [](Parameters& p) -> double& { return p.pool_share; }});
  list.push_back({{"M5.attribution_odds", "1", 0.2, 5, uniform(1, 2), "odds of political attribution at full dose relative to none", no_estimate, Grade::assumed}, [](Parameters& p) -> double& { return p.attribution_odds; }});
  list.push_back({{"M5.evidence_speed", "1", 0.2, 5, uniform(1, 2), "rate at which evidence arrives when all partners know the actor, relative to none", no_estimate, Grade::assumed}, [](Parameters& p) -> double& { return p.evidence_speed; }});
  list.push_back({{"M6.decision_delay_ratio", "1", 0.2, 2, uniform(0.7, 1), "political decision delay at full dose relative to none", no_estimate, Grade::assumed}, [](Parameters& p) -> double& { return p.decision_delay_ratio; }});
  list.push_back({{"M6.misattribution_cut", "1", -0.5, 0.9, uniform(0, 0.3), "share of wrong attributions avoided at full dose", no_estimate, Grade::assumed}, [](Parameters& p) -> double& { return p.misattribution_cut; }});
  list.push_back({{"M7.information_ratio", "1", 0.5, 2, uniform(0.8, 1), "drop of public trust by an effect at full dose relative to none", no_estimate, Grade::assumed}, [](Parameters& p) -> double& { return p.information_ratio; }});
  list.push_back({{"M8.targeting_ratio", "1", 0.5, 2, uniform(0.9, 1.3), "rate at which a full member is targeted relative to the same nation outside", "assumed: event study of 18 joiners 2014-2020 gives log share ratio +0.44 (SE 0.43), confounded", Grade::assumed}, [](Parameters& p) -> double& { return p.targeting_ratio; }});
  list.push_back({{"M9.partnership_cost", "1", 0, 0.2, uniform(0, 0.02), "share of response capacity that is away while any flag is on", "assumed: posted officers and exercise teams over the national specialist pool", Grade::assumed}, [](Parameters& p) -> double& { return p.partnership_cost; }});
  list.push_back({{"M10.free_riding", "1", 0, 0.95, uniform(0, 0.3), "share of a nation's effort that it would save if all nations shared fully with it", "expert bound: burden sharing in alliances, Olson and Zeckhauser 1966 and after", Grade::expert}, [](Parameters& p) -> double& { return p.free_riding; }});
  list.push_back({{"membership_ramp", "d", 1, 3000, lognormal(180, 0.5), "time constant with which a new membership becomes effective", "assumed: half a year of integration", Grade::assumed}, [](Parameters& p) -> double& { return p.membership_ramp_days; }});
  for (int m : {1, 2, 3, 5, 6, 7, 8})
    list.push_back({{"centre_weight.M" + std::to_string(m), "1", 0, 2, uniform(0.5, 1.5), "factor on the centre's dose weights for M" + std::to_string(m) + " (weights capped at 1)", "assumed: the centre trains, exercises, researches law; it is no indicator hub", Grade::assumed}, [m](Parameters& p) -> double& { return p.centre_weight[static_cast<std::size_t>(m - 1)]; }});
  for (int m : {1, 2, 4, 5, 6, 7})
    list.push_back({{"elsewhere_weight.M" + std::to_string(m), "1", 0, 2, uniform(0.5, 1.5), "factor on the dose weights of all other organisations for M" + std::to_string(m) + " (weights capped at 1)", "assumed: as for the centre", Grade::assumed}, [m](Parameters& p) -> double& { return p.elsewhere_weight[static_cast<std::size_t>(m - 1)]; }});
}

void add_campaigns(std::vector<Entry>& list) {
  list.push_back({{"access_intercept", "1", -5, 3, uniform(-2.2, -0.4), "logit of the access probability against a nation of mean prevention", "assumed: 10 to 40 % of attempts get in", Grade::assumed}, [](Parameters& p) -> double& { return p.access_intercept; }});
  list.push_back({{"access_slope", "1", 0, 3, uniform(0.2, 0.8), "fall of the logit of the access probability per standard deviation of prevention", "assumed: better prevention helps, by how much is unknown", Grade::assumed}, [](Parameters& p) -> double& { return p.access_slope; }});
  list.push_back({{"state_trend_after_2016", "1/yr", -0.5, 0.5, uniform(-0.05, 0.07), "log slope of state campaigns after the calibration window", "assumed: from slightly falling to the slope of 2000-2016", Grade::assumed}, [](Parameters& p) -> double& { return p.state_trend_after_2016; }});
  list.push_back({{"other_targets_ratio", "1", 0.01, 10, log_uniform(0.5, 2), "campaigns of a state actor outside its recorded rivalries over those inside", "assumed: EuRepoC records about twice as many state-linked incidents as DCID, 2010-2018", Grade::assumed}, [](Parameters& p) -> double& { return p.other_targets_ratio; }});
  list.push_back({{"displacement", "1", 0, 1, uniform(0, 1), "share of deterred campaigns that fall on other targets of the actor: 0 none, 1 full waterbed", "assumed: spans the whole range", Grade::assumed}, [](Parameters& p) -> double& { return p.displacement; }});
  list.push_back({{"state_vulnerability_weight", "1", 0, 3, uniform(0, 0.5), "rise of the log rate of a state's campaigns per standard deviation of prevention that a target loses", "assumed: states choose for value before ease", Grade::assumed}, [](Parameters& p) -> double& { return p.state_vulnerability_weight; }});
  list.push_back({{"criminal_vulnerability_weight", "1", 0, 3, uniform(0.2, 1), "the same of criminals", "assumed: criminals choose for ease", Grade::assumed}, [](Parameters& p) -> double& { return p.criminal_vulnerability_weight; }});
  list.push_back({{"criminal_growth_to_2024", "1", 0.1, 30, lognormal(3, 0.5), "growth of criminal campaigns from 2014, the middle of the record, to 2024", "assumed: growth of reported ransomware", Grade::assumed}, [](Parameters& p) -> double& { return p.criminal_growth_to_2024; }});
  list.push_back({{"criminal_size_exponent", "1", 0, 2, uniform(0.6, 1), "exponent of GDP in a nation's share of criminal campaigns", "expert bound: EuRepoC receivers 2010-2018 against GDP", Grade::expert}, [](Parameters& p) -> double& { return p.criminal_size_exponent; }});
  list.push_back({{"ransomware_share_2021", "1", 0, 1, uniform(0.3, 0.7), "share of ransomware in criminal campaigns from 2021", "expert bound: EuRepoC, industry reports", Grade::expert}, [](Parameters& p) -> double& { return p.ransomware_share_2021; }});
  list.push_back({{"tension_half_life", "d", 1, 3650, uniform(30, 180), "half-life of the tension that a named effect leaves", "measured: no memory beyond a year in dyad counts (DCID 2007-2016)", Grade::measured}, [](Parameters& p) -> double& { return p.tension_half_life_days; }});
  list.push_back({{"tension_jump", "1", 0, 2, uniform(0.1, 0.4), "rise of the log rate of campaigns when an effect is named", "assumed: small against a crisis", Grade::assumed}, [](Parameters& p) -> double& { return p.tension_jump; }});
  list.push_back({{"capability_growth", "1/yr", -0.5, 0.5, normal(0.08, 0.04), "yearly growth of every capability in standard deviations, alike in all treatments", "assumed: national programmes go on with or without the partnership", Grade::assumed}, [](Parameters& p) -> double& { return p.capability_growth; }});
  list.push_back({{"hacktivist_share", "1", 0, 1, uniform(0.1, 0.3), "share of hacktivists in the recorded incidents that no state is behind", "assumed: the initiator is unknown in almost half of the record (EuRepoC)", Grade::assumed}, [](Parameters& p) -> double& { return p.hacktivist_share; }});
  list.push_back({{"hacktivist_branching", "1", 0, 0.6, uniform(0.2, 0.6), "campaigns of hacktivists that one of them calls forth on average", "assumed: attacks come in waves", Grade::assumed}, [](Parameters& p) -> double& { return p.hacktivist_branching; }});
  list.push_back({{"hacktivist_memory", "d", 0.1, 365, uniform(5, 15), "mean time from a campaign of hacktivists, a crisis or a naming to a campaign that it calls forth", "assumed: a wave lasts some weeks", Grade::assumed}, [](Parameters& p) -> double& { return p.hacktivist_memory_days; }});
  list.push_back({{"hacktivists_by_crisis", "1", 0, 10, uniform(0, 4), "campaigns of hacktivists that a crisis calls forth against the nation, without those that follow them", "assumed: the 128 attacks that Arbor saw on Estonia in 2007 would be six campaigns with their followers, and few crises are like it", Grade::assumed}, [](Parameters& p) -> double& { return p.hacktivists_by_crisis; }});
  list.push_back({{"hacktivists_by_naming", "1", 0, 5, uniform(0, 0.2), "the same of a public naming by the nation", "assumed: most namings pass without an answer", Grade::assumed}, [](Parameters& p) -> double& { return p.hacktivists_by_naming; }});
}

void add_exploits(std::vector<Entry>& list) {
  list.push_back({{"acquisition_top", "1/yr", 0.1, 45, uniform(5, 30), "exploits acquired by each of the four most active states", "assumed: spans published guesses", Grade::assumed}, [](Parameters& p) -> double& { return p.acquisition_top; }});
  list.push_back({{"acquisition_other", "1/yr", 0.1, 45, uniform(1, 8), "exploits acquired by each other state actor", "assumed: spans published guesses", Grade::assumed}, [](Parameters& p) -> double& { return p.acquisition_other; }});
  list.push_back({{"acquisition_criminal", "1/yr", 0.1, 60, uniform(2, 20), "exploits acquired by all criminals together", "assumed: spans published guesses", Grade::assumed}, [](Parameters& p) -> double& { return p.acquisition_criminal; }});
  list.push_back({{"survival_prior", "1", 0.01, 0.99, uniform(0.5, 0.8), "an actor's first guess of the chance that an exploit survives one use", "assumed: stealthy tools are often reused", Grade::assumed}, [](Parameters& p) -> double& { return p.survival_prior; }});
  list.push_back({{"opportunity_rate", "1/yr", 0.1, 50, uniform(1, 4), "occasions a year on which an actor weighs a zero-day", "assumed: around the test vector of the use-or-hold law", Grade::assumed}, [](Parameters& p) -> double& { return p.opportunity_rate; }});
  list.push_back({{"discount_rate", "1/yr", 0.001, 2, uniform(0.05, 0.3), "discounting of later stakes", "assumed: between patient and hurried states", Grade::assumed}, [](Parameters& p) -> double& { return p.discount_rate; }});
  list.push_back({{"known_tool_life", "d", 7, 2000, lognormal(180, 0.5), "time an actor keeps using one tool for a known flaw on one platform", "assumed: actors retool about twice a year", Grade::assumed}, [](Parameters& p) -> double& { return p.known_tool_life_days; }});
  list.push_back({{"supplier_life", "d", 7, 2000, lognormal(120, 0.5), "time a state keeps coming through one compromised supplier on one platform, if that is not disclosed before", "assumed: the campaigns through SolarWinds and NotPetya's updates ran for months", Grade::assumed}, [](Parameters& p) -> double& { return p.supplier_life_days; }});
}

void add_defence(std::vector<Entry>& list) {
  list.push_back({{"detect_slope", "1", 0, 2, uniform(0.1, 0.6), "growth of the own detection hazard's log per standard deviation of detection", "assumed: direction only is known", Grade::assumed}, [](Parameters& p) -> double& { return p.detect_slope; }});
  list.push_back({{"dwell_floor", "d", 1, 60, uniform(6, 10), "published median dwell time to which it falls in the end", "expert bound: M-Trends 2023-2024", Grade::expert}, [](Parameters& p) -> double& { return p.dwell_floor_days; }});
  list.push_back({{"dwell_fall", "1/yr", 0, 1, uniform(0.15, 0.35), "log slope of the published median dwell time after the last year of the table", "assumed: as it fell from 2011 to 2024, give or take", Grade::assumed}, [](Parameters& p) -> double& { return p.dwell_fall_per_year; }});
  list.push_back({{"dwell_ratio_after_2018", "1", 0.5, 10, lognormal(2, 0.3), "dwell of other intrusions over the published median, which mixes in ransomware after 2018", "assumed: share of ransomware in the sample", Grade::assumed}, [](Parameters& p) -> double& { return p.dwell_ratio_after_2018; }});
  list.push_back({{"patch_loss", "1", 0, 1, uniform(0.2, 0.8), "share of a tool's remaining openings that an absorbed indicator closes", no_estimate, Grade::assumed}, [](Parameters& p) -> double& { return p.patch_loss; }});
  list.push_back({{"hunt_probability", "1", 0, 1, uniform(0.2, 0.8), "chance that a hunt with an indicator finds an open intrusion made with that tool", no_estimate, Grade::assumed}, [](Parameters& p) -> double& { return p.hunt_probability; }});
  list.push_back({{"relay_delay", "d", 0.1, 365, log_uniform(2, 60), "median time from detection to the organisation's relay (log-sd 1)", no_estimate, Grade::assumed}, [](Parameters& p) -> double& { return p.relay_delay_days; }});
  list.push_back({{"indicator_half_life", "d", 1, 365, lognormal(30, 0.7), "half-life of an indicator's worth: actors change tools", "assumed: a month", Grade::assumed}, [](Parameters& p) -> double& { return p.indicator_half_life_days; }});
  list.push_back({{"exercise_learning", "1", 0, 1, uniform(0.3, 0.7), "share of the missing skill that one exercise teaches", "assumed: no score is public", Grade::assumed}, [](Parameters& p) -> double& { return p.exercise_learning; }});
  list.push_back({{"exercise_half_life", "yr", 0.1, 20, uniform(0.5, 3), "half-life of exercised skill", "assumed: skill fades between exercises", Grade::assumed}, [](Parameters& p) -> double& { return p.exercise_half_life_years; }});
  list.push_back({{"exercise_reach", "1", 0, 1, uniform(0, 1), "0: a whole nation learns from its team, 1: only those who played", "assumed: spans the whole range", Grade::assumed}, [](Parameters& p) -> double& { return p.exercise_reach; }});
  list.push_back({{"response_load", "1", 0.1, 0.95, uniform(0.6, 0.85), "load for which response teams are staffed in the reference world", "assumed: busy but stable", Grade::assumed}, [](Parameters& p) -> double& { return p.response_load; }});
  list.push_back({{"respond_slope", "1", 0, 2, uniform(0.1, 0.4), "growth of the service rate's log per standard deviation of response", "assumed: direction only is known", Grade::assumed}, [](Parameters& p) -> double& { return p.respond_slope; }});
  list.push_back({{"recurrence_probability", "1", 0, 0.7, uniform(0.38, 0.5), "chance that an eradicated campaign of a state is back within a year, at a nation of mean response", "FireEye M-Trends: 38 % (2013) to 50 % (2018) of those remediated were attacked again within a year", Grade::reported}, [](Parameters& p) -> double& { return p.recurrence_probability; }});
  list.push_back({{"investment_stakes", "1", 0.1, 1000, log_uniform(4, 100), "alpha L of Gordon and Loeb: expected loss times productivity of spending on prevention", "assumed: from hardly worth spending to most of what can be lost", Grade::assumed}, [](Parameters& p) -> double& { return p.investment_stakes; }});
}

void add_politics_and_loss(std::vector<Entry>& list) {
  list.push_back({{"evidence_rate", "1/d", 1e-5, 1, lognormal(0.014, 1.2), "items of attributable evidence a day just after detection", "assumed: tuned to the technical attribution share and lag of EuRepoC", Grade::assumed}, [](Parameters& p) -> double& { return p.evidence_rate_per_day; }});
  list.push_back({{"policy_shift", "1", -3, 5, uniform(0.5, 2), "rise of the logit of naming a culprit under a public attribution policy", "assumed: policy matters, by how much is unknown", Grade::assumed}, [](Parameters& p) -> double& { return p.policy_shift; }});
  list.push_back({{"false_flag_share", "1", 0, 1, uniform(0, 0.1), "share of state campaigns under a false flag", "assumed: few are known", Grade::assumed}, [](Parameters& p) -> double& { return p.false_flag_share; }});
  list.push_back({{"false_flag_items", "1", 0, 1, uniform(0.3, 0.7), "share of evidence that misleads under a false flag", "assumed: a half-done disguise", Grade::assumed}, [](Parameters& p) -> double& { return p.false_flag_items; }});
  list.push_back({{"false_flag_adaptation", "1", 0, 5, uniform(0, 1), "relative rise of the share of false flags where the actor expects to be named twice as likely as by the record", "assumed: from none to in proportion", Grade::assumed}, [](Parameters& p) -> double& { return p.false_flag_adaptation; }});
  list.push_back({{"partner_hop", "1", 0, 1, uniform(0.05, 0.4), "chance that an intruder gets from a trusted partner into the target", "assumed: few partners have much access", Grade::assumed}, [](Parameters& p) -> double& { return p.partner_hop; }});
  list.push_back({{"deterrence_weight", "1", 0, 10, uniform(0, 2), "weight of the expected blame against the gain from attacking", "assumed: no causal estimate exists, zero must be possible", Grade::assumed}, [](Parameters& p) -> double& { return p.deterrence_weight; }});
  list.push_back({{"vulnerable_share", "1", 0, 1, uniform(0.2, 0.8), "chance that a state is vulnerable to blame (blame_or_tolerate)", "assumed: not known of any state, from few to most", Grade::assumed}, [](Parameters& p) -> double& { return p.vulnerable_share; }});
  list.push_back({{"blame_reward", "1", 0.01, 100, log_uniform(0.08, 0.5), "reward of blaming a vulnerable attacker over the cost of blaming another, alone, at severity 3 and without escalation (blame_or_tolerate)", "assumed: tuned to the politically attributed share of EuRepoC", Grade::assumed}, [](Parameters& p) -> double& { return p.blame_reward; }});
  list.push_back({{"escalation_caution", "1", 0, 3, uniform(0, 0.5), "rise of the log cost of blaming one who is not vulnerable per level of escalation with it (blame_or_tolerate)", "assumed: from none to a half of the reward of two steps of severity", Grade::assumed}, [](Parameters& p) -> double& { return p.escalation_caution; }});
  list.push_back({{"false_alarm", "1", 1e-6, 0.2, log_uniform(0.01, 0.1), "chance that a month without an attack points at some state all the same, at a nation of mean attribution (signal_doctrine)", "assumed: accidents and crime are taken for a state's work now and then", Grade::assumed}, [](Parameters& p) -> double& { return p.false_alarm; }});
  list.push_back({{"renewal_period", "d", 1, 3650, lognormal(90, 0.7), "time between two renewals of credentials and systems at a nation of mean response (footholds)", "assumed: credentials are commonly renewed each quarter", Grade::assumed}, [](Parameters& p) -> double& { return p.renewal_period_days; }});
  list.push_back({{"retake_cost", "d", 0.01, 3650, log_uniform(2, 60), "what taking a foothold back costs a spy, in days of theft (footholds)", "assumed: from days to a season", Grade::assumed}, [](Parameters& p) -> double& { return p.retake_cost_days; }});
  list.push_back({{"dependency_scale", "1", 0, 2, uniform(0.5, 1.5), "factor on the dependence between sectors (capped at 0.95)", "assumed: surveys give the structure, not the numbers", Grade::assumed}, [](Parameters& p) -> double& { return p.dependency_scale; }});
  list.push_back({{"cross_border_scale", "1", 0, 2, uniform(0.5, 1.5), "factor on the share of a nation's supply that comes from abroad; 0: none", "assumed: the shares are orders of size", Grade::assumed}, [](Parameters& p) -> double& { return p.cross_border_scale; }});
  list.push_back({{"recapture", "1", 0, 1, uniform(0.3, 0.9), "share of lost output that is made up later", "expert bound: recapture factors of regional loss studies", Grade::expert}, [](Parameters& p) -> double& { return p.recapture; }});
  list.push_back({{"recording_logit", "1", -6, 3, normal(-1.386, 0.956), "logit of the chance that a discovered campaign of severity 3 enters a public data set", "expert bound: median 0.2, 90 % from 0.05 to 0.55", Grade::expert}, [](Parameters& p) -> double& { return p.recording_logit; }});
  list.push_back({{"revealed_recording_logit", "1", 0, 5, uniform(0.5, 2), "rise of recording_logit when the effect is visible", "assumed: an outage makes news", Grade::assumed}, [](Parameters& p) -> double& { return p.revealed_recording_logit; }});
  list.push_back({{"named_recording_logit", "1", 0, 5, uniform(0.5, 2), "rise of recording_logit when a government names the culprit", "assumed: what a government says is written down", Grade::assumed}, [](Parameters& p) -> double& { return p.named_recording_logit; }});
  list.push_back({{"openness_recording_logit", "1", 0, 2, uniform(0, 1), "rise of recording_logit per standard deviation of openness of the nation", "assumed: a free press finds more, by how much is unknown", Grade::assumed}, [](Parameters& p) -> double& { return p.openness_recording_logit; }});
}

void add_trust(std::vector<Entry>& list) {
  list.push_back({{"trust_drop_per_severity", "logit", 0, 2, uniform(0.02, 0.15), "fall of public trust per step of severity above 1 when an effect becomes known", "assumed: no panel follows trust through incidents", Grade::assumed}, [](Parameters& p) -> double& { return p.trust_drop_per_severity; }});
  list.push_back({{"operation_amplification", "1", 0, 5, uniform(0, 1), "further fall when an information operation comes with the effect, over the fall without", "assumed: from nothing to as much again", Grade::assumed}, [](Parameters& p) -> double& { return p.operation_amplification; }});
  list.push_back({{"trust_recovery", "d", 1, 3650, lognormal(120, 0.5), "time constant with which trust returns to normal", "assumed: a few months", Grade::assumed}, [](Parameters& p) -> double& { return p.trust_recovery_days; }});
  list.push_back({{"counter_message_share", "1", 0, 1, uniform(0.2, 0.6), "share of a shock's remainder that a counter-message wins back", "assumed: a part, not all", Grade::assumed}, [](Parameters& p) -> double& { return p.counter_message_share; }});
}

std::vector<Entry> entries() {
  std::vector<Entry> list;
  add_mechanisms(list);
  add_campaigns(list);
  add_exploits(list);
  add_defence(list);
  add_politics_and_loss(list);
  add_trust(list);
  return list;
}

}  // namespace

std::vector<sim::ParameterInfo> parameter_descriptions() {
  std::vector<sim::ParameterInfo> infos;
  for (Entry const& entry : entries()) infos.push_back(entry.info);
  return infos;
}

Parameters parameters_from(double const* values) {
  Parameters parameters;
  std::size_t i = 0;
  for (Entry const& entry : entries()) entry.member(parameters) = values[i++];
  return parameters;
}

std::vector<std::pair<std::string, sim::Distribution>> wide_priors() {
  return {{"M1.detection_ratio", uniform(0.95, 1.3)},      {"M2.leak_probability", uniform(0, 0.02)},
          {"M3.exercise_ratio", uniform(0.97, 1.21)},
          {"M5.attribution_odds", uniform(0.8, 2)},        {"M5.evidence_speed", uniform(0.67, 2)},
          {"M6.decision_delay_ratio", uniform(0.7, 1.2)},  {"M6.misattribution_cut", uniform(-0.1, 0.3)},
          {"M7.information_ratio", uniform(0.8, 1.1)},      {"M8.targeting_ratio", uniform(0.9, 1.3)},
          {"M9.partnership_cost", uniform(0, 0.07)}};
}

std::vector<std::pair<std::string, sim::Distribution>> sceptical_priors() {
  auto const sceptical = [](double low, double high, double null) { return Distribution{Family::sceptical, low, high, null}; };
  return {{"M1.detection_ratio", sceptical(1, 1.3, 1)},      {"M2.share_probability", sceptical(0, 1, 0)},
          {"M3.exercise_ratio", sceptical(1, 1.21, 1)},      {"M4.pool_share", sceptical(0, 0.2, 0)},
          {"M5.attribution_odds", sceptical(1, 2, 1)},       {"M5.evidence_speed", sceptical(1, 2, 1)},
          {"M6.decision_delay_ratio", sceptical(0.7, 1, 1)}, {"M6.misattribution_cut", sceptical(0, 0.3, 0)},
          {"M7.information_ratio", sceptical(0.8, 1, 1)},    {"M8.targeting_ratio", sceptical(0.9, 1.3, 1)},
          {"M9.partnership_cost", sceptical(0, 0.02, 0)},    {"M10.free_riding", sceptical(0, 0.3, 0)}};
}

}  // namespace world
