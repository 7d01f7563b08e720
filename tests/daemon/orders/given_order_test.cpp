// Orders in words and as JSON, and back; what is wrong with wrong ones.
#include "daemon/orders/given_order.hpp"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/desk/desk_time.hpp"
#include "rules/calendar/instant.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::IsEmpty;

/// A right value for each kind of word.
std::string right_value(const OrderWord& word) {
    switch (word.kind) {
        case WordKind::text:
            return "Ann's \"lamp\"";
        case WordKind::letter:
            return "Which room?\n\n--reason is no option here\n";
        case WordKind::day:
            return "thursday";
        case WordKind::instant:
            return "3 Dec 12:00";
        case WordKind::ticket:
            return "#12";
        case WordKind::choice:
            return word.choices.front();
        case WordKind::yes:
            return "yes";
    }
    return {};
}

/// A desk that is always open, on Tuesday 1 December 2026.
const OrderTime& desk_time() {
    static const DeskCalendars calendars = open_around_the_clock("Europe/London");
    static const OrderTime time{calendars.calendars.front(), rules::WordStyle::british,
                                rules::parse_instant("2026-12-01T10:00:00Z").value()};
    return time;
}

/// An order with all the words that it can have.
GivenOrder full_order(const OrderForm& form) {
    GivenOrder given{form.name, form.opens_ticket() ? "" : "#1042", "Tess", {}, {}};
    for (const OrderWord& word : form.words) given.words[word.key] = right_value(word);
    return given;
}

/// As somebody would type it.
std::vector<std::string> typed(const OrderForm& form, const GivenOrder& given) {
    std::vector<std::string> words{given.name, "--as", given.by};
    if (!form.opens_ticket()) words.push_back(given.ticket);
    for (const OrderWord& word : form.words) {
        const std::string& value = given.words.at(word.key);
        if (word.kind == WordKind::yes) {
            words.push_back(word.name);
        } else if (word.name.starts_with("--")) {
            words.push_back(word.name + "=" + value);
        } else {
            words.push_back(value);
        }
    }
    return words;
}

void expect_same(const GivenOrder& left, const GivenOrder& right) {
    EXPECT_EQ(left.name, right.name);
    EXPECT_EQ(left.ticket, right.ticket);
    EXPECT_EQ(left.by, right.by);
    EXPECT_EQ(left.words, right.words);
}

TEST(GivenOrder, IsTheSameInWordsAndAsJsonForEveryForm) {
    for (const OrderForm& form : order_forms()) {
        const GivenOrder given = full_order(form);
        EXPECT_THAT(complaint_about(form, given.words, desk_time()), IsEmpty()) << form.name;
        const auto from_words = read_order(typed(form, given));
        ASSERT_TRUE(from_words.has_value()) << form.name << ": " << from_words.error();
        expect_same(*from_words, given);
        const auto from_json = read_order(json::parse(json::serialize(to_json(given))));
        ASSERT_TRUE(from_json.has_value()) << form.name << ": " << from_json.error();
        expect_same(*from_json, given);
    }
}

TEST(GivenOrder, MakesOneKindOfOrderEach) {
    std::set<std::size_t> kinds;
    for (const OrderForm& form : order_forms()) {
        if (form.opens_ticket()) continue;
        kinds.insert(form.order_of(full_order(form).words, desk_time()).index());
    }
    EXPECT_EQ(kinds.size(), std::variant_size_v<rules::DeskOrder>);
    EXPECT_EQ(order_forms().size(), kinds.size() + 1) << "one opens a ticket";
}

TEST(GivenOrder, MeansWhatItsWordsSay) {
    const OrderForm* form = order_form("reply");
    const auto order = std::get<rules::ReplyOrder>(form->order_of(
        {{"text", "Hi"}, {"status", "open"}, {"until", "3/12/2026"}, {"requester_only", "yes"}},
        desk_time()));
    EXPECT_EQ(order.text, "Hi");
    EXPECT_EQ(order.status, "open");
    EXPECT_TRUE(order.requester_only);
    using namespace std::chrono_literals;
    EXPECT_EQ(order.until, std::chrono::local_days{2026y / 12 / 3});
}

TEST(GivenOrder, WordsOfAnyFormThatAreWrongAreNamed) {
    for (const OrderForm& form : order_forms()) {
        for (const OrderWord& word : form.words) {
            OrderWords words = full_order(form).words;
            words.erase(word.key);
            EXPECT_EQ(complaint_about(form, words, desk_time()).empty(), !word.is_required)
                << form.name;
            words[word.key] = std::string(1024 * 1024 + 1, 'x');
            EXPECT_THAT(complaint_about(form, words, desk_time()),
                        HasSubstr(word.key + " is longer than"));
            words[word.key] = "caf\xe9";
            EXPECT_THAT(complaint_about(form, words, desk_time()),
                        HasSubstr(word.key + " is not UTF-8"));
            if (word.kind == WordKind::text || word.kind == WordKind::letter) continue;
            words[word.key] = "soon";
            EXPECT_THAT(complaint_about(form, words, desk_time()), HasSubstr(word.key))
                << form.name;
        }
        OrderWords words = full_order(form).words;
        words["colour"] = "red";
        EXPECT_EQ(complaint_about(form, words, desk_time()),
                  "\"colour\" is no word of the order \"" + form.name + "\"");
    }
}

TEST(GivenOrder, RefusesWordsThatMakeNoOrder) {
    struct Case {
        std::vector<std::string> words;
        std::string complaint;
    };
    const std::vector<Case> cases{
        {{}, "an order is missing"},
        {{"resolve", "1"}, "there is no order \"resolve\"; there are: status, priority"},
        {{"notes", "1"}, "did you mean \"note\"?"},
        {{"reopen"}, "the ticket is missing"},
        {{"status", "1", "resolved", "a", "lamp"}, "\"a\" is one word too many"},
        {{"status", "1", "resolved", "--reason"}, "--reason has no value"},
        {{"status", "1", "resolved", "--as"}, "--as has no value"},
        {{"status", "1", "resolved", "--due", "x"}, "the order \"status\" has no \"--due\""},
        {{"reply", "1", "--requester-only=no"}, "--requester-only has no value"}};
    for (const Case& one : cases) {
        const auto given = read_order(one.words);
        ASSERT_TRUE(given.has_error()) << one.complaint;
        EXPECT_THAT(given.error(), HasSubstr(one.complaint));
    }
}

TEST(GivenOrder, TakesWordsBehindTwoDashesByTheirPlace) {
    const auto given = read_order(std::vector<std::string>{"note", "7", "--", "--reason"});
    ASSERT_TRUE(given.has_value());
    EXPECT_EQ(given->words.at("text"), "--reason");
}

TEST(GivenOrder, RefusesJsonThatIsNoOrder) {
    std::string many = R"({"order": "note", "ticket": 1)";
    for (int i = 0; i < 40; ++i) many += ", \"w" + std::to_string(i) + "\": \"x\"";
    many += "}";
    const std::string name(300, 'x');
    const std::vector<std::pair<std::string, std::string>> cases{
        {"7", "an order is a JSON object"},
        {"[]", "an order is a JSON object"},
        {"{}", "there is no order \"\""},
        {R"({"order": "fly", "ticket": 1})", "there is no order \"fly\""},
        {R"({"order": "note", "ticket": 1, "text": ["x"]})", "\"text\" is neither a text nor"},
        {R"({"order": "note", "ticket": 1, "text": null})", "\"text\" is neither a text nor"},
        {R"({"order": "note", "ticket": 1.5})", "\"ticket\" is neither a text nor"},
        {R"({"order": "note", "ticket": ")" + name + "\"}", "ticket is too long"},
        {R"({"order": "note", "ticket": 1, "by": ")" + name + "\"}", "by is too long"},
        {many, "an order has too many words"}};
    for (const auto& [text, complaint] : cases) {
        const auto given = read_order(json::parse(text));
        ASSERT_TRUE(given.has_error()) << text;
        EXPECT_THAT(given.error(), HasSubstr(complaint));
    }
}

TEST(GivenOrder, TakesATicketThatIsANumber) {
    EXPECT_EQ(read_order(json::parse(R"({"order": "reopen", "ticket": 7})"))->ticket, "7");
}

TEST(GivenOrder, WantsItsLetterFromElsewhereOnlyWhereItHasNone) {
    GivenOrder reply{"reply", "1", {}, {}};
    EXPECT_TRUE(lacks_letter(reply));
    reply.words["text"] = "-";
    EXPECT_TRUE(lacks_letter(reply));
    set_letter(reply, "Hello");
    EXPECT_FALSE(lacks_letter(reply));
    EXPECT_EQ(reply.words.at("text"), "Hello");
    EXPECT_FALSE(lacks_letter({"status", "1", {}, {}}));
}

TEST(TicketNumber, IsReadAsPeopleWriteIt) {
    for (const std::string text : {"1042", "#1042", "HELP#1042", "[HELP#1042]"}) {
        EXPECT_EQ(read_ticket_number(text), rules::TicketId{1042}) << text;
    }
    for (const std::string text :
         {"", "#", "0", "-1", "12a", "a12", "1 2", "99999999999999999999"}) {
        EXPECT_EQ(read_ticket_number(text), std::nullopt) << text;
    }
}

TEST(GivenOrder, CarriesFilesBesideItsWords) {
    GivenOrder reply{"reply", "1", "Tess", {{"text", "Hi"}}, {{"a.txt", "one"}, {"b.png", ""}}};
    auto read = read_order(json::parse(json::serialize(to_json(reply))));
    ASSERT_TRUE(read.has_value()) << read.error();
    EXPECT_THAT(take_files(*read, "on"), HasSubstr("have 3 bytes, but 2 came"));
    EXPECT_EQ(take_files(*read, bytes_of_files(reply)), "");
    EXPECT_EQ(read->files, reply.files);
    for (const char* wrong :
         {R"({"order": "reply", "ticket": 1, "files": "x"})",
          R"({"order": "reply", "ticket": 1, "files": [{"name": "x"}]})",
          R"({"order": "reply", "ticket": 1, "files": [{"name": "x", "size": -1}]})",
          R"({"order": "reply", "ticket": 1, "files": [{"name": "x", "size": 999999999999}]})"}) {
        EXPECT_TRUE(read_order(json::parse(wrong)).has_error()) << wrong;
    }
}

}  // namespace
}  // namespace bellhop::daemon
