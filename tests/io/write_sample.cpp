// Writes the sample campaign's results file, for the readers written in other languages.
#include <cstdio>

#include "sim/base/error.hpp"
#include "sim/io/consolidate.hpp"
#include "sim/io/output.hpp"
#include "tests/io/sample_campaign.hpp"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::filesystem::path const out = argv[1];
  std::filesystem::remove(out);
  sim::ResultSchema const schema = sample::schema({.points = 3, .futures = 30, .replications = 5, .focal_grid = 200});
  try {
    sim::Journal journal = sim::Journal::open(sim::parts_directory(out), sample::manifest(schema));
    for (auto const& key : sample::keys(schema)) journal.append(sample::record(schema, key));
    sim::consolidate(journal, schema, out);
    // One record as text, for comparison: key, status, events, digest, responses.
    sim::ReplicationRecord const record = sample::record(schema, {1, 7, 2});
    std::printf("%d %.17g %016llx", static_cast<int>(record.status), record.events,
                static_cast<unsigned long long>(record.digest));
    for (double const value : record.responses) std::printf(" %.17g", value);
    std::printf("\n");
  } catch (sim::Error const& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
  return 0;
}
