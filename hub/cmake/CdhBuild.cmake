# Flags that every target of this project shares, and one function for each shape of target.

# -Wrestrict is wrong about "text" + std::string in g++ 12 with -O2 (GCC bug 105329).
add_library(cdh_flags INTERFACE)
target_compile_options(cdh_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor>
  -Werror
  "$<$<CXX_COMPILER_ID:GNU>:-fno-gnu-unique;-Wno-restrict>")
if(CDH_SANITIZE)
  add_compile_options(-fsanitize=${CDH_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${CDH_SANITIZE})
endif()
if(CDH_SANITIZE MATCHES "address")  # g++ 12 then warns wrongly about <regex> (GCC bug 105562)
  target_compile_options(cdh_flags INTERFACE
    "$<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>")
endif()
if(CDH_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# Seconds until a test counts as hung. With a sanitizer all of them take several times
# as long.
set(CDH_TEST_TIMEOUT 300)
if(CDH_SANITIZE)
  set(CDH_TEST_TIMEOUT 1500)
endif()

find_program(CDH_CCACHE ccache)
if(CDH_CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${CDH_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CDH_CCACHE})
endif()

# One layer of the hub: every source file of the folder, one static library named cdh_<folder>.
#   cdh_layer(NAME LINKS layers and libraries...)
function(cdh_layer name)
  cmake_parse_arguments(ARG "" "" "LINKS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
  add_library(cdh_${name} STATIC ${sources})
  target_include_directories(cdh_${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(cdh_${name} PUBLIC ${ARG_LINKS} PRIVATE cdh_flags)
endfunction()

# The tests of one folder: every *_test.cpp in it, one executable run by CTest, a test a case.
#   cdh_tests(NAME LINKS layers and libraries...)
# Tests with PostgreSQL or MariaDB in their name run while that private server of tests/services is
# up.
function(cdh_tests name)
  cmake_parse_arguments(ARG "" "" "LINKS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
  string(REPLACE "/" "_" target ${name}_tests)
  add_executable(${target} ${sources})
  target_link_libraries(${target} PRIVATE ${ARG_LINKS} cdh_test_support GTest::gmock_main cdh_flags)
  gtest_discover_tests(${target} TEST_PREFIX ${name}. TEST_FILTER -*PostgreSQL*:*MariaDB*
                       DISCOVERY_MODE PRE_TEST
                       PROPERTIES TIMEOUT ${CDH_TEST_TIMEOUT} LABELS ${name})
  if(cdh_test_hub IN_LIST ARG_LINKS)
    foreach(server PostgreSQL MariaDB)
      string(TOLOWER ${server} fixture)
      gtest_discover_tests(${target} TEST_PREFIX ${name}. TEST_FILTER *${server}*
                           DISCOVERY_MODE PRE_TEST
                           PROPERTIES TIMEOUT ${CDH_TEST_TIMEOUT} LABELS ${name}
                                      FIXTURES_REQUIRED ${fixture})
    endforeach()
  endif()
endfunction()
