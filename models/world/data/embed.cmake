# Writes OUTPUT, a C++ source that holds the bytes of every *.tsv in DIRECTORY; run with cmake -P.
file(GLOB tables LIST_DIRECTORIES false ${DIRECTORY}/*.tsv)
list(SORT tables)
set(arrays "")
set(entries "")
set(count 0)
foreach(table IN LISTS tables)
  get_filename_component(name ${table} NAME)
  file(READ ${table} bytes HEX)
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
