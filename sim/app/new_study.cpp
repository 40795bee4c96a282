#include <fmt/format.h>

#include "models/world/scenario.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/console.hpp"
#include "sim/campaign/study.hpp"

namespace app {

Exit new_study(NewOptions const& options) {
  sim::NewStudyOptions const answers{
      .nation = options.nation, .join = options.join, .organisation = options.organisation, .world = options.world};
  std::string const text = sim::new_study_text(answers, world::vocabulary());
  std::string const note = sim::new_study_note(answers, world::vocabulary());
  if (options.out.empty()) {
    print(text);
    if (!note.empty()) complain(note + "\n");
    return Exit::done;
  }
  write_new_file(options.out, text);
  print(fmt::format("wrote {0}\nnext:  berylia check {0}\n       berylia run {0} -o results.h5\n",
                    shell_quoted(options.out)));
  if (!note.empty()) complain(note + "\n");
  return Exit::done;
}

}  // namespace app
