#include "sim/io/run_info.hpp"

#include <ctime>

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

Json to_json(RunExecution const& e) {
  Json j = {{"events", e.events},
            {"events_per_s", e.events_per_s},
            {"handled", e.handled},
            {"windows", e.windows},
            {"windows_alone", e.windows_alone},
            {"waiting_s", e.waiting_s},
            {"rollbacks", e.rollbacks},
            {"rolled_back", e.rolled_back},
            {"anti_messages", e.anti_messages},
            {"gvt_rounds", e.gvt_rounds},
            {"efficiency", e.efficiency},
            {"peak_memory_bytes", e.peak_memory_bytes},
            {"ties", e.ties},
            {"shortest_delay_us", nullptr}};
  if (e.shortest_delay_us) j["shortest_delay_us"] = *e.shortest_delay_us;
  return j;
}

RunExecution execution_from(Json const& j) {
  RunExecution e;
  e.events = j.value("events", e.events);
  e.events_per_s = j.value("events_per_s", e.events_per_s);
  e.handled = j.value("handled", e.handled);
  e.windows = j.value("windows", e.windows);
  e.windows_alone = j.value("windows_alone", e.windows_alone);
  e.waiting_s = j.value("waiting_s", e.waiting_s);
  e.rollbacks = j.value("rollbacks", e.rollbacks);
  e.rolled_back = j.value("rolled_back", e.rolled_back);
  e.anti_messages = j.value("anti_messages", e.anti_messages);
  e.gvt_rounds = j.value("gvt_rounds", e.gvt_rounds);
  e.efficiency = j.value("efficiency", e.efficiency);
  e.peak_memory_bytes = j.value("peak_memory_bytes", e.peak_memory_bytes);
  e.ties = j.value("ties", e.ties);
  if (auto const delay = j.find("shortest_delay_us"); delay != j.end() && !delay->is_null()) {
    e.shortest_delay_us = delay->get<std::int64_t>();
  }
  return e;
}

Json to_json(RunSession const& s) {
  Json j = {{"started_utc", s.started_utc}, {"ended_utc", s.ended_utc}, {"ended_by", s.ended_by},
          {"host", s.host},               {"command", s.command},     {"executor", s.executor},
          {"jobs", s.jobs},               {"threads", s.threads},     {"wall_s", s.wall_s},
          {"computed", s.computed}};
  if (!s.chosen_because.empty()) j["chosen_because"] = s.chosen_because;
  if (s.execution) j["execution"] = to_json(*s.execution);
  return j;
}

RunSession session_from(Json const& j) {
  RunSession s;
  s.started_utc = j.value("started_utc", "");
  s.ended_utc = j.value("ended_utc", "");
  s.ended_by = j.value("ended_by", "");
  s.host = j.value("host", "");
  s.command = j.value("command", "");
  s.executor = j.value("executor", "");
  s.chosen_because = j.value("chosen_because", "");
  s.jobs = j.value("jobs", 0u);
  s.threads = j.value("threads", 0u);
  s.wall_s = j.value("wall_s", 0.0);
  s.computed = j.value("computed", std::uint64_t{0});
  if (auto const execution = j.find("execution"); execution != j.end()) s.execution = execution_from(*execution);
  return s;
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

RunSession& begin_session(RunInfo& info) {
  for (auto& session : info.sessions) {
    if (session.ended_by == "running") session.ended_by = "killed";
  }
  RunSession session;
  session.started_utc = utc_now();
  session.ended_by = "running";
  char host[256] = {};
  if (::gethostname(host, sizeof host - 1) == 0) session.host = host;
  info.sessions.push_back(std::move(session));
  return info.sessions.back();
}

void end_session(RunInfo& info, std::string const& ended_by) {
  if (info.sessions.empty()) return;
  info.sessions.back().ended_utc = utc_now();
  info.sessions.back().ended_by = ended_by;
}

}  // namespace sim
