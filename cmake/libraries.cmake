# Outside libraries, each as an imported target. Debian 12 and Ubuntu 24.04 package all of them;
# docs/decisions says why each is there.
find_package(Threads REQUIRED)
find_package(Boost 1.74 REQUIRED)          # Boost.Graph is header-only for what we use
find_package(PkgConfig REQUIRED)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(sqlite3 REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(serd REQUIRED IMPORTED_TARGET serd-0)
pkg_check_modules(expat REQUIRED IMPORTED_TARGET expat)
pkg_check_modules(md4c REQUIRED IMPORTED_TARGET md4c)
pkg_check_modules(gumbo REQUIRED IMPORTED_TARGET gumbo)
pkg_check_modules(cgraph REQUIRED IMPORTED_TARGET libcgraph)
pkg_check_modules(gvc REQUIRED IMPORTED_TARGET libgvc)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)

find_path(XXHASH_INCLUDE_DIR xxhash.h REQUIRED)  # compiled in: nothing to link

# RapidJSON is header-only; its config file differs between distributions, its folder does not.
find_path(RAPIDJSON_INCLUDE_DIR rapidjson/rapidjson.h REQUIRED)
add_library(tercet_rapidjson INTERFACE)
target_include_directories(tercet_rapidjson SYSTEM INTERFACE
  $<BUILD_INTERFACE:${RAPIDJSON_INCLUDE_DIR}>)
