#include "analysis/explain/history_graph.hpp"

#include <algorithm>

namespace analysis {

HistoryGraph::HistoryGraph(std::vector<Happening> happenings, std::vector<KindRole> roles)
    : happenings_(std::move(happenings)), roles_(std::move(roles)) {
  for (std::size_t i = 0; i < happenings_.size(); ++i) {
    Happening const& h = happenings_[i];
    if (!h.is_row) by_key_.push_back({h.key, i});
    if (h.incident != 0) by_incident_.push_back({h.incident, i});
  }
  std::sort(by_key_.begin(), by_key_.end(), [](Place a, Place b) { return a.key < b.key; });
  std::stable_sort(by_incident_.begin(), by_incident_.end(), [](Place a, Place b) { return a.key < b.key; });
}

std::size_t HistoryGraph::find(std::uint64_t key) const {
  auto const it = std::lower_bound(by_key_.begin(), by_key_.end(), key, [](Place a, std::uint64_t k) { return a.key < k; });
  return it != by_key_.end() && it->key == key ? it->at : nowhere;
}

std::size_t HistoryGraph::cause(std::size_t i) const {
  Happening const& h = happenings_[i];
  if (h.is_row) return find(h.key);
  return h.parent == 0 ? nowhere : find(h.parent);
}

std::vector<Link> HistoryGraph::chain(std::size_t i) const {
  std::vector<Link> links;
  for (std::size_t at = i; at != nowhere; at = cause(at)) {
    Happening const& h = happenings_[at];
    bool const goes_on = !links.empty() && role(at) == KindRole::calendar && happenings_[links.back().at].kind == h.kind &&
                         happenings_[links.back().at].agent == h.agent && !happenings_[links.back().at].is_row;
    if (goes_on) ++links.back().earlier;
    else links.push_back({at, 0, h.origin});
    links.back().origin = h.origin;
  }
  std::reverse(links.begin(), links.end());
  return links;
}

std::vector<std::size_t> HistoryGraph::tree(std::uint64_t incident) const {
  std::vector<std::size_t> result;
  auto it = std::lower_bound(by_incident_.begin(), by_incident_.end(), incident, [](Place a, std::uint64_t k) { return a.key < k; });
  for (; it != by_incident_.end() && it->key == incident; ++it) result.push_back(it->at);
  return result;
}

std::vector<std::size_t> HistoryGraph::consequences(std::size_t i) const {
  std::vector<bool> led(happenings_.size(), false);
  std::vector<std::size_t> result;
  led[i] = true;
  for (std::size_t at = i + 1; at < happenings_.size(); ++at) {
    std::size_t const from = cause(at);
    if (from == nowhere || !led[from]) continue;
    led[at] = true;
    result.push_back(at);
  }
  return result;
}

}  // namespace analysis
