# Builds a plugin: a module named cdh-<name>.so that hides every symbol but its entry.
#   cdh_add_plugin(NAME SOURCES files... [LINKS libraries...])
# The target is cdh_plugin_<name>.
function(cdh_add_plugin name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  set(target cdh_plugin_${name})
  add_library(${target} MODULE ${ARG_SOURCES})
  set_target_properties(${target} PROPERTIES
    PREFIX "" OUTPUT_NAME cdh-${name}
    CXX_VISIBILITY_PRESET hidden C_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  target_compile_features(${target} PRIVATE cxx_std_17)
  target_link_libraries(${target} PRIVATE cdh::plugin-sdk ${ARG_LINKS})
  # RTLD_NOW at load would find an unresolved symbol; the linker finds it sooner.
  if(NOT CMAKE_CXX_FLAGS MATCHES "-fsanitize" AND NOT CDH_SANITIZE)
    target_link_options(${target} PRIVATE -Wl,--no-undefined)
  endif()
  # Hidden visibility leaves templates of the standard library visible; a version script does not.
  set(exports ${CMAKE_CURRENT_BINARY_DIR}/${target}.exports)
  file(CONFIGURE OUTPUT ${exports} CONTENT "{ global: cdh_plugin_entry; local: *; };\n")
  target_link_options(${target} PRIVATE -Wl,--version-script=${exports})
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${exports})
endfunction()
