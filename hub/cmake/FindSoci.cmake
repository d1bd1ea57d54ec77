# Debian ships SOCI without a CMake package or a .pc file. Backends are linked, not loaded by name
# at run time, so that a missing one is found when the program is built.
find_path(Soci_INCLUDE_DIR soci/soci.h)
find_library(Soci_CORE_LIBRARY soci_core)
find_library(Soci_SQLITE3_LIBRARY soci_sqlite3)
find_library(Soci_POSTGRESQL_LIBRARY soci_postgresql)
find_library(Soci_MYSQL_LIBRARY soci_mysql)
find_path(Soci_PQ_INCLUDE_DIR libpq-fe.h PATH_SUFFIXES postgresql)
find_path(Soci_MARIADB_INCLUDE_DIR mysql.h PATH_SUFFIXES mariadb)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Soci REQUIRED_VARS
  Soci_CORE_LIBRARY Soci_SQLITE3_LIBRARY Soci_POSTGRESQL_LIBRARY Soci_MYSQL_LIBRARY
  Soci_INCLUDE_DIR Soci_PQ_INCLUDE_DIR Soci_MARIADB_INCLUDE_DIR)
if(Soci_FOUND AND NOT TARGET Soci::soci)
  add_library(Soci::soci INTERFACE IMPORTED)
  target_include_directories(Soci::soci SYSTEM INTERFACE
    ${Soci_INCLUDE_DIR} ${Soci_PQ_INCLUDE_DIR} ${Soci_MARIADB_INCLUDE_DIR})
  target_link_libraries(Soci::soci INTERFACE
    ${Soci_SQLITE3_LIBRARY} ${Soci_POSTGRESQL_LIBRARY} ${Soci_MYSQL_LIBRARY} ${Soci_CORE_LIBRARY})
endif()
