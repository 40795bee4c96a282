#include "sim/app/results/recorded_campaign.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <limits>

#include "sim/app/campaign/unfinished_campaign.hpp"
#include "sim/app/console.hpp"
#include "sim/app/results/comparison.hpp"
#include "sim/base/error.hpp"
#include "sim/io/output.hpp"

namespace app {

RecordedCampaign::RecordedCampaign(std::string const& out) : out_(out) {
  if (!std::filesystem::exists(out) && std::filesystem::exists(sim::manifest_path(sim::parts_directory(out)))) {
    UnfinishedCampaign campaign = open_unfinished(out);
    index_ = sim::JournalIndex::scan(campaign.parts, campaign.manifest);
    study_ = std::move(campaign.study);
    return;
  }
  file_.emplace(out);
  study_ = open_study_text(out + " (resolved study)", file_->schema().resolved_study);
  warn_of_another_build(*file_, study_->scenario->schema());
}

sim::ResultSchema const& RecordedCampaign::schema() const { return file_ ? file_->schema() : study_->scenario->schema(); }

std::size_t RecordedCampaign::size() const { return file_ ? file_->rows() : index_->size(); }

sim::ReplicationKey RecordedCampaign::key(std::size_t i) const { return file_ ? file_->keys()[i] : index_->key(i); }

sim::ReplicationStatus RecordedCampaign::status(std::size_t i) const { return file_ ? file_->status()[i] : index_->status(i); }

std::vector<double> RecordedCampaign::response(std::size_t index, std::size_t nation) const {
  sim::ResponseInfo const& info = schema().responses[index];
  if (file_) return info.per_nation ? file_->response_of(info.name, nation) : file_->response(info.name);
  std::size_t const at = sim::response_offset(schema(), index) + (info.per_nation ? nation : 0);
  std::vector<double> values(size(), std::numeric_limits<double>::quiet_NaN());
  sim::ReplicationRecord record;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (status(i) != sim::ReplicationStatus::done) continue;
    index_->read(i, record);
    values[i] = record.responses[at];
  }
  return values;
}

sim::ReplicationRecord RecordedCampaign::read(sim::ReplicationKey const& key) {
  if (file_) {
    if (!rows_) rows_.emplace(*file_);
    return rows_->read(file_->row_of(key));
  }
  std::size_t first = 0, count = index_->size();  // keys ascend
  while (count > 0) {
    std::size_t const half = count / 2;
    if (index_->key(first + half) < key) {
      first += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  if (first == index_->size() || index_->key(first) != key) {
    throw sim::Error(fmt::format("point {}, future {}, replication {} is not in the journals of {} (it is not finished, or the study "
                                 "does not have it) berylia status says what is there",
                                 key.point, key.future, key.replication, out_));
  }
  sim::ReplicationRecord record;
  index_->read(first, record);
  return record;
}

std::string RecordedCampaign::verify() const {
  if (file_) {
    file_->verify();
    return fmt::format("every dataset of {} is as it was written", out_);
  }
  sim::ScanReport const& report = index_->report();
  if (!report.is_clean()) {
    for (std::string const& note : report.notes) complain(note + "\n");
    throw sim::Error(fmt::format("the journals of {} are damaged, or being written ({} bytes unreadable, {} unfinished) what is intact "
                                 "is kept; the command that computes the campaign computes the rest again",
                                 out_, report.damaged_bytes, report.torn_bytes));
  }
  return fmt::format("every byte of the {} journals of {} belongs to an intact frame ({} replications, {} twice)", report.files, out_,
                     index_->size(), report.duplicates);
}

}  // namespace app
