// M/M/c against Erlang C (A. K. Erlang 1917; e.g. L. Kleinrock, Queueing Systems I, 1975, section 3.5).
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <vector>

#include "models/queue/queue.hpp"
#include "sim/exec/executors.hpp"
#include "sim/kernel/failure.hpp"

namespace {

/// Means of one batch after the other; the first batch is the warm-up.
class Batches final : public sim::RowSink {
 public:
  explicit Batches(std::uint64_t size) : size_(size) {}
  void row(sim::RowKey const&, std::span<std::byte const> bytes) override {
    queue::ServiceBegin begin;
    std::memcpy(&begin, bytes.data(), sizeof begin);
    sum_ += begin.wait;
    waited_ += begin.wait > 0;
    total += begin.wait;
    ++customers;
    if (++count_ < size_) return;
    waits.push_back(sum_ / static_cast<double>(size_));
    shares.push_back(static_cast<double>(waited_) / static_cast<double>(size_));
    sum_ = 0;
    waited_ = count_ = 0;
  }
  std::vector<double> waits, shares;
  double total = 0;
  std::uint64_t customers = 0;

 private:
  std::uint64_t size_, count_ = 0, waited_ = 0;
  double sum_ = 0;
};

struct Interval {
  double mean, half_width;
  bool contains(double value) const { return std::abs(value - mean) <= half_width; }
};

constexpr int batches = 60;

/// 99.9 % interval from 60 batch means: Student's t with 59 degrees of freedom, two-sided.
Interval interval(std::vector<double> const& means) {
  REQUIRE(means.size() > batches);
  double sum = 0, squares = 0;
  for (int i = 1; i <= batches; ++i) sum += means[i];
  double const mean = sum / batches;
  for (int i = 1; i <= batches; ++i) squares += (means[i] - mean) * (means[i] - mean);
  return {mean, 3.463 * std::sqrt(squares / (batches - 1) / batches)};
}

Batches run(queue::Parameters const& parameters, double customers, std::string const& executor_name = "sequential") {
  queue::Model model = queue::build(parameters, {.seed = 2024});
  Batches sink(static_cast<std::uint64_t>(customers / (batches + 1)));
  auto const executor = sim::make_executor(executor_name);
  executor->start(model.world, sink, sim::Time{});
  executor->run_until(sim::Time{} + sim::Duration{static_cast<std::int64_t>(customers * 1.01 / parameters.arrival_rate * 1e6)});
  return sink;
}

struct Vector {
  double arrival_rate;
  std::uint32_t servers;
  double probability, wait;  // Erlang C, service rate 1
  double customers;          // for a half-width below 2 % of the wait
};

Vector const vectors[] = {{0.8, 1, 0.8, 4, 4.8e6},
                          {1.6, 2, 0.711111, 1.777778, 7e6},
                          {2, 3, 0.444444, 0.444444, 4.6e6},
                          {3.2, 4, 0.596432, 0.745541, 10e6},
                          {9, 10, 0.668732, 0.668732, 26e6}};

}  // namespace

TEST_CASE("M/M/c has the waits and the waiting probabilities of Erlang C", "[models][queue]") {
  for (Vector const& vector : vectors) {
    Batches const result = run({.arrival_rate = vector.arrival_rate, .servers = vector.servers}, vector.customers);
    Interval const wait = interval(result.waits);
    Interval const probability = interval(result.shares);
    INFO("c = " << vector.servers << ": wait " << wait.mean << " +- " << wait.half_width << ", P(wait) "
                << probability.mean << " +- " << probability.half_width);
    CHECK(wait.contains(vector.wait));
    CHECK(wait.half_width <= 0.02 * vector.wait);
    CHECK(probability.contains(vector.probability));
    CHECK(probability.half_width <= 0.02 * vector.probability);
  }
}

TEST_CASE("a service rate that is 3 percent off falls outside the interval", "[models][queue][twin]") {
  for (double const service_rate : {0.97, 1.03}) {
    Vector const& vector = vectors[2];
    Batches const result =
        run({.arrival_rate = vector.arrival_rate, .service_rate = service_rate, .servers = vector.servers}, 1e6);
    REQUIRE_FALSE(interval(result.waits).contains(vector.wait));
  }
}

TEST_CASE("Little's law holds: mean queue length is arrival rate times mean wait", "[models][queue]") {
  queue::Parameters const parameters{.arrival_rate = 3.2, .servers = 4};
  queue::Model model = queue::build(parameters, {.seed = 5});
  Batches sink(1000);
  auto const executor = sim::make_executor("sequential");
  executor->start(model.world, sink, sim::Time{});
  executor->run_until(sim::Time{} + sim::hour * 100);
  auto const& state = model.world.state(model.station);
  double const length = state.waiting_time / 360'000;
  double const rate = static_cast<double>(sink.customers) / 360'000;
  // Exact but for the few customers who still wait at the end: at most 240 in 1.1 million.
  REQUIRE(length == Approx(rate * (sink.total / static_cast<double>(sink.customers))).epsilon(3e-4));
  REQUIRE(rate == Approx(3.2).epsilon(0.01));
}

TEST_CASE("pooling four teams cuts the wait by four fifths", "[models][queue]") {
  double const apart = interval(run({.arrival_rate = 0.8, .servers = 1}, 1e6).waits).mean;
  double const pooled = interval(run({.arrival_rate = 3.2, .servers = 4}, 1e6).waits).mean;
  REQUIRE(1 - pooled / apart == Approx(0.8136).margin(0.03));
}

TEST_CASE("every executor serves the same customers", "[models][queue]") {
  Batches const reference = run({.arrival_rate = 2, .servers = 3}, 6e3);
  for (auto const& name : sim::executor_names()) {
    Batches const result = run({.arrival_rate = 2, .servers = 3}, 6e3, name);
    REQUIRE(result.total == reference.total);
    REQUIRE(result.waits == reference.waits);
  }
}

TEST_CASE("a station with more customers than it can hold fails by name", "[models][queue]") {
  REQUIRE_THROWS_WITH(run({.arrival_rate = 2, .servers = 1}, 1e4),
                      Catch::Contains("pool of waiting customers is full (capacity 240) (agent station/only, event "
                                      "Arrival, 1970-01-01"));
}
