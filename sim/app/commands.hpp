// The sub-commands: what each was asked to do, and the functions that do it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/phold/phold.hpp"
#include "sim/config/issue.hpp"

namespace app {

/// Exit codes of the program.
enum class Exit : int {
  done = 0,
  bad_input = 2,            // the user's fault, said on standard error
  some_failed = 3,          // the campaign is complete, some replications failed or were censored
  verification_differs = 4,
  stopped_early = 5,        // can be continued with the same command
  internal_fault = 70,      // our fault: a broken contract outside a replication
};

enum class ProgressMode { automatic, bar, plain, none };

struct RunOptions {
  std::string study;                   // path of the study
  std::string out;                     // path of the results file
  std::vector<sim::Override> overrides;  // later ones win
  unsigned jobs = 0;                   // 0: one per core
  unsigned threads = 0;                // of each replication's executor; 0: one, or what "auto" chooses
  std::string executor = "auto";
  std::string chosen_because;          // of "auto"
  ProgressMode progress = ProgressMode::automatic;
  std::string shard;                   // "i/n", "none"; empty: what a scheduler says, else none
  std::string max_wallclock;           // a duration; empty: no limit
  std::string grace = "30s";           // a duration
  std::string branch_at;               // a date or "none"; empty: what the study says
  std::uint64_t failures_max = UINT64_MAX;  // more failed replications end the run
  std::string command;                 // the whole command line, quoted for a shell
};

struct MergeOptions {
  std::string out;                     // path of the results file to make
  std::vector<std::string> others;     // more directories of journals of the same campaign
  std::string partial;                 // write what is there to this file instead; empty: only when all is there
  unsigned jobs = 0;                   // threads that pack; 0: one per core
};

struct StatusOptions {
  std::string out;                     // path of the results file, made or to be made
  bool json = false;
};

struct CheckOptions {
  std::string study;
  std::vector<sim::Override> overrides;
};

struct DesignOptions {
  std::string study;
  std::vector<sim::Override> overrides;
  std::string csv;                     // empty: no table of points
  std::uint32_t pilot = 0;             // histories; 0: as many as the time allows
  bool no_pilot = false;
  unsigned jobs = 0;                   // 0: one per core
  unsigned tasks = 1;
  bool json = false;
};

struct NewOptions {
  std::string nation;
  std::string join;                    // YYYY-MM-DD
  std::string organisation;            // empty: the centre of the world
  std::string world;                   // empty: the default
  std::string out;                     // empty: standard output
};

struct DescribeOptions {
  std::string format = "text";         // text, md or json
  std::string world;                   // empty: the default
};

struct AnalyzeOptions {
  std::string results;
  bool json = false;
  std::optional<std::string> response, nation, treatment;
  std::vector<std::string> beside;     // the same study under other prior sets
  bool no_controls = false;
  std::optional<double> threshold;     // of discovery and robustness
};

struct ReportOptions {
  std::string results;
  std::string out;
  std::optional<std::string> response, nation, treatment;  // of the headline
  std::vector<std::string> beside;       // the same study under other prior sets
  std::optional<double> threshold;       // of discovery and robustness
  bool no_replay = false;              // leave out what needs histories to be run again
};

struct ReplayOptions {
  std::string results;
  std::uint32_t point = 0, future = 0, replication = 0;
  std::string executor = "sequential";
  std::string trace;                   // empty: no trace
};

struct ExplainOptions {
  std::string results;
  std::string point, against;          // treatment by number or name; empty: of the headline, and the reference
  std::optional<std::uint32_t> future, replication;  // both or none
  std::string nation;                  // ISO code; empty: the first in focus
  std::string response;                // empty: of the headline
  bool worst = false;
  bool json = false;
  std::string svg;                     // file to draw; empty: none
};

struct VerifyOptions {
  std::string results;
  std::uint64_t replications = 0;      // to run again
  bool all = false;                    // run all again
  unsigned jobs = 0;                   // at a time; 0: one per core
};

struct ExportOptions {
  std::string results;
  std::string table = "responses";
  std::string response, nation;        // only these; empty: all
  std::string out;                     // empty: standard output
};

struct BenchPholdOptions {
  std::string executor = "sequential";
  unsigned threads = 0;                // 0: one, or what "auto" chooses
  bool json = false;
  std::uint32_t lps = 1024;
  std::uint32_t events_per_lp = 1;
  double lookahead = 0.1;              // [mean increments]
  double remote = 0.5;                 // probability
  double end = 1000;                   // [mean increments]
  std::uint64_t seed = 1;
  phold::Load load = phold::Load::uniform;
};

struct BenchNetworkOptions {
  std::string executor = "sequential";
  unsigned threads = 0;                // 0: one, or what "auto" chooses
  bool json = false;
  std::uint32_t lps = 1024;            // stations
  std::uint32_t events_per_lp = 1;     // jobs
  double lookahead = 0.1;              // [mean services]
  double end = 1000;                   // [mean services]
  std::uint64_t seed = 1;
};

struct BenchSuiteOptions {
  std::string out = "results/suite";   // folder
  std::string study = "configs/studies/japan_ccdcoe.toml";  // whose world is measured
  std::string only;                    // part of the name of what is measured; empty: all
  unsigned rounds = 5;
  bool quick = false;                  // small and short loads: shows that all works, measures nothing
  bool json = false;
};

struct BenchWorldOptions {
  std::string study;
  std::vector<sim::Override> overrides;
  std::uint32_t futures = 5;           // one history of the first treatment in each
  std::string executor = "sequential";
  unsigned threads = 0;                // 0: one, or what "auto" chooses
  bool json = false;
};

struct BenchCampaignOptions {
  std::string out = "bench_campaign.h5";  // made, and removed unless kept
  std::uint64_t replications = 2000;
  std::uint32_t responses = 50;
  double served_s = 10000;             // simulated time of a history [s]
  unsigned jobs = 0;                   // 0: one per core
  bool keep = false;
  bool json = false;
};

struct BenchPrecisionOptions {
  std::string study = "configs/studies/japan_ccdcoe.toml";
  std::vector<sim::Override> overrides;
  std::string response = "resilience_loss";
  std::string nation;                  // empty: the first in focus
  std::string treatment;               // empty: the one with the most interventions
  std::uint32_t futures = 200;         // units of each method
  double target = 0.05;                // half-width, as a share of the difference
  double check = 0.02;                 // half-width that is really run to, as a share of the reference's mean; 0: none
  unsigned jobs = 0;                   // units at a time; 0: one per core
  std::string out = "results/precision";  // folder
  bool json = false;
};

struct TheoryOptions {
  std::string name;                    // of the theory; empty with `list`
  std::vector<std::pair<std::string, std::string>> parameters;  // as given
  std::uint32_t replications = 0;      // 0: as many as the theory takes itself
  std::uint64_t seed = 1;
  bool list = false;                   // name all theories instead
  std::string format = "text";         // text or json; of the list also md
};

struct ExerciseOptions {
  std::string scenario;                // path; empty: the standard scenario
  std::vector<sim::Override> overrides;  // later ones win
  std::vector<sim::Override> compare;  // what else is changed in the scenario to compare with; none: no comparison
  std::string out;                     // empty: standard output
  std::string format = "text";         // text or json; of the list also md
  bool describe = false;               // list keys and items instead
  bool make_template = false;          // print the standard scenario instead
};

struct SlurmOptions {
  std::string study;                   // path of the study
  std::string out;                     // folder of the campaign
  std::vector<sim::Override> overrides;  // later ones win
  std::int64_t tasks = 0;              // elements of the array job, a shard each
  std::string time;                    // of an element, as Slurm writes it
  std::int64_t cpus_per_task = 1;
  std::string mem;                     // of an element, as Slurm writes it; empty: the cluster's default
  std::string partition, account, qos;  // empty: the cluster's default
  std::string job_name = "berylia";
  std::int64_t array_running_max = 0;  // elements that run at a time; 0: no limit
  std::int64_t notice_s = 120;         // between Slurm's signal and the end of an element's time
  std::int64_t requeues_max = 20;      // of an element
  bool report = false;                 // the merge job writes a report too
  bool submit = false;
};

/// Each does its work, prints results on standard output and returns the exit code; all throw sim::Error for the
/// user's fault.
Exit run(RunOptions const& options);
Exit merge(MergeOptions const& options);
Exit status(StatusOptions const& options);
Exit check(CheckOptions const& options);
Exit design(DesignOptions const& options);
Exit new_study(NewOptions const& options);
Exit describe(DescribeOptions const& options);
Exit analyze(AnalyzeOptions const& options);
Exit report(ReportOptions const& options);
Exit replay(ReplayOptions const& options);
Exit explain(ExplainOptions const& options);
Exit verify(VerifyOptions const& options);
Exit export_table(ExportOptions const& options);
Exit bench_phold(BenchPholdOptions const& options);
Exit bench_network(BenchNetworkOptions const& options);
Exit bench_world(BenchWorldOptions const& options);
Exit bench_campaign(BenchCampaignOptions const& options);
Exit bench_suite(BenchSuiteOptions const& options);
Exit bench_precision(BenchPrecisionOptions const& options);
Exit theory(TheoryOptions const& options);
Exit exercise(ExerciseOptions const& options);
Exit slurm(SlurmOptions const& options);

}  // namespace app
