set(csv ${CMAKE_SOURCE_DIR}/plugins/csv)
find_package(ICU REQUIRED COMPONENTS uc)
find_package(simdjson REQUIRED)
cdh_fuzz(csv
  SOURCES csv_fuzz.cpp ${csv}/byte_stream.cpp ${csv}/decoder.cpp ${csv}/dialect.cpp
          ${csv}/encoding.cpp ${csv}/parser.cpp ${csv}/record_reader.cpp ${csv}/text_reader.cpp
  LINKS cdh::plugin-sdk ICU::uc simdjson::simdjson)
