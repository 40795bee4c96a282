#include <fmt/format.h>

#include "sim/app/campaign/journal_sink.hpp"
#include "sim/app/campaign/run_words.hpp"
#include "sim/app/campaign/stopping_watch.hpp"
#include "sim/app/campaign/unfinished_campaign.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/console.hpp"
#include "sim/base/error.hpp"
#include "sim/io/consolidate.hpp"
#include "sim/io/output.hpp"
#include "sim/io/posix_file.hpp"
#include "sim/io/results_file.hpp"

namespace app {

namespace {

/// The journals in other directories, which must be of the same campaign.
std::vector<std::filesystem::path> journals_of(std::vector<std::string> const& directories, sim::Manifest const& manifest) {
  std::vector<std::filesystem::path> journals;
  for (std::string const& directory : directories) {
    if (sim::read_manifest(directory).fingerprint != manifest.fingerprint) {
      throw sim::Error("cannot merge " + directory + " (it is of another study text, seed, data or build) leave it away");
    }
    auto const files = sim::journal_files(directory);
    journals.insert(journals.end(), files.begin(), files.end());
  }
  return journals;
}

bool is_partial(sim::ResultsFile const& file) { return file.rows() < sim::planned_replications(file.schema()); }

/// The study with what came of its stopping rule, as far as the journals tell.
sim::ResultSchema schema_after(UnfinishedCampaign const& campaign, sim::JournalIndex const& index) {
  sim::ResultSchema schema = campaign.study.scenario->schema();
  if (auto const rule = rule_after(schema, index)) schema.stopping = rule->info();
  return schema;
}

/// All journals of the campaign.
std::vector<std::filesystem::path> all_journals(UnfinishedCampaign const& campaign, std::vector<std::filesystem::path> const& others) {
  auto journals = sim::journal_files(campaign.parts);
  journals.insert(journals.end(), others.begin(), others.end());
  return journals;
}

/// A partial file may be written again, nothing else is written over.
void require_replaceable(std::string const& path, sim::Fingerprint const& fingerprint) {
  if (!std::filesystem::exists(std::filesystem::symlink_status(path))) return;
  bool may_be_replaced = false;
  try {
    sim::ResultsFile const file(path);
    may_be_replaced = file.fingerprint() == fingerprint && is_partial(file);
  } catch (sim::Error const&) {
    may_be_replaced = false;
  }
  if (!may_be_replaced)
    throw sim::Error("will not overwrite " + path + " (it is no partial results file of this campaign) choose another name");
}

/// `out` stands for the whole campaign: whoever finds it there takes the campaign for finished.
void require_another_name(MergeOptions const& options) {
  std::error_code code;
  auto const canonical = [&code](std::string const& path) { return std::filesystem::weakly_canonical(path, code); };
  if (canonical(options.partial) != canonical(options.out)) return;
  throw sim::Error("--partial " + options.partial + " is the campaign's own results file (which appears when it is complete) "
                   "choose another name");
}

Exit say_it_is_there(std::string const& out) {
  if (is_partial(sim::ResultsFile(out)))
    throw sim::Error("cannot merge into " + out + " (it is a partial results file) give the campaign's own OUT.h5");
  return say_already_complete(out);
}

Exit write_partial(MergeOptions const& options, UnfinishedCampaign const& campaign) {
  require_writable_folder(options.partial);
  require_replaceable(options.partial, campaign.manifest.fingerprint);
  auto const others = journals_of(options.others, campaign.manifest);
  auto index = sim::JournalIndex::scan(all_journals(campaign, others), campaign.manifest);
  if (index.size() == 0) throw sim::Error("nothing to write (no replication is finished yet) wait a little");
  sim::ResultSchema const schema = schema_after(campaign, index);
  index.leave_out(schema.stopping);
  auto const report = sim::write_results(index, schema, campaign.manifest.fingerprint,
                                         sim::file_aside(options.partial), options.partial,
                                         {.allow_missing = true, .jobs = options.jobs});
  (void)say_results(options.partial, report);
  return report.done + report.failed + report.censored < report.planned ? Exit::stopped_early : Exit::done;
}

}  // namespace

Exit merge(MergeOptions const& options) {
  if (!options.partial.empty()) require_another_name(options);
  if (std::filesystem::exists(options.out)) return say_it_is_there(options.out);
  UnfinishedCampaign const campaign = open_unfinished(options.out);
  if (!options.partial.empty()) return write_partial(options, campaign);
  require_writable_folder(options.out);
  auto const others = journals_of(options.others, campaign.manifest);
  sim::ResultSchema schema = campaign.study.scenario->schema();
  if (schema.stopping.is_rule()) schema = schema_after(campaign, sim::JournalIndex::scan(all_journals(campaign, others), campaign.manifest));
  try {
    auto const report =
        sim::merge_parts(campaign.manifest, schema, options.out,
                         {.jobs = options.jobs, .before_naming = [&](auto const& found) { write_run_info_of(found, options.out); }},
                         others);
    for (std::string const& note : report.scan.notes) complain(note + "\n");
    if (report.scan.duplicates > 0) complain(fmt::format("{} replications were there twice, with the same bytes\n", report.scan.duplicates));
    print(text_of_outcome(schema));
    return say_results(options.out, report);
  } catch (sim::CampaignIncomplete const& incomplete) {
    complain(fmt::format("not finished: {} of {} replications are there; {} shows which shards lack some\n"
                         "repeat the command when they are finished, or write what is there: berylia merge {} --partial FILE.h5\n",
                         incomplete.found, incomplete.planned, "berylia status " + shell_quoted(options.out), shell_quoted(options.out)));
    return Exit::stopped_early;
  }
}

}  // namespace app
