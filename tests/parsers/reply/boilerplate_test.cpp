#include "parsers/reply/boilerplate.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "parsers/reply/reply_text.hpp"
#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

const MailSetting new_mail{.answers = false};

std::string kept_of(const std::string& text) {
    return split_reply(text, new_mail).reply;
}

/// Wordings as schools and firms use them, each one paragraph.
const std::vector<std::string> disclaimers = {
    "This email and any files transmitted with it are confidential and intended solely for the use "
    "of "
    "the individual or entity to whom they are addressed.",
    "This message may contain confidential information. If you are not the intended recipient, "
    "please "
    "inform the sender and delete it.",
    "The information in this email is confidential and may be legally privileged. It is intended "
    "for "
    "the addressee only.",
    "Any views or opinions presented are solely those of the author and do not necessarily "
    "represent "
    "those of the school.",
    "If you have received this email in error please notify the sender immediately and delete it "
    "from "
    "your system.",
    "This e-mail is confidential and privileged.",
    "Although this email has been scanned for viruses, we accept no liability for any damage that "
    "it "
    "causes.",
    "Emails sent to and from this school may be monitored, and may be disclosed under the Freedom "
    "of "
    "Information Act.",
    "IMPORTANT NOTICE: This communication is intended only for the named addressee. Unauthorised "
    "use is "
    "strictly prohibited.",
    "Private and confidential: intended for the addressee; disclosure or copying is prohibited.",
    "The contents of this email are confidential to the intended recipient.",
    "Diese E-Mail ist vertraulich und nur für den Empfänger bestimmt. Haben Sie sie irrtümlich "
    "erhalten, bitte löschen.",
    "Ce message est confidentiel et réservé à son destinataire. Toute divulgation est interdite.",
    "Please consider the environment before printing this email."};

std::string wrapped(const std::string& text, std::size_t width) {
    std::string out;
    std::size_t column = 0;
    for (const char c : text) {
        const bool breaks = c == ' ' && column >= width;
        out += breaks ? '\n' : c;
        column = breaks ? 0 : column + 1;
    }
    return out;
}

TEST(Boilerplate, CutsADisclaimerOfAnyLineLength) {
    for (const std::string& disclaimer : disclaimers) {
        for (const std::size_t width : {30U, 72U, 100U, 10'000U}) {
            const std::string text =
                "The Wi-Fi is slow.\n\nThanks\nAnn\n\n" + wrapped(disclaimer, width) + "\n";
            EXPECT_EQ(kept_of(text), "The Wi-Fi is slow.\n\nThanks\nAnn") << disclaimer;
        }
    }
}

TEST(Boilerplate, CutsASignatureAboveADisclaimer) {
    for (const std::string& disclaimer : disclaimers) {
        EXPECT_EQ(kept_of("The Wi-Fi is slow.\n\nKind regards\n\nAnn Lee\nOffice Manager\n01632 "
                          "960001\n\n" +
                          disclaimer + "\n\nRegistered charity 123456\nwww.elm.example.org\n"),
                  "The Wi-Fi is slow.")
            << disclaimer;
    }
}

TEST(Boilerplate, KeepsWhatIsWrittenBelowADisclaimer) {
    for (const std::string words :
         {"PS: it is the one in room 4", "Could you also look at the copier?",
          "I forgot: my room is 12."}) {
        const std::string kept = kept_of("No sound.\n\n" + disclaimers[0] + "\n\n" + words);
        EXPECT_NE(kept.find(words), std::string::npos) << kept;
        EXPECT_EQ(kept.find("files transmitted"), std::string::npos) << kept;
    }
}

TEST(Boilerplate, KeepsWordsAboutSuchTexts) {
    for (const std::string text :
         {"Hello,\n\nplease change our disclaimer: it must say that the email is confidential, "
          "intended "
          "solely for the addressee, and to be deleted by an unintended recipient.",
          "Hello,\n\nthis email is confidential: please delete the pupil's name, was it disclosed "
          "to an "
          "unauthorised recipient?",
          "Hello,\n\nI sent a confidential file to the wrong recipient in error, please delete it "
          "and "
          "notify the sender, my attachments were privileged.",
          "We are committed to safeguarding, and yet the filter lets this through.\n\nWhom do we "
          "call?",
          "Hello,\n\nmy class is committed to safeguarding. I have a concern about a child."}) {
        EXPECT_EQ(kept_of(text), text);
    }
}

TEST(Boilerplate, CutsTheBannersOfGateways) {
    for (const std::string banner :
         {"CAUTION: This email originated from outside of the organization. Do not click links or "
          "open "
          "attachments unless you recognize the sender and know the content is safe.",
          "[EXTERNAL EMAIL]", "EXTERNAL SENDER",
          "*** External email ***\nPlease do not click links unless you know the sender.",
          "This message was sent from outside the Elm Trust. Exercise caution.",
          "You don't often get email from ann@elm.example.org. Learn why this is important",
          "________________________________\nCaution: This is an external email. Take care when "
          "clicking links or opening attachments.\n________________________________",
          "ACHTUNG: Diese E-Mail stammt von extern. Öffnen Sie keine Links."}) {
        EXPECT_EQ(kept_of(banner + "\n\nThe beamer in room 4 is dark."),
                  "The beamer in room 4 is dark.")
            << banner;
        EXPECT_EQ(kept_of(banner + "\nThe beamer in room 4 is dark."),
                  "The beamer in room 4 is dark.")
            << banner;
    }
}

TEST(Boilerplate, TakesWordsAboutOutsideForWords) {
    for (const std::string text :
         {"External emails are not arriving since Monday.\n\nAnn",
          "External hard drive fails.\n\nAnn", "WARNING: the outside door stands open!\n\nAnn",
          "This email came from outside the school, is it safe to open?\n\nAnn",
          "Caution\n\nThe ladder in the hall is broken.",
          "Mail sent from outside the organisation does not arrive.\n\nAnn",
          "Do not click the link in the mail below, it is spam.\n\nAnn"}) {
        EXPECT_EQ(kept_of(text), text);
    }
}

TEST(Boilerplate, SaysWhy) {
    const std::string text =
        "[EXTERNAL EMAIL]\n\nNo sound.\n\nKind regards\nAnn Lee\n01632 960001\n\n" + disclaimers[0];
    std::vector<PieceKind> kinds;
    for (const TextPiece& piece : split_reply(text, new_mail).pieces) kinds.push_back(piece.kind);
    EXPECT_EQ(kinds, (std::vector{PieceKind::boilerplate, PieceKind::kept, PieceKind::signature,
                                  PieceKind::boilerplate}));
}

}  // namespace
}  // namespace bellhop::parsers
