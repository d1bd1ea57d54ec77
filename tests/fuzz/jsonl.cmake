find_package(simdjson REQUIRED)
set(jsonl ${CMAKE_SOURCE_DIR}/plugins/jsonl)
cdh_fuzz(jsonl
  SOURCES jsonl_fuzz.cpp ${jsonl}/array_splitter.cpp ${jsonl}/bracket_scanner.cpp
          ${jsonl}/indented_splitter.cpp ${jsonl}/input_buffer.cpp ${jsonl}/json_number.cpp
          ${jsonl}/line_splitter.cpp ${jsonl}/record_parser.cpp ${jsonl}/record_shape.cpp
          ${jsonl}/record_splitter.cpp ${jsonl}/value_cutter.cpp
  LINKS cdh::plugin-sdk simdjson::simdjson)
