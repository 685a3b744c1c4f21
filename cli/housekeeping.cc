// The program itself.
#include <memory>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/option_table.h"
#include "cli/output.h"
#include "cli/report.h"

namespace tercet::cli {

int print(const std::string& text) {
  Output output(std::nullopt);
  output.write(text);
  output.commit();
  return kOk;
}

void add_housekeeping(CLI::App& app, Action& action) {
  auto init = std::make_shared<InitCommand>();
  CLI::App* command =
      app.add_subcommand("init", "Make a folder ready: tercet.toml, aliases, ontology, store");
  command->add_option("folder", init->folder, "Folder (default: here); nothing is overwritten");
  command->callback([init, &action] { action = [init] { return run(*init); }; });
  auto doctor = std::make_shared<DoctorCommand>();
  command = app.add_subcommand("doctor", "Look over program, store and inputs; exit 1 if unsound");
  command->add_option("path", doctor->paths, "Files and folders: anchors, encodings, links");
  command->callback([doctor, &action] { action = [doctor] { return run(*doctor); }; });
  auto shell = std::make_shared<std::string>();
  command = app.add_subcommand("completions", "Print a completion script for a shell");
  command->add_option("shell", *shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->callback([shell, &app, &action] {
    action = [shell, &app] { return print(completion_script(app, *shell)); };
  });
  app.add_subcommand("man", "Print the manual page: tercet man | man -l -")
      ->callback([&app, &action] { action = [&app] { return print(manual_page(app)); }; });
}

}  // namespace tercet::cli
