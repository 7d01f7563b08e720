// Words and breaks written down as lines of plain text, with quote marks, list marks and cells.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bellhop::parsers {

/// Collapses blanks and empty lines as a browser would, and writes the marks of quoted blocks (">
/// ") and of list items before each line. Breaks are only asked for; they are written when text
/// follows.
class TextWriter {
public:
    /// Text without any blank in it, valid UTF-8, not empty.
    void word(std::string_view text);
    void blank();
    void hard_blank();  ///< a no-break space: two of them are wider than one

    void break_line();       ///< the next text begins a line
    void break_paragraph();  ///< the next text stands behind an empty line
    void forced_break();     ///< <br>: each one counts, up to one empty line
    void kept_blank();       ///< a blank inside <pre>, kept at the beginning of a line too
    void kept_line_end();    ///< a line end inside <pre>

    /// One cell of a table row: text in it stands on the row's line, behind " | ", as long as the
    /// cells before it were one line each.
    void begin_cell();
    void end_row();

    /// State of the row being written, to be set aside while a table inside a cell is written.
    struct RowState {
        bool at_cell_start = false;
        bool separator_due = false;
        std::size_t cell_line = 0;
    };
    RowState begin_table();
    void end_table(const RowState& outer);

    void set_quote_depth(int depth);
    void set_indent(int levels) { indent_ = levels; }
    void list_mark(std::string mark) { mark_ = std::move(mark); }

    /// Bytes written so far; the place of a mark is before the first line that begins behind it.
    std::size_t size() const { return out_.size(); }
    std::string_view since(std::size_t start) const { return std::string_view{out_}.substr(start); }
    std::string take() { return std::move(out_); }

private:
    /// Not before the first text, and not between a cell's or list item's beginning and its text.
    bool may_break() const { return !row_.at_cell_start && mark_.empty() && !out_.empty(); }
    void open_line();
    void quote_marks(int depth);

    std::string out_ = {};
    int breaks_ = 0;                // line ends due before the next text
    int blanks_ = 0;                // blanks due before the next text
    bool open_ = false;             // the current line has text
    bool hard_blank_only_ = false;  // nothing but no-break spaces since the last break
    int depth_ = 0;
    int line_depth_ = 0;  // quote depth of the line written last
    int indent_ = 0;
    std::string mark_ = {};
    std::size_t line_ = 0;
    RowState row_ = {};
};

}  // namespace bellhop::parsers
