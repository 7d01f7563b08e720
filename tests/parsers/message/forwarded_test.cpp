#include "parsers/message/forwarded.hpp"

#include <string>

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

using namespace std::chrono;

TEST(Forwarded, ReadsAForwardOfGmail) {
    const auto found =
        find_forwarded("Fwd: Beamer",
                       "Can you look?\n\n---------- Forwarded message ---------\n"
                       "From: Ann Lee <Ann@Example.org>\nDate: Mon, May 3, 2021 at 10:12 AM\n"
                       "Subject: Beamer\nTo: <bo@example.org>\n\n\nIt is dark.\n\nAnn\n");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->from, (Address{"Ann Lee", "Ann@example.org"}));
    EXPECT_EQ(found->subject, "Beamer");
    EXPECT_EQ(found->date, sys_days{2021y / May / 3} + 10h + 12min);
    EXPECT_EQ(found->text, "It is dark.\n\nAnn");
}

TEST(Forwarded, ReadsAForwardOfOutlookInSeveralLanguages) {
    for (const std::string header :
         {"From: Ann Lee <ann@example.org>\nSent: Monday, May 3, 2021 10:12 AM\nTo: Bo\nSubject: "
          "Key",
          "Von: Ann Lee [mailto:ann@example.org]\nGesendet: Montag, 3. Mai 2021 10:12\nAn: "
          "Bo\nBetreff: Key",
          "De : Ann Lee <ann@example.org>\nEnvoyé : lundi 3 mai 2021 10:12\nÀ : Bo\nObjet : Key",
          "*De:* Ann Lee <ann@example.org>\n*Enviado:* lunes, 3 de mayo de 2021 10:12\n*Para:* "
          "Bo\n*Asunto:* Key",
          "Da: Ann Lee <ann@example.org>\nInviato: lunedì 3 maggio 2021 10:12\nA: Bo\nOggetto: Key",
          "Från: Ann Lee <ann@example.org>\nSkickat: den 3 maj 2021 10:12\nTill: Bo\nÄmne: Key"}) {
        const auto found =
            find_forwarded("WG: Key", "________________________________\n" + header + "\n\nlost\n");
        ASSERT_TRUE(found) << header;
        EXPECT_EQ(found->from, (Address{"Ann Lee", "ann@example.org"})) << header;
        EXPECT_EQ(found->subject, "Key") << header;
        EXPECT_EQ(found->date, sys_days{2021y / May / 3} + 10h + 12min) << header;
        EXPECT_EQ(found->text, "lost") << header;
    }
}

TEST(Forwarded, ReadsAForwardOfAppleMailAndThunderbird) {
    const auto apple = find_forwarded(
        "Key",
        "> Begin forwarded message:\n>\n> From: Ann <ann@example.org>\n> Subject: Key\n"
        "> Date: 3 May 2021 at 10:12:00 CEST\n> To: bo@example.org\n>\n> lost\n> again\n");
    ASSERT_TRUE(apple);
    EXPECT_EQ(apple->from.address, "ann@example.org");
    EXPECT_EQ(apple->text, "lost\nagain");
    const auto bird = find_forwarded(
        "Key",
        "-------- Weitergeleitete Nachricht --------\nBetreff: \tKey\nDatum: \tMon, 3 May 2021 "
        "10:12:00 +0200\nVon: \tAnn <ann@example.org>\nAn: \tbo@example.org\n\nlost\n");
    ASSERT_TRUE(bird);
    EXPECT_EQ(bird->from.address, "ann@example.org");
    EXPECT_EQ(bird->date, sys_days{2021y / May / 3} + 8h + 12min);
}

TEST(Forwarded, IsNoneForRepliesAndOrdinaryMail) {
    const std::string quoted =
        "Done.\n\n-----Original Message-----\nFrom: Ann <ann@example.org>\nSent: Monday, May 3, "
        "2021 10:12 "
        "AM\nTo: Bo\nSubject: Key\n\nlost\n";
    EXPECT_FALSE(find_forwarded("RE: Key", quoted));
    EXPECT_TRUE(find_forwarded("FW: Key", quoted));
    EXPECT_FALSE(find_forwarded("Key", "Please forward this --- to everybody.\n"));
    EXPECT_FALSE(find_forwarded("Fwd: Key", "nothing here"));
    EXPECT_FALSE(find_forwarded("", ""));
}

TEST(Forwarded, KeepsASenderThatIsOnlyAName) {
    const auto found = find_forwarded(
        "WG: Key",
        "Von: Ann Lee\nGesendet: Montag, 3. Mai 2021 10:12\nAn: Bo\nBetreff: Key\n\nlost");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->from, (Address{"Ann Lee", ""}));
}

}  // namespace
}  // namespace bellhop::parsers
