# Writes OUTPUT, a C++ source that holds the bytes of every *.tsv in DIRECTORY and the folders below; run with cmake -P.
file(GLOB_RECURSE tables LIST_DIRECTORIES false RELATIVE ${DIRECTORY} ${DIRECTORY}/*.tsv)
list(SORT tables)
set(arrays "")
set(entries "")
set(count 0)
foreach(name IN LISTS tables)
  file(READ ${DIRECTORY}/${name} bytes HEX)
  string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${bytes}")
  string(APPEND arrays "constexpr char table_${count}[] = {${bytes}'\\0'};  // ${name}\n")
  string(APPEND entries "    EmbeddedTable{\"${name}\", {table_${count}, sizeof(table_${count}) - 1}},\n")
  math(EXPR count "${count} + 1")
endforeach()
file(WRITE ${OUTPUT} "#include <array>

#include \"models/world/data/embedded.hpp\"

namespace world {
namespace {

${arrays}
constexpr std::array<EmbeddedTable, ${count}> tables{
${entries}};

}  // namespace

std::span<EmbeddedTable const> embedded_tables() { return tables; }

}  // namespace world
")
