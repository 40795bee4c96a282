#include "analysis/explain/loss_shares.hpp"

#include <catch2/catch.hpp>

using namespace analysis;

namespace {

sim::Time on(double day) { return sim::Time{0} + sim::from_days(day); }

double total(std::map<std::uint64_t, double> const& shares) {
  double sum = 0;
  for (auto const& [incident, loss] : shares) sum += loss;
  return sum;
}

}  // namespace

TEST_CASE("a lone outage is the doing of its incident, within the window", "[explain]") {
  LossShares shares({0.5, 0.5}, on(10), on(20));
  shares.change(on(5), 0, 0.8, 7);
  shares.change(on(15), 0, 1, 7);
  CHECK(shares.shares().at(7) == Approx(0.5 * 0.2 * 5));
  CHECK(shares.shares().size() == 1);
}

TEST_CASE("an outage that is open at the end counts until then", "[explain]") {
  LossShares shares({1}, on(0), on(20));
  shares.change(on(16), 0, 0.5, 7);
  CHECK(shares.shares().at(7) == Approx(2));
}

TEST_CASE("the shares of overlapping outages sum to the whole loss", "[explain]") {
  LossShares shares({1}, on(0), on(100));
  shares.change(on(10), 0, 0.7, 1);
  shares.change(on(20), 0, 0.5, 2);   // both
  shares.change(on(30), 0, 0.8, 1);   // 1 is repaired
  shares.change(on(50), 0, 1, 2);
  auto const all = shares.shares();
  CHECK(all.at(1) == Approx(0.3 * 20));
  CHECK(all.at(2) == Approx(0.2 * 30));
  CHECK(total(all) == Approx(0.3 * 10 + 0.5 * 10 + 0.2 * 20));
}

TEST_CASE("what is whole again owes nothing: a repair put down to another incident does not count for ever", "[explain][twin]") {
  LossShares shares({1}, on(0), on(1000));
  shares.change(on(10), 0, 0.5, 1);   // the larger of two outages hides the smaller
  shares.change(on(20), 0, 0.9, 1);
  shares.change(on(30), 0, 1, 2);     // whose repair makes the part whole
  auto const all = shares.shares();
  CHECK(total(all) == Approx(0.5 * 10 + 0.1 * 10));
  CHECK(all.at(1) == Approx(6));
  CHECK(all.count(2) == 0);
}
