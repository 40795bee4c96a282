#include "sim/io/hdf5_handles.hpp"

#include <algorithm>

namespace sim {

void hdf5_quiet() {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  H5PLset_loading_state(0);
}

Hdf5Handle hdf5_string_type(std::size_t size) {
  Hdf5Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "a string type");
  hdf5_check(H5Tset_size(type.get(), std::max<std::size_t>(size, 1)), "the size of a string");
  hdf5_check(H5Tset_strpad(type.get(), H5T_STR_NULLPAD), "the padding of a string");
  hdf5_check(H5Tset_cset(type.get(), H5T_CSET_UTF8), "the encoding of a string");
  return type;
}

}  // namespace sim
