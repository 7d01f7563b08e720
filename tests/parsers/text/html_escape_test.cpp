#include "parsers/text/html_escape.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

TEST(HtmlEscape, LeavesNothingThatHtmlReads) {
    EXPECT_EQ(html_escaped("<a href=\"x\" title='y'>R&D</a>"),
              "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;R&amp;D&lt;/a&gt;");
    EXPECT_EQ(html_escaped("Zoë, 5 €\n"), "Zoë, 5 €\n");
    EXPECT_EQ(html_escaped(""), "");
}

}  // namespace
}  // namespace bellhop::parsers
