#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/report.h"
#include "extract/document.h"
#include "extract/read/read.h"

namespace tercet::cli {

/// What the command line says about where documents come from.
struct InputOptions {
  std::vector<std::string> paths;  ///< files, folders, "-" for stdin
  std::string files_from;          ///< a file with one path a line, "-" for stdin; or empty
  std::optional<Format> format;    ///< without: the extension decides
  std::string doc_id;              ///< name of the document on stdin; or empty
};

/// A file to read, or stdin ("-").
struct Input {
  std::string path;
  std::string id;
};

/// Files and folders become a list of files, sorted by id, each once; what cannot be read or is
/// not a regular file goes to `problems`. `id_of` turns a cleaned path into a document id.
std::vector<Input> list_inputs(const InputOptions& options, Problems& problems,
                               const std::function<std::string(const std::string&)>& id_of);

/// Read one input: one document, or for JSONL one per line. Whatever goes wrong goes to
/// `problem`, never up.
void read_input(const Input& input, const InputOptions& options,
                const std::function<void(Document)>& on_document,
                const std::function<void(const std::string&)>& problem);

/// "3 bytes that are not UTF-8 were replaced", ... : what a person should know of a document;
/// empty if nothing.
std::string remarks_on(const Document& document);
/// What to tell of sentences that were cut; empty for none.
std::string remark_on_cut(std::size_t cut);

/// `md`, `txt`, `lines`, `jsonl`, `csv`, `html`, `vtt`, `srt`; Error{Usage} for others.
std::optional<Format> format_named(const std::string& name);

}  // namespace tercet::cli
