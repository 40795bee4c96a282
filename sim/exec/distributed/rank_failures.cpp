#include "sim/exec/distributed/rank_failures.hpp"

#include <cstring>
#include <new>
#include <string>
#include <utility>

#include "sim/base/error.hpp"

namespace sim {

namespace {

/// The words of a failure, padded with zeros to whole words of memory; "?" stands for lack of memory.
std::string words_of(std::exception_ptr const& failure) {
  std::string words;
  try {
    if (failure) std::rethrow_exception(failure);
  } catch (std::bad_alloc const&) {
    words = "?";
  } catch (std::exception const& exception) {
    words = exception.what();
    if (words.empty()) words = "exception without words";
  } catch (...) {
    words = "exception of unknown type";
  }
  words.resize((words.size() + 7) / 8 * 8);
  return words;
}

}  // namespace

void RankFailure::throw_together(Ranks& ranks) {
  std::exception_ptr const own = std::exchange(failure_, nullptr);
  std::string const words = words_of(own);
  auto const all = ranks.gather(std::as_bytes(std::span(words)));
  std::string first;
  bool lacks_memory = false;
  for (unsigned rank = 0; rank < ranks.count(); ++rank) {
    if (all[rank].size() == 0) continue;
    char const* const text = reinterpret_cast<char const*>(all[rank].data());
    std::string const said(text, ::strnlen(text, all[rank].size()));
    lacks_memory = lacks_memory || said == "?";
    if (first.empty()) first = "rank " + std::to_string(rank) + ": " + said;
  }
  if (own) std::rethrow_exception(own);
  if (lacks_memory) throw std::bad_alloc();
  if (!first.empty()) throw Error(first);
}

}  // namespace sim
