#include "parsers/text/text_writer.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

TEST(TextWriter, CollapsesBlanksAndBreaks) {
    TextWriter out;
    out.break_paragraph();  // nothing to part from
    out.blank();
    out.word("one");
    out.blank();
    out.blank();
    out.word("two");
    out.break_line();
    out.break_line();
    out.word("three");
    out.break_paragraph();
    out.break_paragraph();
    out.blank();
    out.word("four");
    out.break_paragraph();  // nothing follows
    EXPECT_EQ(out.take(), "one two\nthree\n\nfour");
}

TEST(TextWriter, CountsForcedBreaksUpToOneEmptyLine) {
    TextWriter out;
    out.word("a");
    out.forced_break();
    out.word("b");
    for (int i = 0; i < 5; ++i) out.forced_break();
    out.word("c");
    EXPECT_EQ(out.take(), "a\nb\n\nc");
}

TEST(TextWriter, KeepsNoBreakSpacesWide) {
    TextWriter out;
    out.word("a");
    out.hard_blank();
    out.hard_blank();
    out.word("b");
    for (int i = 0; i < 100; ++i) out.hard_blank();
    out.word("c");
    EXPECT_EQ(out.take(), "a  b        c");
}

TEST(TextWriter, KeepsBlanksAndLineEndsOfPreformattedText) {
    TextWriter out;
    out.word("a");
    out.kept_line_end();
    out.kept_blank();
    out.kept_blank();
    out.word("b");
    EXPECT_EQ(out.take(), "a\n  b");
}

TEST(TextWriter, MarksQuotedLinesAndTheEmptyOnesBetweenThem) {
    TextWriter out;
    out.word("mine");
    out.break_paragraph();
    out.set_quote_depth(1);
    out.word("theirs");
    out.break_paragraph();
    out.word("more");
    out.break_paragraph();
    out.set_quote_depth(0);
    out.word("mine");
    EXPECT_EQ(out.take(), "mine\n\n> theirs\n>\n> more\n\nmine");
}

TEST(TextWriter, BoundsTheMarksOfDeepNesting) {
    TextWriter out;
    out.set_quote_depth(1000);
    out.set_indent(1000);
    out.word("x");
    EXPECT_LT(out.take().size(), 100U);
}

TEST(TextWriter, MarksListItems) {
    TextWriter out;
    out.word("list");
    out.break_line();
    out.list_mark("- ");
    out.break_paragraph();  // a paragraph in an item begins beside its mark
    out.word("one");
    out.break_line();
    out.list_mark("- ");
    out.word("two");
    EXPECT_EQ(out.take(), "list\n- one\n- two");
}

TEST(TextWriter, SetsTheCellsOfARowBesideEachOther) {
    TextWriter out;
    const TextWriter::RowState outer = out.begin_table();
    for (const char* row : {"1", "2"}) {
        out.begin_cell();
        out.word(row);
        out.break_paragraph();  // whatever the cell was wrapped in
        out.begin_cell();
        out.word("b");
        out.end_row();
    }
    out.end_table(outer);
    out.word("after");
    EXPECT_EQ(out.take(), "1 | b\n2 | b\n\nafter");
}

TEST(TextWriter, TellsWhatWasWrittenSince) {
    TextWriter out;
    out.word("one");
    const std::size_t before = out.size();
    out.break_line();
    out.word("two");
    EXPECT_EQ(out.since(before), "\ntwo");
}

}  // namespace
}  // namespace bellhop::parsers
