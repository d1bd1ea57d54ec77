# Installs the SDK, builds the partner project against that alone, installs its plugins, and checks
# what they export and that their manifests are beside them and theirs.
#   cmake -DBUILD=<build folder> -DPARTNER=<project> -DWORK=<scratch> -DCXX=<compiler> -DNM=<nm>
#         -DREADELF=<readelf> -P partner_test.cmake
cmake_minimum_required(VERSION 3.25)

file(REMOVE_RECURSE ${WORK})
function(run)
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    list(JOIN ARGV " " command)
    message(FATAL_ERROR "${command}\n${output}")
  endif()
endfunction()

run(${CMAKE_COMMAND} --install ${BUILD}/plugin-sdk --prefix ${WORK}/prefix)
run(${CMAKE_COMMAND} -S ${PARTNER} -B ${WORK}/build -G Ninja -DCMAKE_CXX_COMPILER=${CXX}
    -DCMAKE_PREFIX_PATH=${WORK}/prefix -DCMAKE_BUILD_TYPE=Release
    "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Wpedantic -Werror")
run(${CMAKE_COMMAND} --build ${WORK}/build)
run(${CMAKE_COMMAND} --install ${WORK}/build --prefix ${WORK}/acme --strip)

foreach(plugin acme_addresses acme_shout)
  execute_process(COMMAND ${NM} -D --defined-only ${WORK}/build/cdh-${plugin}.so
                  OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX REPLACE "[0-9a-f]+ [A-Za-z] " "" symbols "${symbols}")
  string(STRIP "${symbols}" symbols)
  if(NOT symbols STREQUAL "cdh_plugin_entry")
    message(FATAL_ERROR "cdh-${plugin}.so must export cdh_plugin_entry and nothing else, but has:\n"
                        "${symbols}")
  endif()
endforeach()

foreach(plugin acme_addresses acme_shout)
  set(library ${WORK}/acme/plugins/cdh-${plugin})
  file(READ ${library}.json manifest)
  string(JSON name GET "${manifest}" plugin)
  string(JSON build_id GET "${manifest}" build_id)
  execute_process(COMMAND ${READELF} --notes ${library}.so
                  OUTPUT_VARIABLE notes COMMAND_ERROR_IS_FATAL ANY)
  if(NOT name STREQUAL plugin OR NOT notes MATCHES "Build ID: ${build_id}\n")
    message(FATAL_ERROR "${library}.json is not the manifest of the library:\n${manifest}\n${notes}")
  endif()
endforeach()
