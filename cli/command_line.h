#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "cli/commands.h"

namespace tercet::cli {

/// The command that the command line chose, to be run after parsing is done.
using Action = std::function<int()>;

/// What several commands share: where text comes from, how it is read, where a graph comes from.
void add_input(CLI::App& command, InputOptions& input, std::string& format, bool folders);
void add_extractor(CLI::App& command, ExtractorOptions& options);
void add_source(CLI::App& command, SourceOptions& source);

/// Each adds its commands with their options, which set `action` when they are chosen.
void add_extract(CLI::App& app, Action& action);
void add_parse(CLI::App& app, Action& action);
void add_store_commands(CLI::App& app, Action& action);
void add_import(CLI::App& app, Action& action);
void add_analyze(CLI::App& app, Action& action);
void add_export(CLI::App& app, Action& action);
void add_view(CLI::App& app, Action& action);
void add_query(CLI::App& app, Action& action);
void add_path(CLI::App& app, Action& action);
void add_diff(CLI::App& app, Action& action);
void add_explain(CLI::App& app, Action& action);
void add_report(CLI::App& app, Action& action);
void add_suggest(CLI::App& app, Action& action);
void add_review(CLI::App& app, Action& action);
void add_validate(CLI::App& app, Action& action);
void add_eval(CLI::App& app, Action& action);
void add_housekeeping(CLI::App& app, Action& action);

/// Write `text` to stdout; kOk.
int print(const std::string& text);

}  // namespace tercet::cli
