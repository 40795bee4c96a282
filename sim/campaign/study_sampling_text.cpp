#include <bit>
#include <cmath>

#include "sim/base/toml_string.hpp"
#include "sim/campaign/sampling/fraction.hpp"
#include "sim/campaign/study_parts.hpp"

namespace sim {
namespace {

std::string rows_text(Sampling const& s) {
  std::string out = "rows = [\n";
  std::size_t const width = s.factors.size();
  for (std::size_t i = 0; i < s.rows.size(); ++i) {
    out += i % width == 0 ? "  [" : ", ";
    out += toml_number(s.rows[i]);
    if (i % width == width - 1) out += "],\n";
  }
  return out + "]\n";
}

/// The keys that belong to the type alone.
std::string type_text(Sampling const& s) {
  auto const levels = "levels = " + std::to_string(s.levels) + "\n";
  auto const quantiles = "quantiles = [" + toml_number(s.low) + ", " + toml_number(s.high) + "]\n";
  switch (s.type) {
    case SamplingType::latin_hypercube: return "criterion = " + toml_string(pairing_names()[static_cast<std::size_t>(s.pairing)]) + "\n";
    case SamplingType::saltelli: return "base = " + std::to_string(s.base) + "\nsecond_order = " + (s.second_order ? "true" : "false") + "\n";
    case SamplingType::morris: return "trajectories = " + std::to_string(s.trajectories) + "\n" + levels;
    case SamplingType::full_factorial: return levels;
    case SamplingType::fractional_factorial: return "generators = " + toml_texts(s.generators) + "\n" + quantiles;
    case SamplingType::one_at_a_time: return quantiles;
    case SamplingType::table: return rows_text(s);
    default: return {};
  }
}

/// Where the balance of a Sobol' sequence is lost; empty at a power of 2.
std::string balance_text(std::uint32_t points, char const* what) {
  if (std::has_single_bit(points)) return {};
  return ", balanced at " + std::to_string(std::bit_floor(points)) + " or " + std::to_string(std::bit_ceil(points)) + " " + what;
}

/// What makes the number of futures: ", 8 trajectories".
std::string size_text(Sampling const& s, std::uint32_t futures) {
  switch (s.type) {
    case SamplingType::sobol: return s.where.empty() ? balance_text(futures, "futures") : "";
    case SamplingType::latin_hypercube: return ", criterion " + pairing_names()[static_cast<std::size_t>(s.pairing)];
    case SamplingType::saltelli: return ", base " + std::to_string(s.base) + (s.second_order ? ", second order" : "") + balance_text(s.base, "as base");
    case SamplingType::morris: return ", " + std::to_string(s.trajectories) + " trajectories, " + std::to_string(s.levels) + " levels";
    case SamplingType::full_factorial: return ", " + std::to_string(s.levels) + " levels";
    default: return {};
  }
}

std::string fraction_text(Sampling const& s) {
  auto const fraction = fraction_of(s.factors, s.generators);
  if (fraction.resolution == 0) return ", the whole factorial";
  auto const found = aliases(fraction);
  std::string shared;
  for (std::size_t i = 0; i < found.size() && i < 6; ++i) shared += (i ? "; " : "") + found[i];
  if (found.size() > 6) shared += "; and " + std::to_string(found.size() - 6) + " more";
  return ", resolution " + roman(fraction.resolution) + (found.empty() ? "" : ", cannot be told apart: " + shared);
}

/// What the ties of a discrete prior leave of Spearman's coefficient of a continuous one, the root of 1 - sum p^3
/// (M. G. Kendall, Rank Correlation Methods, chapter 3); 1 without ties.
double share_left(Study const& study, std::string const& name) {
  auto const at = std::find_if(study.factors.begin(), study.factors.end(), [&](auto const& factor) { return factor.info.name == name; });
  SIM_CHECK(at != study.factors.end());
  if (at->info.prior.family != Family::discrete) return 1;
  auto const& atoms = at->info.prior.atoms;
  double all = 0, cubes = 0;
  for (std::uint32_t k = 0; k < atoms.count; ++k) all += atoms.weights[k];
  for (std::uint32_t k = 0; k < atoms.count; ++k) cubes += atoms.weights[k] / all * (atoms.weights[k] / all) * (atoms.weights[k] / all);
  return std::sqrt(std::max(0.0, 1 - cubes));
}

std::string correlations_text(Study const& study) {
  auto const& pairs = study.sampling.correlations;
  if (pairs.empty()) return {};
  std::vector<std::string> tied;
  for (auto const& one : pairs) {
    double const share = share_left(study, one.first) * share_left(study, one.second);
    if (share < 1) tied.push_back(one.first + " and " + one.second + " reach about " + shown(std::round(share * one.rank * 100) / 100) + " instead of " + shown(one.rank));
  }
  return ", rank correlations of " + std::to_string(pairs.size()) + (pairs.size() == 1 ? " pair" : " pairs") +
         (tied.empty() ? "" : ", " + listed(tied, 6) + " (values of a discrete prior tie)");
}

}  // namespace

std::string sampling_text(Study const& study) {
  auto const& s = study.sampling;
  if (s.is_default()) return {};
  std::string out = "\n[sampling]\ntype = " + toml_string(name_of(s.type)) + "\n";
  if (!s.all || s.type == SamplingType::table) out += "factors = " + toml_texts(s.factors) + "\n";
  out += type_text(s);
  if (!s.where.empty()) out += "where = " + toml_texts(s.where) + "\n";
  for (auto const& one : s.correlations)
    out += "\n[[sampling.correlations]]\nbetween = " + toml_texts({one.first, one.second}) + "\nrank = " + toml_number(one.rank) + "\n";
  return out;
}

std::string sampling_summary(Study const& study) {
  auto const& s = study.sampling;
  std::string text = name_of(s.type) + " over " + std::to_string(s.factors.size()) + " of " + std::to_string(study.factors.size()) + " factors" + size_text(s, study.futures);
  if (s.type == SamplingType::fractional_factorial) text += fraction_text(s);
  text += correlations_text(study);
  if (!s.where.empty()) text += ", where " + listed(s.where, 3);
  return text;
}

}  // namespace sim
