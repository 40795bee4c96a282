#include "models/theory/axelrod_iliev.hpp"
#include "models/theory/baliga.hpp"
#include "models/theory/blame.hpp"
#include "models/theory/erlang_c.hpp"
#include "models/theory/flipit.hpp"
#include "models/theory/gordon_loeb.hpp"

namespace theory {

std::vector<Theory> theories() { return {axelrod_iliev(), blame(), baliga(), gordon_loeb(), flipit(), erlang_c_waiting()}; }

}  // namespace theory
