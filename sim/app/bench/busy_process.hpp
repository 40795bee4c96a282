// A process that keeps one core busy while others are measured.
#pragma once

namespace app {

/// While it lives, a process of its own spins on the first core this process may use; it ends with this one, however that
/// ends. One thread at a time: that which made it.
class BusyProcess {
 public:
  BusyProcess();
  ~BusyProcess();
  BusyProcess(BusyProcess const&) = delete;
  BusyProcess& operator=(BusyProcess const&) = delete;

 private:
  int pid_ = -1;
};

}  // namespace app
