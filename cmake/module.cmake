# A target per folder. tercet_module(graph SOURCES a.cc USES tercet_base LIBS Boost::headers):
# USES are the folders and libraries our headers name, LIBS what only our .cc files name.
option(TERCET_WERROR "Treat warnings as errors (CI)" OFF)
option(TERCET_SANITIZE "Address and undefined behaviour sanitizers" OFF)
option(TERCET_HARDEN "Hardening flags of the release build" ON)

add_library(tercet_warnings INTERFACE)
target_compile_options(tercet_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  -Wnon-virtual-dtor -Wold-style-cast -Wimplicit-fallthrough
  -Wno-restrict  # GCC 12 sees overlaps in every std::string + (GCC bug 105651)
  $<$<BOOL:${TERCET_WERROR}>:-Werror>)

# Floating point must not depend on the compiler's mood: no contraction, no reassociation.
add_compile_options(-ffp-contract=off)
if(TERCET_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
elseif(TERCET_HARDEN)
  add_compile_options(-fstack-protector-strong -fstack-clash-protection
    -Wformat=2 -Werror=format-security $<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE>
    $<$<NOT:$<CONFIG:Debug>>:-D_FORTIFY_SOURCE=2>)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    add_compile_options(-fcf-protection)
  endif()
  add_link_options(-Wl,-z,relro,-z,now,-z,noexecstack)
endif()

function(tercet_module name)
  cmake_parse_arguments(M "" "" "SOURCES;USES;LIBS" ${ARGN})
  add_library(tercet_${name} STATIC ${M_SOURCES})
  add_library(tercet::${name} ALIAS tercet_${name})
  set_target_properties(tercet_${name} PROPERTIES EXPORT_NAME ${name})
  target_include_directories(tercet_${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}> $<INSTALL_INTERFACE:include> $<INSTALL_INTERFACE:include/tercet>)
  target_compile_features(tercet_${name} PUBLIC cxx_std_20)  # travels to consumers
  target_link_libraries(tercet_${name} PUBLIC ${M_USES}
    PRIVATE ${M_LIBS} $<BUILD_INTERFACE:tercet_warnings>)
endfunction()
