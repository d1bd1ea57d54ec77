include(${CMAKE_CURRENT_LIST_DIR}/cdh-plugin-sdk-targets.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/CdhAddPlugin.cmake)
