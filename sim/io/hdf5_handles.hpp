// Owning handles over the C API of HDF5; for the sources of this folder only.
#pragma once

#include <hdf5.h>

#include <stdexcept>
#include <string>
#include <utility>

namespace sim {

/// HDF5 refused something; the functions that others call turn it into an Error with the file's name.
class Hdf5Failure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// An identifier of HDF5, closed with the object.
class Hdf5Handle {
 public:
  using Closer = herr_t (*)(hid_t);
  Hdf5Handle() = default;
  /// Takes `id`; throws Hdf5Failure that names `what` if it is negative.
  Hdf5Handle(hid_t id, Closer closer, std::string const& what) : id_(id), closer_(closer) {
    if (id < 0) throw Hdf5Failure(what);
  }
  Hdf5Handle(Hdf5Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), closer_(other.closer_) {}
  Hdf5Handle& operator=(Hdf5Handle&& other) noexcept {
    if (this != &other) {
      if (id_ >= 0) closer_(id_);
      id_ = std::exchange(other.id_, -1);
      closer_ = other.closer_;
    }
    return *this;
  }
  ~Hdf5Handle() {
    if (id_ >= 0) closer_(id_);
  }
  /// Closes now; throws Hdf5Failure if that fails.
  void close(std::string const& what) {
    if (id_ >= 0 && closer_(std::exchange(id_, -1)) < 0) throw Hdf5Failure(what);
  }
  hid_t get() const { return id_; }

 private:
  hid_t id_ = -1;
  Closer closer_ = nullptr;
};

/// Throws Hdf5Failure if `result` is negative.
template <class T>
T hdf5_check(T result, std::string const& what) {
  if (result < 0) throw Hdf5Failure(what);
  return result;
}

/// No error stacks on stderr from this thread, and no filter plugins from the environment.
void hdf5_quiet();

/// Fixed-length UTF-8 string of `size` bytes, padded with NUL; size 0 is taken as 1.
Hdf5Handle hdf5_string_type(std::size_t size);

/// The first failure of the operating system met while a file was written; outlives the file.
struct Hdf5WriteStatus {
  int error_number = 0;  // errno; 0 while all is well
};

/// File access properties of a driver that writes like the standard one, but on a failing write (full disk) notes the
/// error in `status` and pretends success until the file is closed. HDF5 1.10 cannot close a file whose writes fail,
/// and then hangs or crashes at exit; the caller looks at `status` after closing and throws the file away.
Hdf5Handle hdf5_write_access(Hdf5WriteStatus& status);

}  // namespace sim
