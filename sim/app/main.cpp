#include <exception>
#include <filesystem>
#include <new>
#include <system_error>

#include "sim/app/command_line.hpp"
#include "sim/app/console.hpp"
#include "sim/base/error.hpp"

int main(int argc, char** argv) {
  app::ignore_write_signals();
  try {
    return static_cast<int>(app::run_command_line(argc, argv));
  } catch (sim::Error const& error) {
    app::complain(std::string("berylia: ") + error.what() + "\n");
    return static_cast<int>(app::Exit::bad_input);
  } catch (std::bad_alloc const&) {
    app::complain("berylia: out of memory (the work at hand needs more than there is) use fewer --jobs or a smaller world\n");
    return static_cast<int>(app::Exit::bad_input);
  } catch (std::filesystem::filesystem_error const& error) {
    app::complain("berylia: cannot use " + error.path1().string() + " (" + error.code().message() +
                  ") choose another name or place\n");
    return static_cast<int>(app::Exit::bad_input);
  } catch (std::system_error const& error) {
    app::complain(std::string("berylia: the system refuses (") + error.what() +
                  ") raise its limits on memory and processes (ulimit), or use fewer --jobs and --threads\n");
    return static_cast<int>(app::Exit::bad_input);
  } catch (std::exception const& fault) {
    app::complain(std::string("berylia: internal fault: ") + fault.what() + "\n");
    return static_cast<int>(app::Exit::internal_fault);
  }
}
