#include <exception>
#include <new>

#include "sim/app/command_line.hpp"
#include "sim/app/console.hpp"
#include "sim/base/error.hpp"

int main(int argc, char** argv) {
  app::ignore_broken_pipes();
  try {
    return static_cast<int>(app::run_command_line(argc, argv));
  } catch (sim::Error const& error) {
    app::complain(std::string("berylia: ") + error.what() + "\n");
    return static_cast<int>(app::Exit::bad_input);
  } catch (std::bad_alloc const&) {
    app::complain("berylia: out of memory (the replications of all jobs together need more) use fewer --jobs\n");
    return static_cast<int>(app::Exit::bad_input);
  } catch (std::exception const& fault) {
    app::complain(std::string("berylia: internal fault: ") + fault.what() + "\n");
    return static_cast<int>(app::Exit::internal_fault);
  }
}
