#include <fmt/format.h>
#include <sys/resource.h>
#include <time.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "sim/app/bench/queue_campaign.hpp"
#include "sim/app/campaign/run_batches.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/console.hpp"
#include "sim/base/error.hpp"
#include "sim/campaign/campaign.hpp"
#include "sim/exec/executors.hpp"
#include "sim/io/consolidate.hpp"
#include "sim/io/output.hpp"
#include "sim/io/results_file.hpp"

namespace app {

namespace {

using WallClock = std::chrono::steady_clock;

double wall_since(WallClock::time_point begin) { return std::chrono::duration<double>(WallClock::now() - begin).count(); }

double cpu_seconds(clockid_t clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double peak_bytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return 1024.0 * static_cast<double>(usage.ru_maxrss);
}

/// A journal that counts the processor time of those who append to it.
class TimedSink final : public sim::RecordSink {
 public:
  explicit TimedSink(sim::Journal& journal) : journal_(journal) {}
  void append(sim::ReplicationRecord&& record) override {
    double const begin = cpu_seconds(CLOCK_THREAD_CPUTIME_ID);
    journal_.append(record);
    nanoseconds_ += static_cast<std::uint64_t>(1e9 * (cpu_seconds(CLOCK_THREAD_CPUTIME_ID) - begin));
  }
  double seconds() const { return 1e-9 * static_cast<double>(nanoseconds_); }

 private:
  sim::Journal& journal_;
  std::atomic<std::uint64_t> nanoseconds_{0};
};

struct Measured {
  double replications = 0;
  double compute_wall_s = 0, compute_cpu_s = 0;  // with appending
  double append_cpu_s = 0;
  double merge_wall_s = 0, merge_cpu_s = 0;
  double open_wall_s = 0, read_wall_s = 0;       // of the results file; one response of all replications
  double journal_bytes = 0, results_bytes = 0, peak_memory_bytes = 0, files = 0;

  /// Processor time of keeping results, as a share of that of computing them.
  double keeping_share() const { return (append_cpu_s + merge_cpu_s) / (compute_cpu_s - append_cpu_s); }
};

std::uint64_t bytes_in(std::filesystem::path const& folder, double& files) {
  std::uint64_t bytes = 0;
  for (auto const& entry : std::filesystem::directory_iterator(folder)) {
    ++files;
    bytes += entry.file_size();
  }
  return bytes;
}

Measured measure(BenchCampaignOptions const& options, std::string const& out) {
  QueueCampaign const scenario({options.replications, options.responses, options.served_s});
  auto const manifest = sim::make_manifest(sim::build_info(), scenario.schema());
  sim::Journal journal = sim::Journal::open(sim::parts_directory(out), manifest);
  TimedSink sink(journal);
  unsigned const jobs = options.jobs > 0 ? options.jobs : cores_of_this_rank();
  Measured measured;
  auto begin = WallClock::now();
  double cpu_begin = cpu_seconds(CLOCK_PROCESS_CPUTIME_ID);
  auto const summary = sim::run_campaign(scenario, sink, [] { return sim::make_executor("sequential"); }, {.jobs = jobs}, {});
  journal.sync();
  measured.replications = static_cast<double>(summary.computed);
  measured.compute_wall_s = wall_since(begin);
  measured.compute_cpu_s = cpu_seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu_begin;
  measured.append_cpu_s = sink.seconds();
  measured.journal_bytes = static_cast<double>(bytes_in(journal.parts(), measured.files));
  begin = WallClock::now();
  cpu_begin = cpu_seconds(CLOCK_PROCESS_CPUTIME_ID);
  measured.results_bytes = static_cast<double>(sim::consolidate(journal, scenario.schema(), out).file_bytes);
  measured.merge_wall_s = wall_since(begin);
  measured.merge_cpu_s = cpu_seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu_begin;
  measured.peak_memory_bytes = peak_bytes();
  begin = WallClock::now();
  sim::ResultsFile const file(out);
  measured.open_wall_s = wall_since(begin);
  begin = WallClock::now();
  (void)file.response(scenario.schema().responses.back().name);
  measured.read_wall_s = wall_since(begin);
  return measured;
}

nlohmann::ordered_json to_json(Measured const& m) {
  return {{"replications", m.replications},     {"compute_wall_s", m.compute_wall_s}, {"compute_cpu_s", m.compute_cpu_s},
          {"append_cpu_s", m.append_cpu_s},     {"merge_wall_s", m.merge_wall_s},     {"merge_cpu_s", m.merge_cpu_s},
          {"keeping_share", m.keeping_share()}, {"open_wall_s", m.open_wall_s},       {"read_wall_s", m.read_wall_s},
          {"journal_bytes", m.journal_bytes},   {"results_bytes", m.results_bytes},   {"peak_memory_bytes", m.peak_memory_bytes},
          {"files", m.files}};
}

std::string as_text(Measured const& m) {
  return fmt::format("computing:  {:.0f} replications in {:.2f} s, {:.3f} ms of a core each\n"
                     "journal:    {:.1f} us of a core to append one, {:.0f} bytes each, {:.0f} files\n"
                     "merging:    {:.2f} s, {:.1f} us of a core each; {:.1f} MB\n"
                     "keeping:    {:.2f} % of the processor time of computing\n"
                     "reading:    {:.3f} s to open the file, {:.3f} s for one response of all\n"
                     "memory:     at most {:.0f} MB\n",
                     m.replications, m.compute_wall_s, 1e3 * m.compute_cpu_s / m.replications, 1e6 * m.append_cpu_s / m.replications,
                     m.journal_bytes / m.replications, m.files, m.merge_wall_s, 1e6 * m.merge_cpu_s / m.replications,
                     m.results_bytes / 1e6, 100 * m.keeping_share(), m.open_wall_s, m.read_wall_s, m.peak_memory_bytes / 1e6);
}

}  // namespace

Exit bench_campaign(BenchCampaignOptions const& options) {
  require_writable_folder(options.out);
  require_absent(options.out);
  require_absent(sim::parts_directory(options.out).string());
  Measured const measured = measure(options, options.out);
  if (!options.keep) std::filesystem::remove(options.out);
  print(options.json ? to_json(measured).dump(2) + "\n" : as_text(measured));
  return Exit::done;
}

}  // namespace app
