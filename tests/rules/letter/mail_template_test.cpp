#include "rules/letter/mail_template.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

const std::vector<std::string>& known() {
    static const std::vector<std::string> names{"ticket_number", "subject", "desk_phone",
                                                "also_noted"};
    return names;
}

std::string rendered(const std::string& source,
                     const TemplateValues& values,
                     Escaping escaping = Escaping::none) {
    return MailTemplate::create("a.txt", source, escaping, known())->render(values);
}

/// What an operator would see.
std::string complaints_of(const std::string& source) {
    const auto result = MailTemplate::create("a.txt", source, Escaping::none, known());
    if (result) return "none";
    std::string shown;
    for (const parsers::Diagnostic& each : result.error()) shown += parsers::render(each, source);
    return shown;
}

TEST(MailTemplate, PutsValuesIn) {
    EXPECT_EQ(rendered("Ticket {{ticket_number}}: {{ subject }}.\n",
                       {{"ticket_number", "1042"}, {"subject", "Printer"}}),
              "Ticket 1042: Printer.\n");
    EXPECT_EQ(rendered("[{{subject}}]", {}), "[]");
    EXPECT_EQ(rendered("[{{subject}}]", {{"subject", ""}}), "[]");
    EXPECT_EQ(rendered("a{{! a note }}b", {}), "ab");
}

TEST(MailTemplate, ShowsASectionWhereThereIsAValue) {
    const std::string source = "A\n{{#desk_phone}}\nCall {{desk_phone}}.\n{{/desk_phone}}\nB\n";
    EXPECT_EQ(rendered(source, {{"desk_phone", "01632 960001"}}), "A\nCall 01632 960001.\nB\n");
    EXPECT_EQ(rendered(source, {{"desk_phone", ""}}), "A\nB\n");
    EXPECT_EQ(rendered(source, {}), "A\nB\n");
    EXPECT_EQ(rendered("A\n\n  {{#desk_phone}}\nB\n\n{{/desk_phone}}  \n\nC", {}), "A\n\n\nC");
    EXPECT_EQ(rendered("{{! note }}\n{{#desk_phone}}\nA\n{{/desk_phone}}", {{"desk_phone", "1"}}),
              "A\n");
    EXPECT_EQ(rendered("{{subject}}\nA", {}), "\nA");
    EXPECT_EQ(rendered("{{^desk_phone}}no phone{{/desk_phone}}", {}), "no phone");
    EXPECT_EQ(rendered("{{^desk_phone}}no phone{{/desk_phone}}", {{"desk_phone", "1"}}), "");
    EXPECT_EQ(rendered("{{#desk_phone}}{{#subject}}{{subject}}{{/subject}}{{/desk_phone}}",
                       {{"desk_phone", "1"}, {"subject", "x"}}),
              "x");
}

TEST(MailTemplate, TakesWindowsLineEndsAndAByteOrderMark) {
    EXPECT_EQ(rendered("\xef\xbb\xbf"
                       "A\r\n{{#desk_phone}}\r\nB\r\n{{/desk_phone}}\r\nC\r\n",
                       {{"desk_phone", "1"}}),
              "A\nB\nC\n");
}

/// SEC-16.
TEST(MailTemplate, NeverScansAValue) {
    for (const std::string value :
         {"{{ticket_number}}", "{{#subject}}", "{{{subject}}}", "{{>x}}", "{{=<% %>=}}", "${x}",
          "%(x)s", "$(x)", "{0}", "%s%n", "}}", "{{", "\\{{subject}}"}) {
        EXPECT_EQ(rendered("<{{subject}}>", {{"subject", value}, {"ticket_number", "1"}}),
                  "<" + value + ">");
        EXPECT_EQ(rendered("{{#subject}}<{{subject}}>{{/subject}}", {{"subject", value}}),
                  "<" + value + ">");
    }
}

TEST(MailTemplate, EscapesForHtml) {
    EXPECT_EQ(
        rendered("<p title=\"{{subject}}\">", {{"subject", "<b> & \"c\" 'd'"}}, Escaping::html),
        "<p title=\"&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;\">");
    EXPECT_EQ(rendered("{{also_noted}}", {{"also_noted", "a\nb"}}, Escaping::html), "a<br>\nb");
    EXPECT_EQ(rendered("{{subject}}", {{"subject", "<b> & c"}}), "<b> & c");
}

TEST(MailTemplate, NamesAnUnknownPlaceholder) {
    EXPECT_EQ(complaints_of("Dear you,\nticket {{ticket_nubmer}} is new\n"),
              "a.txt:2:8: error: unknown placeholder \"ticket_nubmer\"\n"
              "    2 | ticket {{ticket_nubmer}} is new\n"
              "      |        ^~~~~~~~~~~~~~~~~\n"
              "      = did you mean {{ticket_number}}?\n");
    EXPECT_EQ(complaints_of("{{weather}}"),
              "a.txt:1:1: error: unknown placeholder \"weather\"\n"
              "    1 | {{weather}}\n"
              "      | ^~~~~~~~~~~\n"
              "      = known here: ticket_number, subject, desk_phone, also_noted\n");
}

TEST(MailTemplate, NamesAnUnclosedTag) {
    EXPECT_EQ(complaints_of("Ticket {{subject is new"),
              "a.txt:1:8: error: a tag is not closed\n"
              "    1 | Ticket {{subject is new\n"
              "      |        ^~\n"
              "      = it ends with }}\n");
}

TEST(MailTemplate, NamesSectionsThatDoNotMatch) {
    EXPECT_EQ(complaints_of("a\n  {{#subject}}\nb"),
              "a.txt:2:3: error: section \"subject\" is not closed\n"
              "    2 |   {{#subject}}\n"
              "      |   ^~~~~~~~~~~~\n"
              "      = write {{/subject}} where it ends\n");
    EXPECT_EQ(complaints_of("{{/subject}}"),
              "a.txt:1:1: error: section \"subject\" ends here but does not begin\n"
              "    1 | {{/subject}}\n"
              "      | ^~~~~~~~~~~~\n"
              "      = it begins with {{#subject}} or {{^subject}}\n");
    EXPECT_EQ(complaints_of("{{#subject}}\n{{#desk_phone}}\n{{/subject}}\n"),
              "a.txt:3:1: error: section \"subject\" ends while \"desk_phone\" is open\n"
              "    3 | {{/subject}}\n"
              "      | ^~~~~~~~~~~~\n"
              "      = close \"desk_phone\", which begins in line 2, before it\n");
}

TEST(MailTemplate, RefusesWhatWouldPassMarkupOrLoadFiles) {
    EXPECT_EQ(complaints_of("{{{subject}}}"),
              "a.txt:1:1: error: values always go out escaped\n"
              "    1 | {{{subject}}}\n"
              "      | ^~~~~~~~~~~~\n"
              "      = write {{name}} with two braces\n");
    EXPECT_EQ(complaints_of("{{& subject}}"),
              "a.txt:1:1: error: values always go out escaped\n"
              "    1 | {{& subject}}\n"
              "      | ^~~~~~~~~~~~~\n"
              "      = write {{name}} with two braces\n");
    const std::string hint =
        "      = known here: {{name}}, {{#name}}...{{/name}}, {{^name}}...{{/name}}\n";
    EXPECT_EQ(complaints_of("{{> footer}}"),
              "a.txt:1:1: error: other templates and delimiters are not supported\n"
              "    1 | {{> footer}}\n"
              "      | ^~~~~~~~~~~~\n" +
                  hint);
    EXPECT_EQ(complaints_of("{{=<% %>=}}"),
              "a.txt:1:1: error: other templates and delimiters are not supported\n"
              "    1 | {{=<% %>=}}\n"
              "      | ^~~~~~~~~~~\n" +
                  hint);
}

TEST(MailTemplate, GivesEveryComplaintAtOnce) {
    const auto result =
        MailTemplate::create("a.txt", "{{#subject}}\n{{x}} {{y}}\n{{", Escaping::none, known());
    ASSERT_TRUE(result.has_error());
    std::vector<std::size_t> lines;
    for (const parsers::Diagnostic& each : result.error()) lines.push_back(each.where.line);
    EXPECT_EQ(lines, (std::vector<std::size_t>{1, 2, 2, 3}));
}

}  // namespace
}  // namespace bellhop::rules
