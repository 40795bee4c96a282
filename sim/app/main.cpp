#include <exception>
#include <filesystem>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

#include "sim/app/command_line.hpp"
#include "sim/app/console.hpp"
#include "sim/app/ranks.hpp"
#include "sim/base/error.hpp"

namespace {

/// How the program ends: its exit code and, after an error, what there is to say.
struct Ending {
  app::Exit code = app::Exit::done;
  std::string words;
};

Ending run_program(int argc, char** argv) {
  try {
    return {app::run_command_line(argc, argv), {}};
  } catch (sim::Error const& error) {
    return {app::Exit::bad_input, std::string("berylia: ") + error.what() + "\n"};
  } catch (std::bad_alloc const&) {
    return {app::Exit::bad_input, "berylia: out of memory (the work at hand needs more than there is) use fewer --jobs or a smaller world\n"};
  } catch (std::filesystem::filesystem_error const& error) {
    return {app::Exit::bad_input, "berylia: cannot use " + error.path1().string() + " (" + error.code().message() +
                  ") choose another name or place\n"};
  } catch (std::system_error const& error) {
    return {app::Exit::bad_input, std::string("berylia: the system refuses (") + error.what() +
                  ") raise its limits on memory and processes (ulimit), or use fewer --jobs and --threads\n"};
  } catch (std::runtime_error const& error) {
    // oneTBB's words when it gets no thread.
    bool const lacks_threads = std::string_view(error.what()).starts_with("pthread_create");
    if (!lacks_threads) return {app::Exit::internal_fault, std::string("berylia: internal fault: ") + error.what() + "\n"};
    return {app::Exit::bad_input, std::string("berylia: the system refuses (") + error.what() +
                  ") raise its limits on memory and processes (ulimit), or use fewer --jobs and --threads\n"};
  } catch (std::exception const& fault) {
    return {app::Exit::internal_fault, std::string("berylia: internal fault: ") + fault.what() + "\n"};
  }
}

}  // namespace

int main(int argc, char** argv) {
  app::ignore_write_signals();
  Ending const ending = run_program(argc, argv);
  return app::end_with_ranks(ending.code, ending.words);
}
