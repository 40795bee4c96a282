#include "sim/io/run_info.hpp"

#include <algorithm>
#include <ctime>
#include <type_traits>

#include <unistd.h>

#include <nlohmann/json.hpp>

#include "sim/base/error.hpp"
#include "sim/io/posix_file.hpp"

namespace sim {

namespace {

using Json = nlohmann::ordered_json;

std::string utc_now() {
  std::time_t const now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  char text[32];
  std::size_t const n = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {text, n};
}

double boot_seconds() {
  std::timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

std::string this_host() {
  char host[256] = {};
  return ::gethostname(host, sizeof host - 1) == 0 ? host : "";
}

/// Calls f(key, value) for every plain entry of `execution`, which may be constant.
template <class Execution, class F>
void each_entry(Execution& execution, F f)
  requires std::is_same_v<std::remove_const_t<Execution>, RunExecution>
{
  f("events", execution.events);
  f("events_per_s", execution.events_per_s);
  f("handled", execution.handled);
  f("windows", execution.windows);
  f("windows_alone", execution.windows_alone);
  f("meetings", execution.meetings);
  f("waiting_s", execution.waiting_s);
  f("rollbacks", execution.rollbacks);
  f("rolled_back", execution.rolled_back);
  f("anti_messages", execution.anti_messages);
  f("gvt_rounds", execution.gvt_rounds);
  f("efficiency", execution.efficiency);
  f("peak_memory_bytes", execution.peak_memory_bytes);
  f("ties", execution.ties);
}

/// The same for a session.
template <class Session, class F>
void each_entry(Session& session, F f)
  requires std::is_same_v<std::remove_const_t<Session>, RunSession>
{
  f("started_utc", session.started_utc);
  f("started_boot_s", session.started_boot_s);
  f("ended_utc", session.ended_utc);
  f("ended_by", session.ended_by);
  f("host", session.host);
  f("worker", session.worker);
  f("command", session.command);
  f("executor", session.executor);
  f("jobs", session.jobs);
  f("threads", session.threads);
  f("ranks", session.ranks);
  f("wall_s", session.wall_s);
  f("computed", session.computed);
  f("branch_at", session.branch_at);
  f("events_in_all", session.events_in_all);
  f("branching_gain", session.branching_gain);
}

template <class Described>
Json entries_of(Described const& described) {
  Json j = Json::object();
  each_entry(described, [&](char const* key, auto const& value) { j[key] = value; });
  return j;
}

/// Entries that are missing keep their defaults.
template <class Described>
Described described_by(Json const& j) {
  Described described;
  each_entry(described, [&](char const* key, auto& value) { value = j.value(key, value); });
  return described;
}

Json to_json(RunExecution const& execution) {
  Json j = entries_of(execution);
  j["shortest_delay_us"] = nullptr;
  if (execution.shortest_delay_us) j["shortest_delay_us"] = *execution.shortest_delay_us;
  return j;
}

RunExecution execution_from(Json const& j) {
  auto execution = described_by<RunExecution>(j);
  if (auto const delay = j.find("shortest_delay_us"); delay != j.end() && !delay->is_null()) {
    execution.shortest_delay_us = delay->get<std::int64_t>();
  }
  return execution;
}

Json to_json(RunSession const& session) {
  Json j = entries_of(session);
  if (!session.chosen_because.empty()) j["chosen_because"] = session.chosen_because;
  if (session.execution) j["execution"] = to_json(*session.execution);
  return j;
}

RunSession session_from(Json const& j) {
  auto session = described_by<RunSession>(j);
  session.chosen_because = j.value("chosen_because", "");
  if (auto const execution = j.find("execution"); execution != j.end()) session.execution = execution_from(*execution);
  return session;
}

}  // namespace

std::uint32_t RunInfo::interruptions() const {
  std::uint32_t count = 0;
  for (auto const& session : sessions) count += session.ended_by != "finished" && session.ended_by != "running";
  return count;
}

double RunInfo::wall_s() const {
  double total = 0;
  for (auto const& session : sessions) total += session.wall_s;
  return total;
}

std::string json_text(RunExecution const& execution) { return to_json(execution).dump(); }

std::filesystem::path run_info_path(std::filesystem::path const& out) {
  std::filesystem::path path = out;
  path += ".run.json";
  return path;
}

bool is_run_info(std::filesystem::path const& out) {
  try {
    Json const j = Json::parse(read_small_file(run_info_path(out), 64u << 20));
    return j.is_object() && j.contains("format_version") && j.contains("sessions");
  } catch (Error const&) {
    return false;
  } catch (Json::exception const&) {
    return false;
  }
}

RunInfo read_run_info(std::filesystem::path const& out) {
  try {
    Json const j = Json::parse(read_small_file(run_info_path(out), 64u << 20));
    RunInfo info;
    info.planned = j.value("planned", std::uint64_t{0});
    info.done = j.value("done", std::uint64_t{0});
    info.failed = j.value("failed", std::uint64_t{0});
    info.censored = j.value("censored", std::uint64_t{0});
    for (auto const& session : j.value("sessions", Json::array())) info.sessions.push_back(session_from(session));
    return info;
  } catch (Error const&) {
    return {};
  } catch (Json::exception const&) {
    return {};
  }
}

void write_run_info(std::filesystem::path const& out, RunInfo const& info) {
  Json j = {{"format_version", 1},        {"planned", info.planned},   {"done", info.done},
            {"failed", info.failed},      {"censored", info.censored}, {"interruptions", info.interruptions()},
            {"wall_s", info.wall_s()},    {"sessions", Json::array()}};
  for (auto const& session : info.sessions) j["sessions"].push_back(to_json(session));
  // Host names and commands may hold bytes that are not UTF-8.
  write_file_durably(run_info_path(out), j.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

RunSession begin_session() {
  RunSession session;
  session.started_utc = utc_now();
  session.ended_by = "running";
  session.started_boot_s = boot_seconds();
  session.host = this_host();
  return session;
}

void end_session(RunSession& session, std::string const& ended_by) {
  session.ended_utc = utc_now();
  session.ended_by = ended_by;
}

std::optional<double> wall_seconds_since(RunSession const& session) {
  double seconds = -1;
  if (session.host == this_host() && session.started_boot_s > 0) {
    seconds = boot_seconds() - session.started_boot_s;
  } else {
    std::tm parts{};
    if (::strptime(session.started_utc.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts) == nullptr) return {};
    seconds = std::difftime(std::time(nullptr), ::timegm(&parts));
  }
  if (seconds < 0) return {};
  return seconds;
}

std::string note_text(RunSession const& session) {
  return to_json(session).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::vector<RunSession> sessions_of(std::vector<JournalNote> const& notes,
                                    std::function<bool(std::filesystem::path const&)> const& is_held) {
  std::vector<RunSession> sessions;
  for (std::size_t i = 0; i < notes.size(); ++i) {
    JournalNote const& note = notes[i];
    Json const j = Json::parse(note.text, nullptr, false);
    if (!j.is_object()) continue;
    bool const continues_last = i > 0 && notes[i - 1].journal == note.journal && !sessions.empty();
    bool const ends_last = note.kind == static_cast<std::uint32_t>(SessionNote::end) && continues_last;
    try {
      RunSession session = session_from(j);
      if (ends_last) sessions.pop_back();
      sessions.push_back(std::move(session));
    } catch (Json::exception const&) {
      continue;  // a note, not a result
    }
    bool const is_last = i + 1 == notes.size() || notes[i + 1].journal != note.journal;
    RunSession& session = sessions.back();
    bool const followed_by_end = !is_last && notes[i + 1].kind == static_cast<std::uint32_t>(SessionNote::end);
    if (session.ended_by == "running" && !followed_by_end && !(is_last && is_held(note.journal))) session.ended_by = "killed";
  }
  std::stable_sort(sessions.begin(), sessions.end(),
                   [](RunSession const& a, RunSession const& b) { return a.started_utc < b.started_utc; });
  return sessions;
}

}  // namespace sim
