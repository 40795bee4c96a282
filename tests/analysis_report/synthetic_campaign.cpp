#include "tests/analysis_report/synthetic_campaign.hpp"

#include <algorithm>
#include <random>

using sim::Date;

namespace synthetic {
namespace {

sim::ResultSchema schema(Size const& size) {
  sim::ResultSchema s;
  s.study = "japan_ccdcoe";
  s.title = "What did joining CCDCOE change for Japan?";
  s.question = "Main effects and interactions of liaison, exercise, policy and membership on Japan's resilience loss.";
  s.seed = 18446744073709551615ULL;
  s.futures = size.futures;
  s.replications = size.replications;
  s.start = {2012, 1, 1};
  s.record_from = {2015, 1, 1};
  s.end = {2028, 1, 1};
  std::vector<std::string> const names{"liaison", "exercise", "attribution_policy", "membership"};
  s.levers.assign(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(size.levers));
  s.mechanisms_on = {"M1", "M2"};
  for (std::size_t t = 0; t < std::size_t{1} << size.levers; ++t) {
    sim::Treatment treatment;
    for (std::size_t j = 0; j < size.levers; ++j) {
      bool const on = (t >> j & 1U) != 0;
      treatment.levels.push_back(on);
      if (!on) continue;
      treatment.name += (treatment.name.empty() ? "" : "_") + s.levers[j];
      treatment.interventions.push_back(
          {s.levers[j], "JPN", "CCDCOE", "membership", "CP", {2019 + static_cast<int>(j), 4, 1}, {9999, 1, 1}});
    }
    if (t == 0) treatment.name = "none";
    treatment.label = t == 0 ? "no levers" : t + 1 == std::size_t{1} << size.levers ? "as it happened" : treatment.name;
    s.treatments.push_back(treatment);
  }
  s.reference = "none";
  sim::Distribution const normal{sim::Family::normal, 0, 1, 0};
  s.factors = {{"level", "1", -9, 9, normal, "Drives the future.", "assumed: a test", sim::Grade::assumed},
               {"idle", "1", -9, 9, normal, "Drives nothing.", "Someone 2020", sim::Grade::reported}};
  for (std::size_t n = 0; n < size.nations; ++n) {
    s.nations.push_back(n == 0 ? "JPN" : "N" + std::string(1, static_cast<char>('A' + n / 26)) +
                                             std::string(1, static_cast<char>('A' + n % 26)));
    s.nation_names.push_back(n == 0 ? "Japan" : "Nation " + std::to_string(n));
    s.nation_is_member.push_back(n < 3);
    s.nation_is_adversary.push_back(n == 1 || n == 4 ? 1 : 0);  // a member among them, who counts as one
  }
  s.focal.assign(s.nations.begin(), s.nations.begin() + static_cast<std::ptrdiff_t>(size.focal));
  for (std::size_t r = 0; r < size.per_nation_responses; ++r) {
    s.responses.push_back({r == 0 ? "resilience_loss" : "response_" + std::to_string(r), "d", "Service lost, in full days.", true,
                           {2022, 1, 1}, {2028, 1, 1}, true});
  }
  s.responses.push_back({"cascades", "1", "Cascades in the world.", false, {2015, 1, 1}, {2028, 1, 1}, true});
  for (std::size_t i = 0; i < size.series; ++i) s.series.push_back({"service_" + std::to_string(i), "1", "Mean service level."});
  for (std::size_t g = 0; g < size.grid; ++g) {
    s.focal_grid.push_back(sim::to_time(s.record_from) + sim::day * static_cast<std::int64_t>(7 * (g + 1)));
  }
  return s;
}

// Fills all tables of one history.
void add_history(analysis::MemorySource& source, Model const& model, sim::ReplicationKey const& key, double level,
                 std::uint64_t seed) {
  std::mt19937_64 rng(seed);
  std::normal_distribution<double> normal;
  auto const& s = source.study;
  source.rows.push_back({key, sim::ReplicationStatus::done, seed * 100 + key.point, seed});
  for (std::size_t r = 0; r < s.responses.size(); ++r) {
    std::size_t const width = s.responses[r].per_nation ? s.nations.size() : 1;
    for (std::size_t n = 0; n < width; ++n) {
      source.responses[r].push_back(model({key.point, n, r, level, normal(rng)}));
    }
  }
  for (auto& series : source.series) {
    for (auto& focal : series) {
      for (std::size_t g = 0; g < s.focal_grid.size(); ++g) {
        focal.push_back(static_cast<float>(1 - 0.01 * static_cast<double>((seed + g) % 10)));
      }
    }
  }
}

}  // namespace

double plain_model(Moment const& m) {
  bool const on = (m.setting & 1U) != 0;
  double value = 10 + m.level + m.noise;
  if (on && m.nation == 0) value -= 1 + m.level / 4;
  if (on && (m.nation == 1 || m.nation == 2)) value += 0.5;
  return value;
}

analysis::MemorySource campaign(Size const& size, Model const& model) {
  analysis::MemorySource source;
  source.study = schema(size);
  source.responses.resize(source.study.responses.size());
  source.series.assign(size.series, std::vector<std::vector<float>>(size.focal));
  std::mt19937_64 rng(1);
  std::normal_distribution<double> normal;
  for (std::uint32_t f = 0; f < size.futures; ++f) {
    source.study.factor_values.push_back(normal(rng));
    source.study.factor_values.push_back(normal(rng));
  }
  for (std::uint32_t p = 0; p < source.study.treatments.size(); ++p) {
    for (std::uint32_t f = 0; f < size.futures; ++f) {
      for (std::uint32_t r = 0; r < size.replications; ++r) {
        add_history(source, model, {p, f, r}, source.study.factor_values[2 * f], 1000 + f * size.replications + r);
      }
    }
  }
  source.origin = {{"version", "0.1.0"}, {"commit", "0123abc"}};
  return source;
}

void spoil(analysis::MemorySource& source, sim::ReplicationKey const& key, sim::ReplicationStatus status) {
  for (std::size_t i = 0; i < source.rows.size(); ++i) {
    if (source.rows[i].key != key) continue;
    source.rows[i].status = status;
    if (status == sim::ReplicationStatus::failed) source.row_messages.push_back({i, "pool 'incidents' is full"});
    for (std::size_t r = 0; r < source.responses.size(); ++r) {
      std::size_t const width = source.responses[r].size() / source.rows.size();
      for (std::size_t n = 0; n < width; ++n) source.responses[r][i * width + n] = 1e9;
    }
  }
}

void remove_row(analysis::MemorySource& source, std::size_t row) {
  auto const cut = [&](auto& table, std::size_t width) {
    auto const first = table.begin() + static_cast<std::ptrdiff_t>(row * width);
    table.erase(first, first + static_cast<std::ptrdiff_t>(width));
  };
  std::size_t const rows = source.rows.size();
  for (auto& table : source.responses) cut(table, table.size() / rows);
  for (auto& series : source.series) {
    for (auto& focal : series) cut(focal, focal.size() / rows);
  }
  cut(source.rows, 1);
}

void reverse_rows(analysis::MemorySource& source) {
  std::size_t const rows = source.rows.size();
  auto const turn = [&](auto& table) {
    std::size_t const width = table.size() / rows;
    auto old = table;
    for (std::size_t i = 0; i < rows; ++i) {
      std::copy_n(old.begin() + static_cast<std::ptrdiff_t>(i * width), width,
                  table.begin() + static_cast<std::ptrdiff_t>((rows - 1 - i) * width));
    }
  };
  for (auto& table : source.responses) turn(table);
  for (auto& series : source.series) {
    for (auto& focal : series) turn(focal);
  }
  turn(source.rows);
}

}  // namespace synthetic
