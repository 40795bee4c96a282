#include "models/theory/axelrod_iliev.hpp"
#include "models/theory/baliga.hpp"
#include "models/theory/blame.hpp"
#include "models/theory/buldyrev.hpp"
#include "models/theory/dwell.hpp"
#include "models/theory/erlang_c.hpp"
#include "models/theory/flipit.hpp"
#include "models/theory/gordon_loeb.hpp"
#include "models/theory/inoperability.hpp"
#include "models/theory/little.hpp"
#include "models/theory/motter_lai.hpp"
#include "models/theory/patching.hpp"
#include "models/theory/public_goods.hpp"
#include "models/theory/resilience_triangle.hpp"
#include "models/theory/sir.hpp"
#include "models/theory/sis_threshold.hpp"
#include "models/theory/splitting.hpp"
#include "models/theory/worm.hpp"

namespace theory {

std::vector<Theory> theories() {
  return {axelrod_iliev(),
          blame(),
          baliga(),
          gordon_loeb(),
          flipit(),
          public_goods(),
          buldyrev(),
          motter_lai(),
          inoperability(),
          sir(),
          sis_threshold(),
          worm(),
          patching(),
          dwell(),
          erlang_c_waiting(),
          little(),
          resilience_triangle(),
          splitting()};
}

}  // namespace theory
