#include "rules/people/named_requester.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"

namespace bellhop::rules {
namespace {

const std::vector<std::string> own{"desk@example.org"};

People people() {
    People known;
    known.technicians.push_back({"Tess", "tess@desk.example"});
    known.contacts.push_back({"Ann Lee", "ann@elm.example", "Elm"});
    known.contacts.push_back({"Bo Li", "bo@elm.example", "Elm"});
    known.contacts.push_back({"Bo Li", "bo@oak.example", "Oak"});
    return known;
}

parsers::Message mail(const std::string& body, const std::string& header = {}) {
    return parsers::parse_message("From: noreply@forms.example\r\n" + header + "\r\n" + body);
}

std::string found(const std::string& body,
                  const std::vector<std::string>& forms,
                  const std::string& header = {}) {
    const People known = people();
    const auto person = named_requester(mail(body, header), forms, &known, own);
    return person ? person->address : "";
}

TEST(NamedRequester, StandsBehindWhatTheFormSays) {
    const struct {
        const char* body;
        const char* form;
    } variations[] = {{"Name: x\nEmail: gail@mail.example\nRoom: 4\n", "Email: *"},
                      {"EMAIL:   gail@mail.example\n", "Email: *"},
                      {"Your address\ngail@mail.example\nRoom\n4\n", "Your address *"},
                      {"Reply to: Gail Price <gail@mail.example>\n", "Reply to: *"},
                      {"| Email: gail@mail.example |\n", "Email: * |"},
                      {"A new message of gail@mail.example (form 4) is here\n", "message of * ("}};
    for (const auto& [body, form] : variations)
        EXPECT_EQ(found(body, {form}), "gail@mail.example") << body;
}

TEST(NamedRequester, MayBeNamedAsAContactIs) {
    EXPECT_EQ(found("New voicemail from Ann Lee (01632 960001)\n", {"voicemail from * ("}),
              "ann@elm.example");
    EXPECT_EQ(found("New voicemail from Bo Li (01632 960001)\n", {"voicemail from * ("}), "")
        << "there are two";
    EXPECT_EQ(found("New voicemail from Nobody (01632 960001)\n", {"voicemail from * ("}), "");
}

TEST(NamedRequester, IsThePersonOfTheFirstFormThatNamesOne) {
    EXPECT_EQ(found("Parent: none\nStaff: ann@elm.example\n", {"Parent: *", "Staff: *"}),
              "ann@elm.example");
    EXPECT_EQ(found("Email:\n", {"Email: *", "reply-to"}, "Reply-To: gail@mail.example\r\n"),
              "gail@mail.example");
}

TEST(NamedRequester, IsNeverTheDeskARobotOrOneOfSeveral) {
    for (const char* address : {"desk@example.org", "tess@desk.example", "noreply@elm.example",
                                "nonsense", "a@elm.example, b@elm.example", ""}) {
        EXPECT_EQ(found(std::string{"Email: "} + address + "\n", {"Email: *"}), "") << address;
    }
    EXPECT_EQ(found("Semail: gail@mail.example\n", {"Email: *"}), "") << "within a word";
}

TEST(NamedRequester, IsLookedForInABoundedText) {
    std::string body;
    for (int i = 0; i < 600; ++i) body += "line\n";
    EXPECT_EQ(found(body + "Email: gail@mail.example\n", {"Email: *"}), "");
}

TEST(NamedRequester, ComplainsOfAFormThatNamesNobody) {
    for (const char* form : {"Email:", "*", " * ", "a * b *", ""})
        EXPECT_NE(fault_of_form(form), "") << form;
    for (const char* form : {"Email: *", "from * (", "reply-to", "Reply-To"})
        EXPECT_EQ(fault_of_form(form), "") << form;
}

TEST(RequesterInReplyTo, IsThePersonWhereFromIsAMachine) {
    const auto person = [](const std::string& from, const std::string& more) {
        const People known = people();
        const auto found = requester_in_reply_to(
            parsers::parse_message("From: " + from + "\r\n" + more + "\r\n"), &known, own);
        return found ? found->address : "";
    };
    const std::string gail = "Reply-To: Gail <gail@mail.example>\r\n";
    for (const char* from : {"noreply@forms.example", "no-reply@elm.example", "scanner@elm.example",
                             "Forms <forms+7@elm.example>"}) {
        EXPECT_EQ(person(from, gail), "gail@mail.example") << from;
    }
    EXPECT_EQ(
        person("Gail via Staff <staff@elm.example>", gail + "List-Id: <staff.elm.example>\r\n"),
        "gail@mail.example");
    EXPECT_EQ(person("Gail via Staff <staff@elm.example>", gail), "") << "no list";
    EXPECT_EQ(person("Ann <ann@elm.example>", gail), "") << "Ann may ask for her answers elsewhere";
    EXPECT_EQ(person("noreply@forms.example", ""), "");
    EXPECT_EQ(person("noreply@forms.example", "Reply-To: a@elm.example, b@elm.example\r\n"), "");
    EXPECT_EQ(person("noreply@forms.example", "Reply-To: desk@example.org\r\n"), "");
    EXPECT_EQ(person("scanner@elm.example", "Reply-To: scanner@elm.example\r\n"), "");
}

}  // namespace
}  // namespace bellhop::rules
