#include <catch2/catch.hpp>

#include "sim/io/journal.hpp"
#include "sim/io/run_info.hpp"
#include "tests/io/sample_campaign.hpp"

using namespace sim;

TEST_CASE("sessions are told from the notes in journals, and one that never ended was killed", "[io]") {
  sample::Directory const directory;
  auto const out = directory / "out.h5";
  CHECK(read_run_info(out).sessions.empty());
  auto const schema = sample::schema();
  auto const parts = directory / "out.h5.parts";
  for (int i = 0; i < 3; ++i) {
    Journal journal = Journal::open(parts, sample::manifest(schema));
    RunSession session = begin_session();
    session.started_utc = "2026-01-0" + std::to_string(i + 1) + "T00:00:00Z";
    session.jobs = 2;
    session.command = "berylia run \"x\" \xff";
    session.wall_s = 1.5;
    journal.add_note(static_cast<std::uint32_t>(SessionNote::begin), note_text(session));
    journal.append(sample::record(schema, sample::keys(schema)[std::size_t(i)]));
    if (i == 1) session.execution = RunExecution{.events = 7, .waiting_s = .25, .efficiency = .5, .shortest_delay_us = 60};
    if (i == 2) session.execution = RunExecution{.ties = 1u << 31};
    if (i == 0) continue;
    end_session(session, i == 1 ? "interrupted" : "finished");
    journal.add_note(static_cast<std::uint32_t>(SessionNote::end), note_text(session));
  }
  JournalIndex const index = JournalIndex::scan(parts, sample::manifest(schema));
  CHECK(index.size() == 3);
  CHECK(index.report().frames == 3);
  RunInfo written{.planned = 10, .sessions = sessions_of(index.notes(), [](auto const&) { return false; })};
  write_run_info(out, written);
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

TEST_CASE("the last session of a journal runs while a process holds it; one before it was killed", "[io]") {
  RunSession const begun = begin_session();
  auto const begin = static_cast<std::uint32_t>(SessionNote::begin);
  std::vector<JournalNote> const notes{{"a", begin, note_text(begun), 0}, {"a", begin, note_text(begun), 1}, {"b", begin, note_text(begun), 0},
                                       {"b", begin, "no JSON", 0}, {"b", begin, "{\"jobs\": \"many\"}", 0}};
  auto const sessions = sessions_of(notes, [](auto const& journal) { return journal == "a"; });
  REQUIRE(sessions.size() == 3);
  CHECK(sessions[0].ended_by == "killed");
  CHECK(sessions[1].ended_by == "running");
  CHECK(sessions[2].ended_by == "killed");
}

TEST_CASE("the time since a start does not follow a calendar clock that jumps", "[io]") {
  RunSession here = begin_session();
  here.started_utc = "2001-01-01T00:00:00Z";  // as if the clock had been set forward since
  CHECK(wall_seconds_since(here).value_or(1e9) < 60);
  here.started_boot_s += 1e9;  // the host was started again
  CHECK_FALSE(wall_seconds_since(here));
  RunSession elsewhere{.started_utc = "2999-01-01T00:00:00Z", .host = "elsewhere"};
  CHECK_FALSE(wall_seconds_since(elsewhere));
  elsewhere.started_utc = "yesterday";
  CHECK_FALSE(wall_seconds_since(elsewhere));
  elsewhere.started_utc = "2026-01-01T00:00:00Z";
  CHECK(wall_seconds_since(elsewhere).value_or(0) > 0);
}

TEST_CASE("a damaged note is no obstacle", "[io]") {
  sample::Directory const directory;
  for (char const* text : {"", "{", "[]", "{\"sessions\": 3}", "{\"sessions\": [3]}", "{\"planned\": \"x\"}"}) {
    sample::write_content(directory / "out.h5.run.json", text);
    CHECK(read_run_info(directory / "out.h5").sessions.empty());
  }
}
