#pragma once

#include <CLI/App.hpp>
#include <string>
#include <vector>

namespace tercet::cli {

/// `words` of the command line with what the environment and tercet.toml say where the command
/// line is silent: flags > TERCET_<OPTION> > ./tercet.toml or the nearest above >
/// tercet/config.toml under $XDG_CONFIG_HOME (~/.config). A key before any section holds for every
/// command that has the option, one in [command] for that command; paths in a file are relative to
/// it. Throws Error{Usage} with file and line for a key no command knows.
std::vector<std::string> with_defaults(const CLI::App& app, std::vector<std::string> words);

}  // namespace tercet::cli
