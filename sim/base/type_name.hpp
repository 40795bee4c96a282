// Short name of a C++ type, for messages about pools, events and rows.
#pragma once

#include <string_view>

namespace sim {

/// Last component of the type's name, e.g. "Probe" for models::Probe; template arguments are kept.
template <class T>
constexpr std::string_view type_name() {
  std::string_view name = __PRETTY_FUNCTION__;
  name = name.substr(name.find("T = ") + 4);
  name = name.substr(0, name.find_first_of(";]"));
  std::string_view const head = name.substr(0, name.find('<'));
  if (auto const colon = head.rfind("::"); colon != head.npos) name = name.substr(colon + 2);
  return name;
}

}  // namespace sim
