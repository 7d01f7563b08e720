#include "parsers/text/text_writer.hpp"

#include <algorithm>

namespace bellhop::parsers {
namespace {

// A mark may not cost more bytes than the shortest tag that asks for a line, or 1 MB of nested
// lists and quotes would become 100 MB of blanks.
constexpr int max_quote_marks = 8;
constexpr int max_indent = 6;
constexpr int max_blanks = 8;  // in a run of no-break spaces

}  // namespace

void TextWriter::word(std::string_view text) {
    if (!open_ || breaks_ > 0) {
        open_line();
    } else if (row_.separator_due) {
        out_ += " | ";
    } else {
        out_.append(static_cast<std::size_t>(blanks_), ' ');
    }
    blanks_ = 0;
    row_.separator_due = false;
    row_.at_cell_start = false;
    hard_blank_only_ = false;
    out_ += text;
}

void TextWriter::blank() {
    if (blanks_ == 0 && open_ && breaks_ == 0) blanks_ = 1;
}

void TextWriter::hard_blank() {
    if (open_ && breaks_ == 0) {
        blanks_ = std::min(blanks_ + 1, max_blanks);
    } else {
        hard_blank_only_ = true;
    }
}

void TextWriter::kept_blank() {
    ++blanks_;
}

void TextWriter::break_line() {
    if (!may_break()) return;
    breaks_ = std::max(breaks_, hard_blank_only_ ? 2 : 1);
    blanks_ = 0;
    hard_blank_only_ = false;
}

void TextWriter::break_paragraph() {
    if (!may_break()) return;
    breaks_ = 2;
    blanks_ = 0;
    hard_blank_only_ = false;
}

void TextWriter::forced_break() {
    if (!may_break()) return;
    breaks_ = std::min(breaks_ + 1, 2);
    blanks_ = 0;
    hard_blank_only_ = false;
}

void TextWriter::kept_line_end() {
    blanks_ = 0;
    if (!out_.empty()) breaks_ = std::min(breaks_ + 1, 2);
}

void TextWriter::begin_cell() {
    const bool same_line = open_ && line_ == row_.cell_line;
    if (same_line) {
        // The cell before was one line, whatever blocks it was wrapped in.
        breaks_ = 0;
        row_.separator_due = true;
    } else {
        break_line();
    }
    row_.cell_line = same_line ? line_ : line_ + 1;
    row_.at_cell_start = true;
    blanks_ = 0;
}

void TextWriter::end_row() {
    row_.at_cell_start = false;
    row_.separator_due = false;
    break_line();
    row_.cell_line = line_ + 1;
}

TextWriter::RowState TextWriter::begin_table() {
    break_paragraph();
    const RowState outer = row_;
    row_ = {.at_cell_start = false, .separator_due = false, .cell_line = line_ + 1};
    return outer;
}

void TextWriter::end_table(const RowState& outer) {
    row_ = outer;
    row_.at_cell_start = false;
    row_.separator_due = false;
    break_paragraph();
}

void TextWriter::set_quote_depth(int depth) {
    depth_ = std::min(depth, max_quote_marks);
}

void TextWriter::open_line() {
    if (breaks_ > 0 && !out_.empty()) {
        if (breaks_ > 1) {
            out_ += '\n';
            quote_marks(std::min(depth_, line_depth_));
            while (out_.ends_with(' ')) out_.pop_back();
        }
        out_ += '\n';
    }
    breaks_ = 0;
    ++line_;
    quote_marks(depth_);
    const int indent = std::min(indent_, max_indent);
    if (indent > 0) out_.append(2 * static_cast<std::size_t>(indent), ' ');
    out_.append(static_cast<std::size_t>(blanks_), ' ');
    out_ += mark_;
    mark_.clear();
    open_ = true;
    line_depth_ = depth_;
}

void TextWriter::quote_marks(int depth) {
    for (int i = 0; i < depth; ++i) out_ += "> ";
}

}  // namespace bellhop::parsers
