#include "daemon/control/status.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "daemon/work/trouble_round.hpp"
#include "rules/calendar/instant.hpp"
#include "tests/daemon/fakes.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;
using std::chrono::seconds;

class StatusTest : public testing::Test {
protected:
    TemporaryFolder folder_;
    Desk desk_ = test_desk(folder_.path);
    storage::Store store_{desk_.settings.database};
    std::chrono::sys_seconds now_ = *rules::parse_instant("2026-11-02T12:00:00Z");
};

TEST_F(StatusTest, OfADeskThatHasNeverRun) {
    EXPECT_EQ(in_words(status_of(store_, desk_, now_), now_),
              "no daemon runs\n"
              "mailbox     support <support@desk.example>: last poll never, last mail never\n"
              "outbox      0 wait to be sent; 0 failed\n"
              "quarantine  0 mails\n");
}

TEST_F(StatusTest, SaysWhatTheDatabaseKnows) {
    store_.ledger.set_cursor({"support", 1, 8, now_ - seconds{20}, {}, 0});
    storage::LedgerEntry entry;
    entry.key = {"support", 1, 7};
    entry.outcome = storage::Outcome::ignored;
    entry.at = now_ - std::chrono::minutes{50};
    store_.ledger.record(entry);
    storage::QuarantinedMail mail;
    mail.key = {"support", 1, 6};
    mail.reason = "it could not be read";
    mail.raw_sha256 = store_.blobs.put("bytes");
    mail.at = now_;
    store_.quarantine.put(mail);
    rules::WithheldMail withheld;
    withheld.since = now_ - std::chrono::hours{3};
    withheld.words = "NO [SERVERBUG] later";
    store_.withheld.set({"support", 1, 5}, withheld);
    const json::object status = status_of(store_, desk_, now_);
    EXPECT_EQ(status.at("mailboxes").at(0), (json::object{{"name", "support"},
                                                          {"address", "support@desk.example"},
                                                          {"last_poll", "2026-11-02T11:59:40Z"},
                                                          {"last_mail", "2026-11-02T11:10:00Z"},
                                                          {"to_be_moved", 1}}));
    EXPECT_EQ(
        in_words(status, now_),
        "no daemon runs\n"
        "mailbox     support <support@desk.example>: last poll 20 s ago, last mail 50 min ago\n"
        "            taken and not moved yet: 1\n"
        "waits       mail 5 of support since 3 h ago: NO [SERVERBUG] later\n"
        "outbox      0 wait to be sent; 0 failed\n"
        "quarantine  1 mails\n"
        "            1, support, 0 s ago: it could not be read\n");
}

TEST_F(StatusTest, NamesWhatNeedsAPerson) {
    storage::OutboxMail mail;
    mail.recipient = "ann@school.example";
    mail.kind = rules::MailKind::reply;
    mail.automatic = false;
    const auto id = store_.outbox.enqueue(mail).value();
    store_.outbox.claim({id});
    store_.outbox.given_up(id, "451 later");
    rules::WithheldMail withheld;
    withheld.since = now_ - std::chrono::hours{50};
    withheld.given_up = true;
    withheld.words = "NO";
    store_.withheld.set({"support", 1, 5}, withheld);
    store_.facts.set("outbox_held", "2026-11-02T10:00:00Z 535 wrong password");
    {
        storage::Transaction transaction{store_.database};
        store_.generations.begin({now_, now_ - std::chrono::hours{9}}, 10, {"support"});
        transaction.commit();
    }
    note_work(store_, {"backup", now_ - std::chrono::hours{8}, "/backups/one"});
    note_work(store_, {"retention", now_ - std::chrono::hours{30}, "2 tickets removed"});
    store_.tickets.add_message({.ticket = store_.tickets.open({}), .text = "printer"});
    const std::string key = "key";
    desk_.settings.desk.manager = "boss@desk.example";
    EXPECT_TRUE(
        tell_troubles({store_, desk_, key, now_ - std::chrono::minutes{5}},
                      {{"relay", now_ - std::chrono::hours{2}, {}, 0, "no mail goes", {}}}));
    EXPECT_EQ(
        in_words(status_of(store_, desk_, now_), now_),
        "no daemon runs\n"
        "TROUBLE     since 2 h ago: no mail goes (told 5 min ago)\n"
        "mailbox     support <support@desk.example>: last poll never, last mail never\n"
        "  HELD      to be read again after the restore; nothing is sent before\n"
        "given up    mail 5 of support since 2 days ago: NO\n"
        "outbox      1 wait to be sent, the oldest since 5 min ago; 1 failed, 1 of them given "
        "up\n"
        "  HELD      the relay takes nothing since 2026-11-02T10:00:00Z 535 wrong password\n"
        "  failed    1, reply to ann@school.example: given up: 451 later\n"
        "quarantine  0 mails\n"
        "last        backup, 8 h ago: /backups/one\n"
        "last        retention, 30 h ago: 2 tickets removed\n"
        "index       1 mails wait for it\n");
}

TEST_F(StatusTest, NamesTheWorkThatFails) {
    json::object status = status_of(store_, desk_, now_);
    status["daemon"] =
        json::object{{"process", 123},
                     {"since", "2026-11-02T09:00:00Z"},
                     {"duties",
                      {json::object{{"name", "outbox"}, {"failures", 0}, {"error", ""}},
                       json::object{{"name", "mailbox support"},
                                    {"failures", 7},
                                    {"error", "wrong\npassword"},
                                    {"since", "2026-11-02T11:30:00Z"}}}}};
    const std::string text = in_words(status, now_);
    EXPECT_EQ(text.substr(0, text.find("mailbox     ")),
              "daemon      process 123, started 3 h ago\n"
              "  FAILS     mailbox support, 7 times in a row, first 30 min ago: wrong password\n");
}

TEST_F(StatusTest, SaysHowLoginsDoAndWhatToDo) {
    json::object status = status_of(store_, desk_, now_);
    status["logins"] =
        json::array{json::object{{"oauth", "school"},
                                 {"user", ""},
                                 {"token_until", "2026-11-02T12:47:00Z"},
                                 {"credentials_until", {"2027-03-01T00:00:00Z"}}},
                    json::object{{"oauth", "google"},
                                 {"user", "it@school.example"},
                                 {"credentials_until", json::array{}},
                                 {"failing_since", "2026-11-02T11:30:00Z"},
                                 {"error", "no access token: x:\nunauthorized_client"},
                                 {"advice", "Delegate it."}}};
    const std::string text = in_words(status, now_);
    const std::size_t begin = text.find("login ");
    EXPECT_EQ(
        text.substr(begin, text.find("outbox ") - begin),
        "login       [oauth.school]: access token until 2026-11-02T12:47:00Z, credential until "
        "2027-03-01T00:00:00Z\n"
        "login       [oauth.google] for it@school.example: no access token\n"
        "  FAILS     since 30 min ago: no access token: x: unauthorized_client\n"
        "            = Delegate it.\n");
}

TEST_F(StatusTest, ExplainsWhatARelaySays) {
    store_.facts.set("outbox_held", "2026-11-02T10:00:00Z 554 5.2.252 SendAsDenied; a not b");
    const std::string text = in_words(status_of(store_, desk_, now_), now_);
    EXPECT_NE(
        text.find("  HELD      the relay takes nothing since 2026-11-02T10:00:00Z 554 5.2.252 "
                  "SendAsDenied; a not b\n"
                  "            = The account may not send with the address in From. "),
        std::string::npos)
        << text;
}

TEST_F(StatusTest, TellsHowLongAgoInTheFittingUnit) {
    const std::pair<seconds, const char*> table[] = {{seconds{-5}, "0 s ago"},
                                                     {seconds{119}, "119 s ago"},
                                                     {seconds{120}, "2 min ago"},
                                                     {std::chrono::hours{2}, "2 h ago"},
                                                     {std::chrono::hours{47}, "47 h ago"},
                                                     {std::chrono::hours{49}, "2 days ago"}};
    for (const auto& [age, words] : table) {
        store_.ledger.set_cursor({"support", 1, 8, now_ - age, {}, 0});
        EXPECT_NE(
            in_words(status_of(store_, desk_, now_), now_).find(std::string{"last poll "} + words),
            std::string::npos)
            << words;
    }
}

}  // namespace
}  // namespace bellhop::daemon
