#include "sim/app/results/trace.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <iterator>
#include <optional>
#include <span>

#include "sim/app/console.hpp"
#include "sim/io/posix_file.hpp"

namespace app {

/// Collects lines and writes them in pieces.
class TracedScenario::File {
 public:
  explicit File(std::string const& path) {
    if (!path.empty()) file_.emplace(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND);
    text_ = "time\tagent\tkind\tkey\tparent\tincident\n";
  }

  void line(std::string const& time, std::string const& agent, std::string_view kind, std::uint64_t key,
            std::string const& parent, std::uint64_t incident) {
    if (!file_) return;
    fmt::format_to(std::back_inserter(text_), "{}\t{}\t{}\t{:016x}\t{}\t", time, agent, kind, key, parent);
    if (incident == 0) text_ += "-\n";
    else fmt::format_to(std::back_inserter(text_), "{:016x}\n", incident);
    if (text_.size() > piece) flush();
  }

  File(File const&) = delete;
  File& operator=(File const&) = delete;
  ~File() {
    if (file_ && file_->is_open()) ::unlink(file_->path().c_str());  // a part of a trace is no trace
  }

  void close() {
    if (!file_) return;
    flush();
    file_->close();
  }

 private:
  static constexpr std::size_t piece = 1U << 20;

  void flush() {
    file_->write_all(std::as_bytes(std::span(text_)));
    text_.clear();
  }

  std::optional<sim::PosixFile> file_;
  std::string text_;
};

/// A replication that tells the file what it does.
class TracedScenario::Traced final : public sim::Replication, public sim::RowSink {
 public:
  Traced(std::unique_ptr<sim::Replication> replication, File& file) : replication_(std::move(replication)), file_(file) {
    replication_->world().trace_causes();
  }
  sim::World& world() override { return replication_->world(); }
  sim::RowSink& rows() override { return *this; }
  sim::Replication& traced() { return *replication_; }
  void take_over(sim::Replication const& other) override {
    replication_->take_over(*static_cast<Traced const&>(other).replication_);
  }
  void measure(sim::ReplicationRecord& record) override { replication_->measure(record); }

  void event(sim::EventHeader const& event, sim::EventCause const& cause) override {
    auto const& kind = world().type(event.to).events[event.kind];
    file_.line(to_string(event.key.time), world().name(event.to), kind.name, event.key.tie,
               parent_text(cause.parent), cause.incident);
  }
  void row(sim::RowKey const& key, std::span<std::byte const> bytes) override {
    auto const& kind = world().type(key.agent_type).rows[key.row_kind];
    file_.line(to_string(key.event.time), world().name(key.lp), fmt::format("row {}", kind.name), key.event.tie,
               parent_text(key.parent), key.incident);
    replication_->rows().row(key, bytes);
  }

 private:
  std::string parent_text(std::uint64_t tie) {
    if (tie == 0) return "-";
    return world().origin(tie).number == 0 ? "init" : fmt::format("{:016x}", tie);
  }

  std::unique_ptr<sim::Replication> replication_;
  File& file_;
};

TracedScenario::TracedScenario(sim::Scenario const& scenario, std::string const& path) : scenario_(scenario) {
  if (!path.empty()) {
    require_writable_folder(path);
    require_absent(path);
  }
  file_ = std::make_unique<File>(path);
}

TracedScenario::~TracedScenario() = default;

void TracedScenario::treat(sim::Replication& replication, std::uint32_t point) const {
  scenario_.treat(static_cast<Traced&>(replication).traced(), point);
}

std::unique_ptr<sim::Replication> TracedScenario::build(std::shared_ptr<sim::Future const> future,
                                                        sim::ReplicationKey key) const {
  return std::make_unique<Traced>(scenario_.build(std::move(future), key), *file_);
}

void TracedScenario::finish() { file_->close(); }

}  // namespace app
