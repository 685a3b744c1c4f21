#include "cli/option_table.h"

#include <algorithm>
#include <vector>

#include "base/version.h"

namespace tercet::cli {
namespace {

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

/// "--json" and "-j" of a command, in the table's order.
std::vector<std::string> spellings(const CLI::App& command) {
  std::vector<std::string> out;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) out.push_back("--" + name);
    for (const std::string& name : option->get_snames()) out.push_back("-" + name);
  }
  return out;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

std::vector<std::string> names_of(const std::vector<const CLI::App*>& commands) {
  std::vector<std::string> out;
  for (const CLI::App* command : commands) out.push_back(command->get_name());
  return out;
}

std::string shell_word(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'')
      out += "'\\''";
    else
      out += c;
  }
  return out + "'";
}

std::string bash_script(const CLI::App& app) {
  std::string out =
      "# bash completion of tercet: source it, or put it in\n"
      "# ~/.local/share/bash-completion/completions/tercet\n"
      "_tercet() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} command= i\n"
      "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
      "    case ${COMP_WORDS[i]} in -*) ;; *) command=${COMP_WORDS[i]}; break ;; esac\n"
      "  done\n"
      "  local options=" +
      shell_word(joined(spellings(app))) +
      "\n"
      "  case $command in\n"
      "    '') COMPREPLY=($(compgen -W " +
      shell_word(joined(names_of(commands_of(app)))) +
      " -- \"$word\")); [[ $word == -* ]] && COMPREPLY=($(compgen -W \"$options\" -- \"$word\")); "
      "return ;;\n";
  for (const CLI::App* command : commands_of(app)) {
    out += "    " + command->get_name() +
           ") options+=" + shell_word(" " + joined(spellings(*command))) + " ;;\n";
  }
  return out +
         "  esac\n"
         "  if [[ $word == -* ]]; then COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
         "  else COMPREPLY=($(compgen -f -- \"$word\")); fi\n"
         "}\n"
         "complete -o filenames -F _tercet tercet\n";
}

std::string zsh_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

std::string zsh_script(const CLI::App& app) {
  std::string out =
      "#compdef tercet\n# zsh completion of tercet: put it as _tercet into a folder of $fpath\n"
      "_tercet() {\n  local -a commands\n  commands=(\n";
  for (const CLI::App* command : commands_of(app)) {
    out += "    " +
           shell_word(zsh_text(command->get_name()) + ":" + zsh_text(command->get_description())) +
           "\n";
  }
  out +=
      "  )\n  if (( CURRENT == 2 )); then _describe command commands; return; fi\n"
      "  case $words[2] in\n";
  for (const CLI::App* command : commands_of(app)) {
    out += "    " + command->get_name() + ") _arguments";
    for (const CLI::Option* option : command->get_options()) {
      for (const std::string& name : option->get_lnames()) {
        const bool flag = option->get_type_size() == 0;
        out += ' ' + shell_word("--" + name + (flag ? "" : "=") + '[' +
                                zsh_text(option->get_description()) + ']' +
                                (flag ? "" : ":value:_files"));
      }
    }
    out += " '*:file:_files' ;;\n";
  }
  return out + "  esac\n}\n_tercet \"$@\"\n";
}

std::string fish_script(const CLI::App& app) {
  std::string out =
      "# fish completion of tercet: put it as tercet.fish into ~/.config/fish/completions\n";
  for (const CLI::App* command : commands_of(app)) {
    out += "complete -c tercet -n __fish_use_subcommand -a " + shell_word(command->get_name()) +
           " -d " + shell_word(command->get_description()) + "\n";
    for (const CLI::Option* option : command->get_options()) {
      for (const std::string& name : option->get_lnames()) {
        out += "complete -c tercet -n " +
               shell_word("__fish_seen_subcommand_from " + command->get_name()) + " -l " + name +
               (option->get_type_size() == 0 ? "" : " -r") + " -d " +
               shell_word(option->get_description()) + "\n";
      }
    }
  }
  return out;
}

/// Text for man(7): no line may begin with a control character, `\` and `-` are written out.
std::string troff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else if ((c == '.' || c == '\'') && (out.empty() || out.back() == '\n'))
      out += std::string("\\&") + c;
    else
      out += c;
  }
  return out;
}

void list_options(std::string& out, const CLI::App& command) {
  for (const CLI::Option* option : command.get_options()) {
    std::string names;
    for (const std::string& name : option->get_snames())
      names += (names.empty() ? "-" : ", -") + name;
    for (const std::string& name : option->get_lnames())
      names += (names.empty() ? "--" : ", --") + name;
    if (names.empty()) names = option->get_name();  // positional
    out += ".TP\n.B " + troff(names) + "\n" + troff(option->get_description()) + "\n";
  }
}

}  // namespace

std::string completion_script(const CLI::App& app, const std::string& shell) {
  return shell == "bash" ? bash_script(app) : shell == "zsh" ? zsh_script(app) : fish_script(app);
}

std::string manual_page(const CLI::App& app) {
  std::string out = ".TH TERCET 1 \"\" \"tercet " + std::string(kVersion) +
                    "\" \"User Commands\"\n.SH NAME\ntercet \\- " + troff(app.get_description()) +
                    "\n.SH SYNOPSIS\n.B tercet\n.I command\n[\\fIoption\\fR...] [\\fIpath\\fR...]\n"
                    ".SH OPTIONS OF ALL COMMANDS\n";
  list_options(out, app);
  out += ".SH COMMANDS\n";
  for (const CLI::App* command : commands_of(app)) {
    out += ".SS " + troff(command->get_name()) + "\n" + troff(command->get_description()) + "\n";
    list_options(out, *command);
  }
  out +=
      ".SH FILES\n.TP\n.B tercet.toml\nDefaults: keys are long options; before any section for all "
      "commands, in [command] for one. Searched from the working folder upward, then\n"
      ".B tercet/config.toml\nunder $XDG_CONFIG_HOME.\n.TP\n.B .tercet/\nThe store, found upward.\n"
      ".SH ENVIRONMENT\n.TP\n.B TERCET_OPTION\nDefault of \\-\\-option; counts more than the "
      "files, less "
      "than the command line.\n.TP\n.B TERCET_DATA\nThe folder that holds seeds and models.\n.TP\n"
      ".B NO_COLOR\nNo colours on a terminal.\n.SH EXIT STATUS\n"
      "0 ok; 1 a check answered no; 2 usage; 3 done, but some inputs were skipped; 4 bad input or "
      "a "
      "damaged store; 5 out of a resource; 70 internal error; 130 interrupted.\n";
  return out;
}

}  // namespace tercet::cli
