#include "storage/withheld_mails.hpp"

#include "tests/storage/store_fixture.hpp"

namespace bellhop::storage {
namespace {

class WithheldMailsTest : public StoreTest {
protected:
    WithheldMails withheld{database};

    static rules::WithheldMail mail(int setbacks) {
        return {.setbacks = setbacks,
                .losses = 1,
                .sessions = 2,
                .first_alone_at = at(1),
                .last_session_at = at(2),
                .last_alone_at = at(3),
                .others_came = false,
                .since = at(4),
                .ask_at = at(5),
                .words = hostile_text,
                .doubtful_digest = "ab",
                .given_up = true};
    }
};

TEST_F(WithheldMailsTest, GivesBackTheLastThatWasSet) {
    withheld.set({"support", 7, 5}, mail(3));
    withheld.set({"support", 7, 5}, mail(4));
    EXPECT_EQ(withheld.find({"support", 7, 5}), mail(4));
    EXPECT_EQ(withheld.find({"support", 8, 5}), std::nullopt);
    EXPECT_EQ(withheld.find({"other", 7, 5}), std::nullopt);
    withheld.forget({"support", 7, 5});
    EXPECT_EQ(withheld.find({"support", 7, 5}), std::nullopt);
}

TEST_F(WithheldMailsTest, ListsOneMailboxOrAll) {
    rules::WithheldMail earlier = mail(1);
    earlier.since = at(-9);
    withheld.set({"support", 7, 9}, mail(1));
    withheld.set({"support", 7, 5}, mail(2));
    withheld.set({"support", 8, 5}, mail(3));
    withheld.set({"other", 7, 7}, earlier);
    EXPECT_EQ(
        withheld.of_mailbox("support", 7),
        (std::vector<WithheldRow>{{{"support", 7, 5}, mail(2)}, {{"support", 7, 9}, mail(1)}}));
    const std::vector<WithheldRow> all = withheld.list();
    ASSERT_EQ(all.size(), 4U);
    EXPECT_EQ(all.front(), (WithheldRow{{"other", 7, 7}, earlier}));
}

TEST_F(WithheldMailsTest, ForgetsThoseOfUidsThatHaveBecomeVoid) {
    withheld.set({"support", 7, 5}, mail(1));
    withheld.set({"support", 8, 5}, mail(2));
    withheld.set({"other", 7, 5}, mail(3));
    withheld.forget_others("support", 8);
    EXPECT_EQ(withheld.find({"support", 7, 5}), std::nullopt);
    EXPECT_EQ(withheld.list().size(), 2U);
}

TEST_F(WithheldMailsTest, NotesThatOthersCameOnlyForThoseRefusedAloneBefore) {
    rules::WithheldMail never_alone = mail(1);
    never_alone.first_alone_at.reset();
    withheld.set({"support", 7, 1}, mail(1));
    withheld.set({"support", 7, 2}, never_alone);
    withheld.set({"support", 8, 1}, mail(1));
    withheld.note_others("support", 7);
    EXPECT_TRUE(withheld.find({"support", 7, 1})->others_came);
    EXPECT_FALSE(withheld.find({"support", 7, 2})->others_came);
    EXPECT_FALSE(withheld.find({"support", 8, 1})->others_came);
}

}  // namespace
}  // namespace bellhop::storage
