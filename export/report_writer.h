#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/fact.h"
#include "export/output.h"

namespace tercet {

/// The parts of a report in some page language. Every text is plain text.
class ReportWriter {
 public:
  virtual ~ReportWriter() = default;
  virtual void begin(const std::string& title, const std::string& summary) = 0;
  virtual void heading(const std::string& words) = 0;
  virtual void note(const std::string& words) = 0;
  /// A drawing of ours, as SVG.
  virtual void picture(const std::string& svg) = 0;
  /// Cells from column `numbers` on are numbers.
  virtual void table(const std::vector<std::string>& header,
                     const std::vector<std::vector<std::string>>& rows, std::size_t numbers) = 0;
  virtual void claim(const Fact& fact) = 0;
  virtual void end() = 0;
};

/// Writers that keep a reference to `out`.
std::unique_ptr<ReportWriter> html_report(Output& out);
std::unique_ptr<ReportWriter> markdown_report(Output& out);

}  // namespace tercet
