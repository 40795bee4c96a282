#include "tests/io/sample_campaign.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <unistd.h>

#include "sim/io/record_codec.hpp"

namespace sample {

std::uint64_t next(std::uint64_t& state) {
  std::uint64_t z = state += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

sim::ResultSchema schema(Size const& size) {
  sim::ResultSchema s;
  s.study = "sample";
  s.title = "A sample with \xc3\xbcml\xc3\xa4uts";
  s.question = "Does it come back?";
  s.seed = 0xfedcba9876543210;
  s.futures = size.futures;
  s.replications = size.replications;
  s.start = {2012, 1, 1}, s.record_from = {2015, 1, 1}, s.end = {2027, 1, 1};
  s.levers = {"liaison", "membership"};
  s.mechanisms_on = {"M1", "M8"};
  for (std::uint32_t p = 0; p < size.points; ++p) {
    sim::Treatment t{"t" + std::to_string(p), "Treatment " + std::to_string(p), {}, {int(p & 1), int(p >> 1 & 1)}};
    for (std::uint32_t i = 0; i < p; ++i) {
      t.interventions.push_back(
          {"membership", "JPN", "CCDCOE", "membership", "CP", {2018, 3, int(i) + 1}, {9999, 1, 1}});
    }
    s.treatments.push_back(t);
  }
  s.reference = "t0";
  s.factors = {{"rate", "1/year", 0, 10, {sim::Family::triangular, 0, 4, 1}, "How often", "assumed: a test",
                sim::Grade::expert},
               {"share", "1", 0, 1, {sim::Family::beta, 2, 3, 0}, "How much", "a table", sim::Grade::measured},
               {"teams", "1", 0, 9, {sim::Family::discrete, 0, 0, 0, {{1, 2, 5}, {0.5, 0.25, 0.25}, 3}}, "How many", "assumed: a test", sim::Grade::assumed}};
  s.sampling.type = "morris";
  s.sampling.factors = {"share", "rate"};
  s.sampling.trajectories = (size.futures + 2) / 3;
  s.sampling.levels = 4;
  s.sampling.generators = {"share = -rate*teams"};
  s.sampling.where = {"share < 2 * rate", "rate > 0"};
  s.sampling.correlations = {"share and rate -0.5"};
  for (std::uint32_t i = 0; i < size.futures; ++i) {
    s.sampling.moved.push_back(i % 3 == 0 ? -1 : static_cast<std::int32_t>(i % 3) - 1);
    s.sampling.direction.push_back(i % 3 == 0 ? 0 : i % 2 ? 1 : -1);
  }
  s.stopping.unit = "futures";
  s.stopping.look_level = 0.975;
  s.stopping.counts = {size.futures};
  s.stopping.targets = {{.response = "total_loss", .statistic = "quantile", .probability = 0.9, .half_width = 0.05, .relative_to = "estimate"}};
  s.stopping.looks = {{.target = 0, .point = 0, .n = 3, .estimate = 1.5, .lo = 1, .hi = 2, .wanted = 0.25, .needed = 12, .state = sim::LookState::open, .doubt = 3}};
  std::uint64_t state = 7;
  for (std::uint32_t i = 0; i < 3 * size.futures; ++i) s.factor_values.push_back(double(next(state) >> 11) * 0x1p-53);
  for (std::uint32_t i = 0; i < size.nations; ++i) {
    s.nations.push_back({char('A' + i / 26), char('A' + i % 26), 'X'});
    s.nation_names.push_back("Nation " + std::to_string(i));
    s.nation_is_member.push_back(i % 2);
    s.nation_is_adversary.push_back(i % 3 == 0 ? 1 : 0);
    if (i < size.focal) s.focal.push_back(s.nations.back());
  }
  s.responses.push_back({"total_loss", "MUSD", "sum over all nations", false, {2015, 1, 1}, {2027, 1, 1}, true});
  for (std::uint32_t i = 0; i < size.per_nation_responses; ++i) {
    s.responses.push_back({"loss_" + std::string(1, char('z' - i % 26)) + std::to_string(i), "MUSD", "loss of a nation",
                           true, {2018, 1, 1}, {2027, 1, 1}, i % 2 == 0});
  }
  for (std::uint32_t i = 0; i < size.series; ++i) {
    s.series.push_back({std::string(1, char('s' - i)) + "_series", "1", "share in service"});
  }
  sim::Time const from = to_time(s.record_from);
  for (std::uint32_t i = 1; i <= size.focal_grid; ++i) s.focal_grid.push_back(from + sim::day * i);
  for (std::uint32_t i = 1; i <= size.other_grid; ++i) s.other_grid.push_back(from + sim::day * (7 * i));
  s.incident_columns = {{"nation", "1", "whom it hit", true, s.focal}, {"days", "d", "how long", false, {}}};
  s.data_checksums = {{"nations.tsv", "0123abcd"}, {"alliances.tsv", "ffff0000"}};
  s.study_text = "study_format = 1\n# as given\n";
  s.resolved_study = "study_format = 1\nseed = 1\n";
  return s;
}

sim::ReplicationRecord record(sim::ResultSchema const& s, sim::ReplicationKey const& key) {
  std::uint64_t state = key.point * 1000003ull + key.future * 10007ull + key.replication;
  sim::ReplicationRecord r;
  r.key = key;
  r.digest = next(state);
  r.digest_before = key.future;
  std::uint64_t const kind = next(state) % 16;
  if (kind == 0) {
    r.status = sim::ReplicationStatus::failed;
    r.message = "pool of incidents is full (nation JPN, 2016-05-01)";
    return r;
  }
  if (kind == 1) r.status = sim::ReplicationStatus::censored;
  r.events = double(next(state) % 100000);
  auto const uniform = [&] { return double(next(state) >> 11) * 0x1p-53; };
  for (std::size_t i = response_width(s); i > 0; --i) r.responses.push_back(double(next(state) % 1000) + uniform());
  for (std::size_t i = s.series.size() * s.focal.size() * s.focal_grid.size(); i > 0; --i) {
    r.focal_series.push_back(float(uniform()));
  }
  for (std::size_t i = s.series.size() * s.nations.size() * s.other_grid.size(); i > 0; --i) {
    r.other_series.push_back(next(state) % 4 == 0 ? float(uniform()) : 1.0f);
  }
  for (std::uint64_t i = s.focal.empty() ? 0 : next(state) % 5; i > 0; --i) {
    r.incidents.push_back(double(next(state) % s.focal.size()));
    r.incidents.push_back(uniform() * 100);
  }
  return r;
}

std::vector<sim::ReplicationKey> keys(sim::ResultSchema const& s) {
  std::vector<sim::ReplicationKey> all;
  for (std::uint32_t p = 0; p < s.treatments.size(); ++p) {
    for (std::uint32_t f = 0; f < s.futures; ++f) {
      for (std::uint32_t r = 0; r < s.replications; ++r) all.push_back({p, f, r});
    }
  }
  return all;
}

sim::Manifest manifest(sim::ResultSchema const& s) { return sim::make_manifest(sim::build_info(), s); }

void write_parts(std::filesystem::path const& parts, sim::ResultSchema const& s,
                 std::vector<std::vector<sim::ReplicationKey>> const& journals) {
  sim::Manifest const m = manifest(s);
  sim::Journal::open(parts, m).close();
  std::vector<std::byte> frame;
  for (std::size_t i = 0; i < journals.size(); ++i) {
    std::ofstream file(parts / (std::to_string(i) + "-of-" + std::to_string(journals.size()) + ".journal"), std::ios::binary);
    for (auto const& key : journals[i]) {
      sim::encode_frame(record(s, key), m.fingerprint.word(), frame);
      file.write(reinterpret_cast<char const*>(frame.data()), std::streamsize(frame.size()));
    }
  }
}

void shuffle(std::vector<sim::ReplicationKey>& all, std::uint64_t seed) {
  for (std::size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[next(seed) % i]);
}

std::string content(std::filesystem::path const& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_content(std::filesystem::path const& path, std::string const& bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), std::streamsize(bytes.size()));
}

Directory::Directory() {
  // In memory where there is such a place: thousands of small files are synced.
  std::filesystem::path parent = "/dev/shm";
  if (::access(parent.c_str(), W_OK) != 0) parent = std::filesystem::temp_directory_path();
  std::string name = (parent / "berylia_test_XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot create " + name);
  path_ = name;
}

Directory::~Directory() {
  std::error_code code;
  std::filesystem::remove_all(path_, code);
}

}  // namespace sample
