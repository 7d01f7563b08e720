#include "daemon/imap/imap_fetch_queue.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace bellhop::daemon {
namespace {

using Outcome = FetchedMail::Outcome;
constexpr std::uint64_t largest = 1'000'000;

MailSummary mail(std::uint32_t uid, std::uint64_t size = 10) {
    MailSummary made;
    made.uid = MailUid{uid};
    made.size = size;
    return made;
}

std::vector<MailSummary> mails(std::uint32_t count, std::uint64_t size = 10) {
    std::vector<MailSummary> all;
    for (std::uint32_t uid = 1; uid <= count; ++uid) all.push_back(mail(uid, size));
    return all;
}

parsers::ImapFetched body(std::uint32_t uid, std::string bytes) {
    parsers::ImapFetched fetched;
    fetched.uid = uid;
    fetched.body = std::move(bytes);
    return fetched;
}

parsers::ImapResponse reply(const std::string& tag,
                            parsers::ImapStatus status = parsers::ImapStatus::ok,
                            const std::string& code = "") {
    parsers::ImapResponse made;
    made.kind = parsers::ImapResponse::Kind::tagged;
    made.tag = tag;
    made.status = status;
    made.code = code;
    made.text = "words";
    return made;
}

/// Sends what the queue wants to ask for, under the tags 1, 2, ...; returns the sets.
std::vector<std::string> ask(FetchQueue& queue, int first_tag = 1) {
    std::vector<std::string> sets;
    while (auto set = queue.next_group()) {
        queue.sent(std::to_string(first_tag++));
        sets.push_back(*set);
    }
    return sets;
}

std::vector<Outcome> taken(FetchQueue& queue) {
    std::vector<Outcome> all;
    while (const auto next = queue.take()) all.push_back(next->outcome);
    return all;
}

using Sets = std::vector<std::string>;

TEST(FetchQueue, AsksInGroupsWithinTheWindow) {
    FetchQueue by_mails{{.group_mails = 2, .groups = 2}};
    by_mails.start(mails(5));
    EXPECT_EQ(ask(by_mails), (Sets{"1:2", "3:4"}));
    EXPECT_TRUE(by_mails.complete(reply("1")));
    EXPECT_EQ(ask(by_mails, 3), (Sets{"5"}));

    FetchQueue by_bytes{{.group_bytes = 25, .bytes = 45}};
    by_bytes.start(mails(9));
    EXPECT_EQ(ask(by_bytes), (Sets{"1:2", "3:4"}));
}

TEST(FetchQueue, LetsALargeMailTravelWhateverTheWindow) {
    FetchQueue queue{{.group_bytes = 25, .bytes = 45}};
    queue.start({mail(1, 500), mail(2), mail(3)});
    EXPECT_EQ(ask(queue), (Sets{"1"}));
    EXPECT_TRUE(queue.arrive(body(1, std::string(500, 'x')), largest));
    EXPECT_TRUE(queue.complete(reply("1")));
    EXPECT_EQ(taken(queue), (std::vector{Outcome::whole}));
    EXPECT_EQ(ask(queue, 2), (Sets{"2:3"}));
}

TEST(FetchQueue, ReturnsMailsInTheOrderAskedFor) {
    FetchQueue queue;
    queue.start(mails(3));
    ask(queue);
    EXPECT_TRUE(queue.arrive(body(2, "second mail"), largest));
    EXPECT_EQ(queue.take(), std::nullopt);
    EXPECT_TRUE(queue.arrive(body(1, "first mail."), largest));
    EXPECT_EQ(queue.take()->bytes, "first mail.");
    EXPECT_EQ(queue.take()->bytes, "second mail");
    EXPECT_EQ(queue.take(), std::nullopt);
    EXPECT_TRUE(queue.complete(reply("1")));
    EXPECT_EQ(queue.take()->outcome, Outcome::not_sent);
    EXPECT_TRUE(queue.is_empty());
}

TEST(FetchQueue, IgnoresWhatWasNotAskedFor) {
    FetchQueue queue;
    queue.start(mails(1));
    ask(queue);
    EXPECT_TRUE(queue.arrive(body(7, "unasked"), largest));
    parsers::ImapFetched flags_only;
    flags_only.uid = 1;
    EXPECT_TRUE(queue.arrive(flags_only, largest));
    EXPECT_EQ(queue.take(), std::nullopt);
    EXPECT_FALSE(queue.complete(reply("99")));
}

TEST(FetchQueue, TellsWhatCameShortCutOrEmpty) {
    FetchQueue queue;
    queue.start({mail(1, 100), mail(2, 100), mail(3, 100), mail(4, 100), mail(5, 0)});
    ask(queue);
    EXPECT_TRUE(queue.arrive(body(1, std::string(88, 'x')), largest));  // servers count wrongly
    EXPECT_TRUE(queue.arrive(body(2, std::string(80, 'x')), largest));
    parsers::ImapFetched cut = body(3, "beginning");
    cut.body_is_cut = true;
    EXPECT_TRUE(queue.arrive(cut, largest));
    EXPECT_TRUE(queue.arrive(body(4, ""), largest));
    EXPECT_TRUE(queue.arrive(body(5, ""), largest));
    EXPECT_EQ(taken(queue), (std::vector{Outcome::whole, Outcome::doubtful, Outcome::oversize,
                                         Outcome::not_sent, Outcome::whole}));
}

TEST(FetchQueue, AsksOneByOneWhereAGroupIsRefused) {
    FetchQueue queue;
    queue.start(mails(3));
    EXPECT_EQ(ask(queue), (Sets{"1:3"}));
    EXPECT_TRUE(queue.complete(reply("1", parsers::ImapStatus::no)));
    EXPECT_EQ(ask(queue, 2), (Sets{"1"}));  // nothing beside it
    EXPECT_TRUE(queue.complete(reply("2", parsers::ImapStatus::no)));
    EXPECT_EQ(ask(queue, 3), (Sets{"2"}));
    EXPECT_TRUE(queue.arrive(body(2, "second mail"), largest));
    EXPECT_TRUE(queue.complete(reply("3")));
    EXPECT_EQ(ask(queue, 4), (Sets{"3"}));
    EXPECT_TRUE(queue.complete(reply("4")));
    const auto first = queue.take();
    ASSERT_TRUE(first.has_value());
    EXPECT_EQ(first->outcome, Outcome::refused);
    EXPECT_TRUE(first->alone);
    EXPECT_EQ(taken(queue), (std::vector{Outcome::whole, Outcome::not_sent}));
}

TEST(FetchQueue, DoesNotBlameMailsForAServerThatIsTired) {
    FetchQueue queue;
    queue.start(mails(2));
    ask(queue);
    EXPECT_TRUE(queue.complete(reply("1", parsers::ImapStatus::no, "UNAVAILABLE")));
    EXPECT_EQ(queue.take(), std::nullopt);
    const Interrupted left = queue.interrupted();
    EXPECT_EQ(left.in_hand, mail(1));
}

TEST(FetchQueue, AsksForSomeWithNothingElseUnderWay) {
    FetchQueue queue;
    queue.start(mails(2), {mail(8), mail(9)});
    EXPECT_EQ(ask(queue), (Sets{"1:2"}));
    for (const std::uint32_t uid : {1, 2})
        EXPECT_TRUE(queue.arrive(body(uid, "ten bytes."), largest));
    EXPECT_TRUE(queue.complete(reply("1")));
    EXPECT_EQ(ask(queue, 2), (Sets{"8"}));
    EXPECT_TRUE(queue.complete(reply("2")));
    EXPECT_EQ(ask(queue, 3), (Sets{"9"}));
}

TEST(FetchQueue, KeepsWhatCameBeforeTheConnectionBroke) {
    FetchQueue queue;
    queue.start(mails(3));
    ask(queue);
    EXPECT_TRUE(queue.arrive(body(1, "first mail."), largest));
    const Interrupted left = queue.interrupted();
    ASSERT_EQ(left.arrived.size(), 1U);
    EXPECT_EQ(left.arrived[0].bytes, "first mail.");
    EXPECT_EQ(left.in_hand, mail(2));
    EXPECT_FALSE(left.alone);
    EXPECT_TRUE(queue.is_empty());
    EXPECT_EQ(queue.interrupted().in_hand, std::nullopt);
}

TEST(FetchQueue, SeesAServerThatSendsMoreThanItAnnounced) {
    FetchQueue queue{{.bytes = 100}};
    queue.start(mails(2));
    ask(queue);
    EXPECT_TRUE(queue.arrive(body(1, std::string(50, 'x')), 50));
    EXPECT_FALSE(queue.arrive(body(2, std::string(101, 'x')), 50));
}

}  // namespace
}  // namespace bellhop::daemon
