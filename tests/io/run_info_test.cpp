#include <catch2/catch.hpp>

#include "sim/io/run_info.hpp"
#include "tests/io/sample_campaign.hpp"

using namespace sim;

TEST_CASE("sessions accumulate, and one that never ended was killed", "[io]") {
  sample::Directory const directory;
  auto const out = directory / "out.h5";
  CHECK(read_run_info(out).sessions.empty());
  for (int i = 0; i < 3; ++i) {
    RunInfo info = read_run_info(out);
    RunSession& session = begin_session(info);
    session.jobs = 2;
    session.command = "berylia run \"x\" \xff";
    session.wall_s = 1.5;
    info.planned = 10;
    if (i == 1) session.execution = RunExecution{.events = 7, .waiting_s = .25, .efficiency = .5, .shortest_delay_us = 60};
    if (i == 2) session.execution = RunExecution{.ties = 1u << 31};
    if (i == 1) end_session(info, "interrupted");
    if (i == 2) end_session(info, "finished");
    write_run_info(out, info);
  }
  RunInfo const info = read_run_info(out);
  REQUIRE(info.sessions.size() == 3);
  CHECK(info.sessions[0].ended_by == "killed");
  CHECK(info.sessions[1].ended_by == "interrupted");
  CHECK(info.sessions[2].ended_by == "finished");
  CHECK((info.interruptions() == 2 && info.wall_s() == 4.5 && info.planned == 10));
  CHECK_FALSE(info.sessions[0].execution);
  REQUIRE((info.sessions[1].execution && info.sessions[2].execution));
  CHECK(info.sessions[1].execution->events == 7);
  CHECK(info.sessions[1].execution->waiting_s == .25);
  CHECK(info.sessions[1].execution->efficiency == .5);
  CHECK(info.sessions[1].execution->shortest_delay_us == 60);
  CHECK(info.sessions[2].execution->ties == 1u << 31);
  CHECK_FALSE(info.sessions[2].execution->shortest_delay_us);
  CHECK(info.sessions[2].started_utc.size() == 20);
  CHECK(!info.sessions[2].host.empty());
}

TEST_CASE("a damaged note is no obstacle", "[io]") {
  sample::Directory const directory;
  for (char const* text : {"", "{", "[]", "{\"sessions\": 3}", "{\"sessions\": [3]}", "{\"planned\": \"x\"}"}) {
    sample::write_content(directory / "out.h5.run.json", text);
    CHECK(read_run_info(directory / "out.h5").sessions.empty());
  }
}
