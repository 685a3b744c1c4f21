#pragma once

#include <CLI/App.hpp>
#include <string>

namespace tercet::cli {

/// A completion script for `shell` (bash, zsh or fish), from the table of commands and options.
std::string completion_script(const CLI::App& app, const std::string& shell);

/// The manual page, man(7), from the same table.
std::string manual_page(const CLI::App& app);

}  // namespace tercet::cli
