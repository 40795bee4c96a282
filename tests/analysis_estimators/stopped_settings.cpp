#include <cmath>

#include "analysis/estimators/quantile.hpp"
#include "stopped_campaigns.hpp"

namespace stopped {
namespace {

using namespace analysis;

double normal(Rng& rng) { return std::normal_distribution<double>()(rng); }
double uniform(Rng& rng) { return std::uniform_real_distribution<double>()(rng); }

using One = std::function<double(Rng&)>;

// Independent histories, one a future.
auto single(One one) {
  return [one](Rng& rng, Future& f) { f.treatment[0] = one(rng); };
}

One lognormal(double sigma) {
  return [sigma](Rng& rng) { return std::exp(sigma * normal(rng)); };
}
// Exponential losses in a share of the futures, none in the others: mean `share`.
One zero_inflated(double share) {
  return [share](Rng& rng) { return uniform(rng) < share ? -std::log(1 - uniform(rng)) : 0.0; };
}

Setting mean_of(std::string name, One one, double truth, double target, bool relative = false) {
  return {name, 1, single(one), {}, false, truth, target, relative};
}
Setting proportion_of(std::string name, double p, double target, bool relative = false) {
  Setting s{name, 1, single([p](Rng& rng) { return uniform(rng) < p ? 1.0 : 0.0; }), {}, false, p, target, relative};
  s.watched.statistic = Statistic::proportion;
  s.watched.threshold = 1;
  return s;
}
Setting quantile_of(std::string name, One one, double probability, double truth, double target) {
  Setting s{name, 1, single(one), {}, false, truth, target};
  s.watched.statistic = Statistic::quantile;
  s.watched.probability = probability;
  return s;
}

// Pairs under common random numbers: level and effect of a future, noise of a history, noise of the treated one.
Setting difference(std::string name, Statistic statistic, double target) {
  Setting s{name,
            5,
            [](Rng& rng, Future& f) {
              double const level = normal(rng);
              double const effect = -1 + 0.5 * normal(rng);
              for (std::size_t r = 0; r < f.treatment.size(); ++r) {
                f.reference[r] = level + normal(rng);
                f.treatment[r] = f.reference[r] + effect + 0.5 * normal(rng);
              }
            },
            {},
            true,
            -1,
            target};
  s.watched.statistic = statistic;
  return s;
}

void add_proportions(std::vector<Setting>& all) {
  all.push_back(proportion_of("proportion .3", 0.3, 0.05));
  all.push_back(proportion_of("proportion .1", 0.1, 0.03));
  all.push_back(proportion_of("proportion .02", 0.02, 0.015));
  all.push_back(proportion_of("proportion .002", 0.002, 0.015));
  all.push_back(proportion_of("proportion .1, rel. .3", 0.1, 0.3, true));
  all.push_back(proportion_of("proportion .02, rel. .5", 0.02, 0.5, true));
  Setting s = proportion_of("proportion .2, clusters of 5", 0.2, 0.04);
  s.replications = 5;
  s.draw = [](Rng& rng, Future& f) {
    double const p = uniform(rng) < 0.5 ? 0.05 : 0.35;
    for (double& x : f.treatment) x = uniform(rng) < p ? 1.0 : 0.0;
  };
  all.push_back(s);
  for (double const rate : {0.1, 0.01}) {  // treatment prevents 2 of 3 of what differs
    s.name = "difference of proportions, pairs differ " + std::to_string(rate).substr(0, 4);
    s.paired = true;
    s.target = rate == 0.1 ? 0.03 : 0.01;
    s.truth = -rate / 3;
    s.draw = [rate](Rng& rng, Future& f) {
      double const here = uniform(rng) < 0.5 ? 0.4 * rate : 1.6 * rate;
      for (std::size_t r = 0; r < f.treatment.size(); ++r) {
        f.reference[r] = f.treatment[r] = uniform(rng) < 0.3 ? 1.0 : 0.0;
        double const u = uniform(rng);
        if (u < here) {
          f.treatment[r] = u < here / 3 ? 1 : 0;
          f.reference[r] = 1 - f.treatment[r];
        }
      }
    };
    all.push_back(s);
  }
}

void add_quantiles(std::vector<Setting>& all) {
  double const z90 = 1.2815515655446004;
  all.push_back(quantile_of("median, normal", normal, 0.5, 0, 0.2));
  all.push_back(quantile_of(".9 quantile, normal", normal, 0.9, z90, 0.3));
  all.push_back(quantile_of("median, lognormal 1", lognormal(1), 0.5, 1, 0.2));
  all.push_back(quantile_of(".9 quantile, lognormal 1", lognormal(1), 0.9, std::exp(z90), 1));
  Setting s = quantile_of(".9 quantile, clusters of 5", normal, 0.9, z90 * std::sqrt(2.0), 0.3);
  s.replications = 5;
  s.draw = [](Rng& rng, Future& f) {
    double const level = normal(rng);
    for (double& x : f.treatment) x = level + normal(rng);
  };
  all.push_back(s);
  all.push_back(difference("difference of medians, pairs", Statistic::quantile, 0.3));
  Setting d = difference("difference of .9 quantiles, pairs", Statistic::quantile, 0.3);
  d.watched.probability = 0.9;
  d.truth = -1 + z90 * (std::sqrt(2.5) - std::sqrt(2.0));
  all.push_back(d);
}

void add_tails(std::vector<Setting>& all) {
  double const z = 2.0627128075;  // density(1.6449) / .05
  Setting s{"CVaR95, normal", 1, single(normal), {}, false, z, 0.25};
  s.watched.statistic = Statistic::cvar;
  all.push_back(s);
  s.maximum = 5000;
  s.target = 0.3;
  s.relative = true;
  s.name = "CVaR95, exponential, rel. .3";
  s.draw = single(zero_inflated(1));
  s.truth = 1 + std::log(20.0);
  all.push_back(s);
  for (double const sigma : {1.0, 1.5}) {
    s.name = sigma == 1 ? "CVaR95, lognormal 1, rel. .3" : "CVaR95, lognormal 1.5, rel. .3";
    s.draw = single(lognormal(sigma));
    s.truth = std::exp(sigma * sigma / 2) * 0.5 * std::erfc((1.6448536269514722 - sigma) / std::sqrt(2.0)) / 0.05;
    all.push_back(s);
  }
  Setting d = difference("difference of CVaR95, pairs", Statistic::cvar, 0.3);
  d.truth = -1 + z * (std::sqrt(2.5) - std::sqrt(2.0));
  all.push_back(d);
}

// Populations chosen to break the intervals: few large clusters, clusters that agree, atoms, gaps, rare changes.
void add_awkward(std::vector<Setting>& all) {
  Setting p = proportion_of("proportion .02, clusters of 10 that agree", 0.02, 0.015);
  p.replications = 10;
  p.draw = [](Rng& rng, Future& f) { f.treatment.assign(f.treatment.size(), uniform(rng) < 0.02 ? 1.0 : 0.0); };
  all.push_back(p);
  p.name = "proportion .2, minimum 10, clusters of 20";
  p.truth = 0.2;
  p.target = 0.1;
  p.minimum = 10;
  p.replications = 20;
  p.draw = [](Rng& rng, Future& f) {
    double const here = uniform(rng) < 0.2 ? 0.84 : 0.04;
    for (double& x : f.treatment) x = uniform(rng) < here ? 1.0 : 0.0;
  };
  all.push_back(p);
  p.name = "difference of proportions, all pairs of 5 % of the futures";
  p.paired = true;
  p.truth = -0.03;
  p.target = 0.02;
  p.minimum = 30;
  p.draw = [](Rng& rng, Future& f) {
    double const u = uniform(rng);
    for (std::size_t r = 0; r < f.treatment.size(); ++r) {
      f.treatment[r] = f.reference[r] = uniform(rng) < 0.5 ? 1.0 : 0.0;
      if (u < 0.05) f.reference[r] = 1 - (f.treatment[r] = u < 0.04 ? 0.0 : 1.0);
    }
  };
  all.push_back(p);
  p.name = "difference of proportions, 1 % of single pairs, one way";
  p.replications = 1;
  p.truth = -0.01;
  p.target = 0.012;
  p.draw = [](Rng& rng, Future& f) {
    f.treatment[0] = 0;
    f.reference[0] = uniform(rng) < 0.01 ? 1 : 0;
  };
  all.push_back(p);
  Setting m = mean_of("difference of means, 5 % of the pairs differ", zero_inflated(0.05), -0.05, 0.025);
  m.paired = true;
  m.maximum = 3000;
  m.draw = [](Rng& rng, Future& f) {
    f.reference[0] = normal(rng);
    f.treatment[0] = f.reference[0] - (uniform(rng) < 0.05 ? -std::log(1 - uniform(rng)) : 0.0);
  };
  all.push_back(m);
  auto const die = [](Rng& rng) { return std::floor(6 * uniform(rng)) + 1; };
  all.push_back(quantile_of(".6 quantile of a die", die, 0.6, 4, 0.6));
  auto const gap = [](Rng& rng) { return uniform(rng) < 0.48 ? normal(rng) : 10 + normal(rng); };
  all.push_back(quantile_of("median in a gap", gap, 0.5, 10 - 1.7688250385187, 0.5));
  all.push_back(quantile_of(".99 quantile, exponential", zero_inflated(1), 0.99, std::log(100.0), 1.5));
  Setting q = quantile_of("median, minimum 10, clusters of 20", normal, 0.5, 0, 0.5);
  q.replications = 20;
  q.minimum = 10;
  q.draw = [](Rng& rng, Future& f) {
    double const level = normal(rng);
    for (double& x : f.treatment) x = level + 0.3 * normal(rng);
  };
  all.push_back(q);
  q.name = "difference of medians, scales differ, minimum 10";
  q.paired = true;
  q.truth = -std::log(2.0) / 2;
  q.draw = [](Rng& rng, Future& f) {
    double const level = -std::log(1 - uniform(rng));
    for (std::size_t r = 0; r < f.treatment.size(); ++r) f.treatment[r] = (f.reference[r] = level) / 2;
  };
  q.target = 0.2;
  all.push_back(q);
}

}  // namespace

std::vector<Setting> settings() {
  std::vector<Setting> all;
  all.push_back(mean_of("mean, normal", normal, 0, 0.2));
  all.push_back(mean_of("mean, normal, minimum 5", normal, 0, 0.4));
  all.back().minimum = 5;
  all.push_back(mean_of("mean, exponential", zero_inflated(1), 1, 0.2));
  all.push_back(mean_of("mean, exponential, rel. .2", zero_inflated(1), 1, 0.2, true));
  all.push_back(mean_of("mean, lognormal 1, rel. .2", lognormal(1), std::exp(0.5), 0.2, true));
  all.push_back(mean_of("mean, lognormal 1", lognormal(1), std::exp(0.5), 0.4));
  all.push_back(mean_of("mean, lognormal 1.5, rel. .3", lognormal(1.5), std::exp(1.125), 0.3, true));
  all.back().maximum = 5000;
  all.push_back(mean_of("mean, lognormal 1.5", lognormal(1.5), std::exp(1.125), 1));
  for (double const share : {0.3, 0.1, 0.03}) {
    auto const name = "mean, " + std::to_string(share).substr(0, 4) + " not zero";
    double const target = share == 0.03 ? 0.5 : 0.3;
    all.push_back(mean_of(name, zero_inflated(share), share, target * share));
    all.back().maximum = 3000;
    all.push_back(
        mean_of(name + ", rel. " + std::to_string(target).substr(1, 2), zero_inflated(share), share, target, true));
    all.back().maximum = share == 0.03 ? 10000 : 3000;
  }
  all.push_back(difference("difference of means, pairs", Statistic::mean, 0.1));
  add_proportions(all);
  add_quantiles(all);
  add_tails(all);
  add_awkward(all);
  return all;
}

}  // namespace stopped
