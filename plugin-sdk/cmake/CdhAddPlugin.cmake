# Builds a plugin: a module named cdh-<name>.so that hides every symbol but its entry, and beside it
# cdh-<name>.json, its manifest, from which `cdh plugin list` knows it without loading it.
#   cdh_add_plugin(NAME SOURCES files... [LINKS libraries...] [NO_MANIFEST])
# The target is cdh_plugin_<name>. The manifest is written by a program that loads the plugin: say
# NO_MANIFEST where it cannot be loaded on the machine that builds it.
function(cdh_add_plugin name)
  cmake_parse_arguments(ARG "NO_MANIFEST" "" "SOURCES;LINKS" ${ARGN})
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
  # It ties the manifest to the library.
  target_link_options(${target} PRIVATE -Wl,--build-id)
  if(CMAKE_CROSSCOMPILING AND NOT CMAKE_CROSSCOMPILING_EMULATOR)
    message(STATUS "No manifest for cdh-${name}.so: what is cross-compiled cannot be loaded here")
  elseif(NOT ARG_NO_MANIFEST)
    cdh_write_manifest(${target})
  endif()
endfunction()

# Installs a plugin and its manifest.
#   cdh_install_plugin(NAME DESTINATION folder)
function(cdh_install_plugin name)
  cmake_parse_arguments(ARG "" "DESTINATION" "" ${ARGN})
  set(target cdh_plugin_${name})
  install(TARGETS ${target} LIBRARY DESTINATION ${ARG_DESTINATION})
  get_target_property(has_manifest ${target} CDH_HAS_MANIFEST)
  if(has_manifest)
    install(FILES $<PATH:REPLACE_EXTENSION,LAST_ONLY,$<TARGET_FILE:${target}>,.json>
            DESTINATION ${ARG_DESTINATION})
  endif()
endfunction()

# Part of cdh_add_plugin. The program that describes plugins has the project's own flags, so that a
# plugin built with a sanitizer loads into it.
function(cdh_write_manifest target)
  if(NOT TARGET cdh_describe_plugin)
    add_executable(cdh_describe_plugin EXCLUDE_FROM_ALL
      ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/describe_plugin.cpp)
    target_compile_features(cdh_describe_plugin PRIVATE cxx_std_17)
    target_link_libraries(cdh_describe_plugin PRIVATE cdh::plugin-sdk ${CMAKE_DL_LIBS})
  endif()
  add_custom_command(TARGET ${target} POST_BUILD
    COMMAND cdh_describe_plugin $<TARGET_FILE:${target}> VERBATIM)
  # A newer SDK may write another manifest.
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS $<TARGET_FILE:cdh_describe_plugin>)
  set_target_properties(${target} PROPERTIES CDH_HAS_MANIFEST ON)
endfunction()
