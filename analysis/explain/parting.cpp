#include "analysis/explain/parting.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace analysis {
namespace {

auto identity(Happening const& h) { return std::tuple(h.time.ticks, h.agent, h.is_row, h.kind, h.content); }

std::vector<std::size_t> sorted(HistoryGraph const& graph) {
  std::vector<std::size_t> order(graph.happenings().size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) {
    auto const one = identity(graph.at(x)), other = identity(graph.at(y));
    return one != other ? one < other : x < y;
  });
  return order;
}

// The first of either list that passes; the earlier time, then what the treatment (a) adds.
template <class Passes>
Parting::First first_of(Parting const& parting, HistoryGraph const& a, HistoryGraph const& b, Passes passes) {
  auto const in = [&](std::vector<std::size_t> const& list, HistoryGraph const& graph) {
    auto const it = std::find_if(list.begin(), list.end(), [&](std::size_t at) { return passes(graph, at); });
    return it == list.end() ? HistoryGraph::nowhere : *it;
  };
  std::size_t const one = in(parting.only_a, a), other = in(parting.only_b, b);
  if (one == HistoryGraph::nowhere && other == HistoryGraph::nowhere) return {};
  bool const in_a = other == HistoryGraph::nowhere || (one != HistoryGraph::nowhere && a.at(one).time <= b.at(other).time);
  return {in_a ? one : other, in_a};
}

}  // namespace

Parting part(HistoryGraph const& a, HistoryGraph const& b) {
  Parting parting;
  auto const of_a = sorted(a), of_b = sorted(b);
  std::size_t i = 0, j = 0;
  while (i < of_a.size() || j < of_b.size()) {
    if (j == of_b.size()) parting.only_a.push_back(of_a[i++]);
    else if (i == of_a.size()) parting.only_b.push_back(of_b[j++]);
    else if (auto const one = identity(a.at(of_a[i])), other = identity(b.at(of_b[j])); one == other) ++i, ++j;
    else if (one < other) parting.only_a.push_back(of_a[i++]);
    else parting.only_b.push_back(of_b[j++]);
  }
  std::sort(parting.only_a.begin(), parting.only_a.end());
  std::sort(parting.only_b.begin(), parting.only_b.end());
  parting.any = first_of(parting, a, b, [](HistoryGraph const&, std::size_t) { return true; });
  parting.change = first_of(parting, a, b, [](HistoryGraph const& graph, std::size_t at) { return graph.role(at) != KindRole::news; });
  return parting;
}

Reason reason(Parting const& parting, HistoryGraph const& a, HistoryGraph const& b, Parting::First first) {
  if (first.at == HistoryGraph::nowhere) return {};
  HistoryGraph const& own = first.in_a ? a : b;
  Happening const& what = own.at(first.at);
  std::size_t const sender = own.cause(first.at);
  Reason found;
  sim::Time latest{INT64_MIN};
  auto const look = [&](std::vector<std::size_t> const& list, HistoryGraph const& graph, bool in_a) {
    for (std::size_t const at : list) {
      Happening const& h = graph.at(at);
      if (what.time <= h.time) break;
      bool const told = !h.is_row && (h.agent == what.agent || (sender != HistoryGraph::nowhere && h.agent == own.at(sender).agent));
      if (!told || h.time < latest) continue;
      latest = h.time;
      found = {at, in_a};
    }
  };
  look(parting.only_a, a, true);
  look(parting.only_b, b, false);
  return found;
}

}  // namespace analysis
