#include "rules/desk/mail_orders.hpp"

#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"
#include "rules/calendar/instant.hpp"
#include "rules/calendar/opening_hours.hpp"
#include "tests/rules/calendar_fixtures.hpp"
#include "tests/rules/desk/mail_programs.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

const BusinessCalendar calendar = calendar_of(provider_plan());
const std::chrono::sys_seconds now = parse_instant("2026-12-01T09:00:00Z").value();  // a Tuesday

People people() {
    People known;
    known.teams = {{"Technical"}, {"MIS"}};
    known.technicians = {{"Tom Brown", "tom@desk.example", {"Technical"}},
                         {"Raj Patel", "raj@desk.example", {"Technical"}},
                         {"Tara Stone", "tara@desk.example", {"MIS"}}};
    return known;
}

MailOrders read(std::string_view text, const std::string& writer = "Tom Brown") {
    static const People known = people();
    OrderWords words{&known, {}, writer, calendar, now};
    words.priorities = {{"P1", "Critical"}, {"P2", "Major"}, {"P3", "P3"}};
    return read_mail_orders(text, words);
}

/// What is ordered, in words: as `understood` says it.
std::string said(std::string_view text) {
    const MailOrders orders = read(text);
    std::string all;
    for (const std::string& one : orders.understood) all += (all.empty() ? "" : "; ") + one;
    for (const std::string& one : orders.complaints) all += (all.empty() ? "! " : "; ! ") + one;
    return all;
}

TEST(MailOrders, AreReadOneByOne) {
    struct Case {
        const char* text;
        const char* meaning;
    };
    for (const Case& one : std::vector<Case>{
             {"#close", "#close: resolved"},
             {"#Resolved", "#resolved: resolved"},
             {"#note", "#note: a note that only the desk reads"},
             {"#reply", "#reply: goes to the requester"},
             {"#wait customer", "#wait: waits for the requester"},
             {"#Wait for customer", "#wait: waits for the requester"},
             {"#waiting on the requester: which room?", "#waiting: waits for the requester"},
             {"#wait third party", "#wait: waits for a third party"},
             {"#wait third\xe2\x80\x91party", "#wait: waits for a third party"},
             {"#wait visit thursday", "#wait: waits for the visit on 2026-12-03"},
             {"#wait visit 3 Dec", "#wait: waits for the visit on 2026-12-03"},
             {"#wait for the visit on 2026-12-04", "#wait: waits for the visit on 2026-12-04"},
             {"#assign Raj", "#assign: assigned to Raj Patel"},
             {"#Assign to raj patel.", "#assign: assigned to Raj Patel"},
             {"#assign mis", "#assign: assigned to the team MIS"},
             {"#assign raj@desk.example", "#assign: assigned to Raj Patel"},
             {"#assign @Raj", "#assign: assigned to Raj Patel"},
             {"#assign me", "#assign: assigned to Tom Brown"},
             {"#me", "#me: assigned to Tom Brown"},
             {"#priority p2", "#priority: priority P2"},
             {"#priority major", "#priority: priority P2"},
             {"#P1", "#p1: priority P1"},
             {"#due 3 Dec 12:00", "#due: to be solved by Thu 2026-12-03 12:00 GMT"},
             {"#tag wifi", "#tag: tagged wifi"},
             {"#tag #wifi, #hall", "#tag: tagged wifi, hall"},
             {"#untag wifi", "#untag: no more tagged wifi"},
             {"#merge 12", "#merge: merged into ticket 12"},
             {"#merge into [HELP#12]", "#merge: merged into ticket 12"},
             {"#requester ann@hill.example", "#requester: asked for by ann@hill.example"},
             {"#requester Ann Lee <ann@hill.example>", "#requester: asked for by ann@hill.example"},
             {"#requester ann@hill.example <mailto:ann@hill.example>",
              "#requester: asked for by ann@hill.example"},
             {"#new", "#new: a new ticket"},
             {"#spam", "#spam: nobody asks for help"},
             {"#undo", "#undo: your last order is taken back"},
             {"#help", "#help: what can be ordered"},
             {"#reopen", "#reopen: open again"},
             {"#close #me", "#close: resolved; #me: assigned to Tom Brown"},
             {"no order", ""},
             {"", ""}}) {
        EXPECT_EQ(said(one.text), one.meaning) << one.text;
    }
}

TEST(MailOrders, NameWhatIsNotUnderstood) {
    struct Case {
        const char* text;
        const char* complaint;
    };
    for (const Case& one : std::vector<Case>{
             {"#clsoe", "! #clsoe is no order; did you mean #close?"},
             {"#me please", "! #me stands alone; \"please\" is not understood"},
             {"#wait",
              "! #wait  is not understood: #wait customer, #wait third party or #wait visit "
              "DATE"},
             {"#wait visit soon",
              "! #wait visit: \"soon\" is no day; say \"thursday\", \"3 Dec\" or "
              "\"2026-12-03\""},
             {"#merge it", "! #merge: \"it\" is no number of a ticket, as in #merge 1042"},
             {"#requester Ann", "! #requester: \"Ann\" is no mail address"},
             {"#tag", "! #tag: say which"},
             {"#assign", "! #assign: say to whom"},
             {"#assign T", "! #assign: \"T\" can mean several: Tom Brown, Tara Stone, Technical"},
             {"#note\n#reply",
              "#note: a note that only the desk reads; ! #note and #reply exclude "
              "each other"},
             {"#close\n#wait customer",
              "#close: resolved; #wait: waits for the requester; ! the "
              "status is said more than once"},
             {"#undo\n#close",
              "#undo: your last order is taken back; #close: resolved; ! #undo "
              "stands alone, without other orders"},
             {"Done.\n#close", "! #close stands below your text: orders come first, at the top"}}) {
        EXPECT_EQ(said(one.text), one.complaint) << one.text;
    }
}

TEST(MailOrders, KeepTheLetterAndWhomItIsFor) {
    const MailOrders closing = read("#close\n\nHello Olive,\nI changed the lamp.\n\nThanks\nTom");
    EXPECT_EQ(closing.letter, "Hello Olive,\nI changed the lamp.");
    EXPECT_EQ(closing.letter_for, LetterFor::unsaid);
    const MailOrders note = read("#note rang her\nShe is out.");
    EXPECT_EQ(note.letter, "rang her\n\nShe is out.");
    EXPECT_EQ(note.letter_for, LetterFor::desk);
    EXPECT_EQ(read("#reply\nHello").letter_for, LetterFor::requester);
    EXPECT_EQ(read("Which room?").letter, "Which room?");
    EXPECT_EQ(read("#new Beamer in the hall\nIt is dark.").subject, "Beamer in the hall");
}

TEST(MailOrders, AreBounded) {
    std::string text;
    for (int i = 0; i < 1000; ++i) text += "#tag a\n";
    const MailOrders orders = read(text);
    EXPECT_EQ(orders.orders.size(), 20U);
    EXPECT_EQ(orders.complaints, std::vector<std::string>{"there are more than 20 orders"});
}

struct Typed {
    const char* text;
    const char* meaning;
    const char* letter;
};

/// What people type, with what their keyboards make of it.
const std::vector<Typed>& typed() {
    static const std::vector<Typed> all{
        {"#close", "#close: resolved", ""},
        {"#Close", "#close: resolved", ""},
        {"\n# close", "#close: resolved", ""},
        {"#Close.\n\nHello Olive, it prints again.", "#close: resolved",
         "Hello Olive, it prints again."},
        {"#wait customer\nWhich room, please?", "#wait: waits for the requester",
         "Which room, please?"},
        {"#Wait\xc2\xa0visit thursday\n#Assign\xc2\xa0Raj",
         "#wait: waits for the visit on 2026-12-03; #assign: assigned to Raj Patel", ""},
        {"#note\nShe\xe2\x80\x99s out until \xe2\x80\x9cMonday\xe2\x80\x9d.",
         "#note: a note that only the desk reads",
         "She\xe2\x80\x99s out until \xe2\x80\x9cMonday\xe2\x80\x9d."},
        {"#me\n#P1\n\nI am on my way.", "#me: assigned to Tom Brown; #p1: priority P1",
         "I am on my way."},
        {"Which room, please?", "", "Which room, please?"}};
    return all;
}

/// 12 mail programs, 9 things typed: 108 real forms, all understood.
TEST(MailOrders, AreUnderstoodFromEveryMailProgram) {
    for (const MailProgram& program : mail_programs()) {
        for (const Typed& one : typed()) {
            const parsers::Message message = parsers::parse_message(
                "From: Tom Brown <tom@desk.example>\r\nTo: it@desk.example\r\nSubject: Re: "
                "[HELP#7] "
                "Printer\r\n" +
                program.body(one.text));
            EXPECT_EQ(said(message.reply_text), one.meaning)
                << program.name << ": " << one.text << "\n"
                << message.reply_text;
            EXPECT_EQ(read(message.reply_text).letter, one.letter)
                << program.name << ": " << one.text;
        }
    }
}

/// "#me" in a mail from a team's mailbox, from the manager, and where nobody knows.
TEST(MailOrders, TakeMeForWhoeverWrites) {
    const auto meaning = [](const std::string& writer) {
        const MailOrders orders = read("#me", writer);
        return orders.complaints.empty() ? orders.understood.at(0) : orders.complaints.at(0);
    };
    EXPECT_EQ(meaning("Raj Patel"), "#me: assigned to Raj Patel");
    EXPECT_EQ(meaning("MIS"), "#me: assigned to the team MIS");
    EXPECT_EQ(meaning("boss@desk.example"), "nobody knows who \"me\" is here");
    EXPECT_EQ(meaning(""), "nobody knows who \"me\" is here");
}

}  // namespace
}  // namespace bellhop::rules
