// A broken twin: two threads write one number without meeting; the thread sanitizer must end it with an error.
#include <thread>

int main() {
  int shared = 0;
  std::thread other([&] { for (int i = 0; i < 1000; ++i) ++shared; });
  for (int i = 0; i < 1000; ++i) ++shared;
  other.join();
  return shared < 0;
}
