find_package(EXPAT REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip)
set(spreadsheet_sources
  binary_view biff_record cell cell_address compound_file date_value merged_areas number_format
  number_value ods_content ods_sheet ods_workbook table_reader workbook xls_sheet xls_workbook
  xlsx_parts xlsx_sheet xlsx_text xlsx_workbook xml_reader zip_archive)
list(TRANSFORM spreadsheet_sources PREPEND ${CMAKE_SOURCE_DIR}/plugins/spreadsheet/)
list(TRANSFORM spreadsheet_sources APPEND .cpp)
cdh_fuzz(spreadsheet SOURCES ${CMAKE_CURRENT_LIST_DIR}/spreadsheet_fuzz.cpp ${spreadsheet_sources}
  LINKS cdh::plugin-sdk EXPAT::EXPAT PkgConfig::LIBZIP ITERATIONS 4000)
