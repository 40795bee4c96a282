// A broken twin: reads behind the end of its memory; the address sanitizer must end it with an error.
#include <vector>

int main(int count, char**) {
  std::vector<int> const numbers(8, 1);
  return numbers.data()[7 + count] == 12345;
}
