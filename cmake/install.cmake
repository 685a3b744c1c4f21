# cmake --install: the program with its tables and model, and the library for find_package(tercet).
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

install(TARGETS tercet RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY seeds models DESTINATION ${CMAKE_INSTALL_DATADIR}/tercet
  PATTERN "notes" EXCLUDE)

install(TARGETS tercet_base tercet_extract tercet_graph tercet_export tercet_rapidjson
  EXPORT tercet-targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
foreach(folder base extract graph export)
  install(DIRECTORY ${folder} DESTINATION include/tercet
    FILES_MATCHING PATTERN "*.h" PATTERN "json.h" EXCLUDE)  # json.h is for our own .cc files
endforeach()
install(EXPORT tercet-targets NAMESPACE tercet:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/tercet)
configure_package_config_file(cmake/tercetConfig.cmake.in
  ${PROJECT_BINARY_DIR}/tercetConfig.cmake
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/tercet PATH_VARS CMAKE_INSTALL_DATADIR)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/tercetConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/tercetConfig.cmake ${PROJECT_BINARY_DIR}/tercetConfigVersion.cmake
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/tercet)
