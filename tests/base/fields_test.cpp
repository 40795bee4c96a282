// Descriptions of parameters, shapes of results, and contracts.
#include <catch2/catch.hpp>

#include "sim/base/contracts.hpp"
#include "sim/base/fields.hpp"
#include "sim/base/results.hpp"

using namespace sim;

TEST_CASE("a distribution prints as it is written in a study", "[base]") {
  CHECK(to_string(Distribution{Family::uniform, 0, 1}) == "uniform(0, 1)");
  CHECK(to_string(Distribution{Family::constant, 3}) != to_string(Distribution{Family::constant, 4}));
  Distribution const left{Family::triangular, 0, 1, 0.25}, right{Family::triangular, 0, 1, 0.5};
  CHECK(to_string(left) != to_string(right));
}

TEST_CASE("responses lie one after the other, those by nation as wide as the world", "[base]") {
  ResultSchema schema;
  schema.nations = {"JPN", "EST", "USA"};
  schema.responses.resize(3);
  schema.responses[1].per_nation = true;
  CHECK(response_offset(schema, 0) == 0);
  CHECK(response_offset(schema, 1) == 1);
  CHECK(response_offset(schema, 2) == 4);
  CHECK(response_width(schema) == 5);
}

TEST_CASE("replication keys order by point, then future, then replication", "[base]") {
  CHECK(ReplicationKey{0, 9, 9} < ReplicationKey{1, 0, 0});
  CHECK(ReplicationKey{1, 0, 9} < ReplicationKey{1, 1, 0});
  CHECK(ReplicationKey{1, 1, 0} < ReplicationKey{1, 1, 1});
}

TEST_CASE("a broken contract names its condition and its place", "[base]") {
  CHECK_NOTHROW(SIM_CHECK(1 + 1 == 2));
  CHECK_THROWS_WITH(SIM_CHECK(1 + 1 == 3), Catch::Contains("1 + 1 == 3") && Catch::Contains("fields_test.cpp"));
  CHECK_THROWS_AS(SIM_CHECK(false), ContractViolation);
}
