#include <cerrno>
#include <cstring>
#include <new>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/io/hdf5_handles.hpp"

namespace sim {

namespace {

// What travels in the file access properties.
struct DriverInfo {
  Hdf5WriteStatus* status;
};

struct DriverFile {
  H5FD_t base;  // must be first: HDF5 knows only this part
  int descriptor;
  haddr_t end_of_allocation;
  haddr_t end_of_file;
  Hdf5WriteStatus* status;
};

constexpr haddr_t address_max = (haddr_t{1} << 62) - 1;

DriverFile* as_file(H5FD_t* file) { return reinterpret_cast<DriverFile*>(file); }
DriverFile const* as_file(H5FD_t const* file) { return reinterpret_cast<DriverFile const*>(file); }

H5FD_t* driver_open(char const* name, unsigned flags, hid_t access, haddr_t) {
  auto const* info = static_cast<DriverInfo const*>(H5Pget_driver_info(access));
  if (info == nullptr) return nullptr;
  int mode = (flags & H5F_ACC_RDWR) != 0 ? O_RDWR : O_RDONLY;
  if ((flags & H5F_ACC_CREAT) != 0) mode |= O_CREAT;
  if ((flags & H5F_ACC_TRUNC) != 0) mode |= O_TRUNC;
  if ((flags & H5F_ACC_EXCL) != 0) mode |= O_EXCL;
  int const descriptor = ::open(name, mode | O_CLOEXEC | O_NOFOLLOW, 0644);
  if (descriptor < 0) {
    info->status->error_number = errno;
    return nullptr;
  }
  struct stat status {};
  auto* file = ::fstat(descriptor, &status) == 0 ? new (std::nothrow) DriverFile{} : nullptr;
  if (file == nullptr) {
    ::close(descriptor);
    return nullptr;
  }
  file->descriptor = descriptor;
  file->end_of_file = static_cast<haddr_t>(status.st_size);
  file->status = info->status;
  return &file->base;
}

herr_t driver_close(H5FD_t* base) {
  DriverFile* file = as_file(base);
  if (::close(file->descriptor) != 0 && file->status->error_number == 0) file->status->error_number = errno;
  delete file;
  return 0;
}

herr_t driver_query(H5FD_t const*, unsigned long* flags) {
  if (flags != nullptr) {
    *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
             H5FD_FEAT_AGGREGATE_SMALLDATA;
  }
  return 0;
}

haddr_t driver_get_eoa(H5FD_t const* file, H5FD_mem_t) { return as_file(file)->end_of_allocation; }

herr_t driver_set_eoa(H5FD_t* file, H5FD_mem_t, haddr_t address) {
  as_file(file)->end_of_allocation = address;
  return 0;
}

haddr_t driver_get_eof(H5FD_t const* file, H5FD_mem_t) { return as_file(file)->end_of_file; }

herr_t driver_read(H5FD_t* base, H5FD_mem_t, hid_t, haddr_t address, size_t size, void* buffer) {
  DriverFile* file = as_file(base);
  auto* to = static_cast<char*>(buffer);
  while (size > 0) {
    ssize_t const n = ::pread(file->descriptor, to, size, static_cast<off_t>(address));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return -1;
    if (n == 0) break;
    to += n, size -= static_cast<size_t>(n), address += static_cast<haddr_t>(n);
  }
  std::memset(to, 0, size);  // beyond the end, as the standard driver does
  return 0;
}

herr_t driver_write(H5FD_t* base, H5FD_mem_t, hid_t, haddr_t address, size_t size, void const* buffer) {
  DriverFile* file = as_file(base);
  auto const* from = static_cast<char const*>(buffer);
  while (size > 0 && file->status->error_number == 0) {
    ssize_t const n = ::pwrite(file->descriptor, from, size, static_cast<off_t>(address));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) file->status->error_number = n < 0 ? errno : ENOSPC;
    if (n <= 0) break;
    from += n, size -= static_cast<size_t>(n), address += static_cast<haddr_t>(n);
  }
  address += size;  // what was dropped counts as written
  if (address > file->end_of_file) file->end_of_file = address;
  return 0;
}

herr_t driver_truncate(H5FD_t* base, hid_t, hbool_t) {
  DriverFile* file = as_file(base);
  if (file->end_of_file == file->end_of_allocation) return 0;
  if (file->status->error_number == 0 &&
      ::ftruncate(file->descriptor, static_cast<off_t>(file->end_of_allocation)) != 0) {
    file->status->error_number = errno;
  }
  file->end_of_file = file->end_of_allocation;
  return 0;
}

H5FD_class_t make_driver() {
  H5FD_class_t driver{};
  driver.name = "berylia_write";
  driver.maxaddr = address_max;
  driver.fc_degree = H5F_CLOSE_STRONG;
  driver.fapl_size = sizeof(DriverInfo);
  driver.open = driver_open;
  driver.close = driver_close;
  driver.query = driver_query;
  driver.get_eoa = driver_get_eoa;
  driver.set_eoa = driver_set_eoa;
  driver.get_eof = driver_get_eof;
  driver.read = driver_read;
  driver.write = driver_write;
  driver.truncate = driver_truncate;
  H5FD_mem_t const map[] = H5FD_FLMAP_DICHOTOMY;
  std::memcpy(driver.fl_map, map, sizeof map);
  return driver;
}

}  // namespace

Hdf5Handle hdf5_write_access(Hdf5WriteStatus& status) {
  static H5FD_class_t const driver = make_driver();
  Hdf5Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "file access properties");
  Hdf5Handle const id(H5FDregister(&driver), H5FDunregister, "the file driver");
  DriverInfo const info{&status};
  hdf5_check(H5Pset_driver(access.get(), id.get(), &info), "the file driver");
  hdf5_check(H5Pset_libver_bounds(access.get(), H5F_LIBVER_V18, H5F_LIBVER_V18), "the format's version");
  hdf5_check(H5Pset_fclose_degree(access.get(), H5F_CLOSE_STRONG), "the way of closing");
  return access;
}

}  // namespace sim
