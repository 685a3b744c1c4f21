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

# The manual page and completions, from the program's own table of options.
set(manual ${PROJECT_BINARY_DIR}/share/tercet.1)
add_custom_command(OUTPUT ${manual}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/share
  COMMAND tercet man > ${manual}
  COMMAND tercet completions bash > ${PROJECT_BINARY_DIR}/share/tercet
  COMMAND tercet completions zsh > ${PROJECT_BINARY_DIR}/share/_tercet
  COMMAND tercet completions fish > ${PROJECT_BINARY_DIR}/share/tercet.fish
  DEPENDS tercet VERBATIM)
add_custom_target(tercet_manual ALL DEPENDS ${manual})
install(FILES ${manual} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${PROJECT_BINARY_DIR}/share/tercet
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${PROJECT_BINARY_DIR}/share/_tercet
  DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${PROJECT_BINARY_DIR}/share/tercet.fish
  DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

# A package: cpack --config build/CPackConfig.cmake -G DEB
set(CPACK_PACKAGE_CONTACT "tercet developers <tercet@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SECTION text)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-liberation")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "poppler-utils, pandoc")
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR DEB)
include(CPack)
