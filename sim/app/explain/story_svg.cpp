#include "sim/app/explain/story.hpp"

namespace app {

std::string story_svg(Story const&, sim::ResultSchema const&) { return ""; }

}  // namespace app
