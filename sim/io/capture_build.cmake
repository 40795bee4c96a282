# Writes build_info.cpp if commit or sources changed since it was last written. Run as a script before every build:
# cmake -DSOURCE_DIR=... -DTEMPLATE=... -DOUTPUT=... -DVERSION=... -DCOMPILER=... -DFLAGS=... -P capture_build.cmake
set(COMMIT unknown)
set(DIRTY false)
find_program(GIT git)
if(GIT AND EXISTS ${SOURCE_DIR}/.git)
  execute_process(COMMAND ${GIT} -C ${SOURCE_DIR} rev-parse HEAD OUTPUT_VARIABLE head OUTPUT_STRIP_TRAILING_WHITESPACE
                  RESULT_VARIABLE failed ERROR_QUIET)
  if(NOT failed)
    set(COMMIT ${head})
    execute_process(COMMAND ${GIT} -C ${SOURCE_DIR} status --porcelain -- sim models analysis configs CMakeLists.txt
                    OUTPUT_VARIABLE changes RESULT_VARIABLE failed ERROR_QUIET)
    if(failed OR NOT "${changes}" STREQUAL "")
      set(DIRTY true)
    endif()
  endif()
endif()

# Only what can change a result: the engine and the models.
file(GLOB_RECURSE sources RELATIVE ${SOURCE_DIR} ${SOURCE_DIR}/sim/*.cpp ${SOURCE_DIR}/sim/*.hpp
     ${SOURCE_DIR}/models/*.cpp ${SOURCE_DIR}/models/*.hpp)
list(SORT sources)
set(listing "")
foreach(source ${sources})
  file(SHA256 ${SOURCE_DIR}/${source} checksum)
  string(APPEND listing "${checksum} ${source}\n")
endforeach()
string(SHA256 SOURCE_SHA256 "${listing}")
string(REPLACE "\\" "\\\\" FLAGS "${FLAGS}")
string(REPLACE "\"" "\\\"" FLAGS "${FLAGS}")
string(STRIP "${FLAGS}" FLAGS)
configure_file(${TEMPLATE} ${OUTPUT} @ONLY)
