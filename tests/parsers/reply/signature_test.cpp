#include "parsers/reply/signature.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "parsers/reply/reply_text.hpp"

namespace bellhop::parsers {
namespace {

const MailSetting new_mail{
    .answers = false, .writer_address = "ann.lee@elm.example.org", .writer_name = "Ann Lee"};

std::string kept_of(const std::string& text, const MailSetting& setting = new_mail) {
    return split_reply(text, setting).reply;
}

const std::vector<std::string> signatures = {
    "Kind regards\n\nAnn Lee\nOffice Manager\nElm Primary School\nTel: 01632 960001",
    "Many thanks,\nAnn Lee\nann.lee@elm.example.org",
    "Regards\nAnn Lee | Head of Music | T: 01632 960001 | www.elm.example.org",
    "Mit freundlichen Grüßen\nAnn Lee\nSchulweg 4\n12345 Elm\nTel. 030 1234567",
    "Diolch yn fawr\nAnn Lee\nFfôn: 01632 960001",
    "Cordialement,\nAnn Lee\nTél. 01 23 45 67 89",
    "-- \nAnn Lee\nwe teach, they learn",
    "--\nAnn Lee\nIT Technician\n01632 960001",
    "------------------\nAnn Lee\nOffice Manager\n01632 960001",
    "________________________________\nAnn Lee\nHead of Year 6\nMobile 07700 900123"};

TEST(Signature, IsCutAsAWhole) {
    for (const std::string& signature : signatures) {
        for (const bool answers : {false, true}) {
            MailSetting setting = new_mail;
            setting.answers = answers;
            EXPECT_EQ(kept_of("The door is stuck.\n\n" + signature + "\n", setting),
                      "The door is stuck.")
                << signature;
        }
    }
}

TEST(Signature, EndsAtAPostscript) {
    for (const std::string& signature : signatures) {
        for (const std::string postscript : {"PS: it is the one in room 4", "P.S. I leave at two",
                                             "PS the key hangs in the office"}) {
            const std::string kept =
                kept_of("The door is stuck.\n\n" + signature + "\n\n" + postscript);
            EXPECT_EQ(kept, "The door is stuck.\n\n" + postscript) << signature;
        }
    }
}

TEST(Signature, IsNoneWithAQuestionBelow) {
    for (const std::string& signature : signatures) {
        const std::string text =
            "Printer?\n\n" + signature + "\n\nCould you also check the copier?";
        EXPECT_EQ(kept_of(text), text);
    }
}

/// What people write below lines of dashes, greetings and the like. Nothing of it is a signature.
const std::vector<std::string> not_signed = {
    "New message from the site\n=====\nName: Karen Moss\nEmail: k.moss@elm.example.org\nTelephone: "
    "01632 960777\nMessage:\nThe board will not calibrate.",
    "Form:\nName ____________\n________________________________\nRoom 5 needs toner",
    "[x] Laptop\n[ ] Desktop\n---\nCollect from: main office, 01632 960123\nName: Gail Price",
    "| Name | Room |\n|------|------|\n| Ann Bell | 4 |",
    "Room | Fault\n-----+------\n4    | projector dark",
    "Name   Device   Fault\n------ -------- -----------\nAnn    Laptop   no sound",
    "Access for these, please.\n\nKind regards\n\nJo Smith - jo.smith@elm.example.org\nAmy Wood - "
    "amy.wood@elm.example.org",
    "Please create an account.\n\nThanks\n\nBob Cole, bob.cole@elm.example.org",
    "The phone is dead.\n\nMany thanks\n\nMy mobile today is 07700 900123 as I am not at my "
    "desk\nPat",
    "Printer dead.\nThanks\nRoom details\nBlock C, room 4, extension 01632 960044",
    "Backup\n-------------\nServer: CUR-01\nResult: FAILED\nhttp://nas.elm.example\nError "
    "0x80070005",
    "Log\n------\n[ERROR] job failed: disk full\n[INFO] end",
    "What fails\n-----\nSound\nPicture\nNetwork",
    "Kit list:\n-----\n2 cables\n-----\n1 adapter",
    "- Ann's laptop\n- Bob's mouse\n--\nboth in room 4",
    "Help!\n--\nroom 5",
    "Two things:\n\n—\n\nWho has the key?\n\n—\n\nWhen is the next visit?",
    "The job says:\n#########\nBackup of SRV1 failed\n#########\nCan you free some space?",
    "ROOM 1\n======\nPC 4 no mouse\n\nROOM 2\n======\nno toner, call Mrs Lee 01632 960055",
    "New starter\n-----------\nAnn Bell\nann.bell@elm.example.org\nStarts on 4 January\nNeeds a "
    "laptop",
    "Missing:\n\n-Laptop",
    "No funciona.\n\nGracias\n\nEl aula es la 12 y mi teléfono 600 000 001",
    "Drukarka nie działa.\n\nPozdrawiam\n\nSala 14, tel. 9600123, proszę dzwonić po 10\nEwa",
    "Het bord is zwart.\n--\nLokaal 5\nKan iemand komen?",
    "We move to:\n\nThe Old Library\n4 High Street\nTel 01632 960500\n\nPlease change the labels."};

TEST(Signature, IsNoForm) {
    for (const std::string& text : not_signed) EXPECT_EQ(kept_of(text), text);
}

/// One line of dashes, alone or doubled, anywhere in a plain new mail takes no word away.
TEST(Signature, IsNoLineThatAnyRuleParts) {
    const std::vector<std::string> words = {"Room 4 is dark", "no signal", "Please order 2 bulbs",
                                            "serial AB 1234567", "it hums"};
    for (const std::string rule : {"--", "---", "----", "====", "____", "~~~~", "****", "####", "—",
                                   "-----------------------------------------", "-+-", "_ _ _"}) {
        for (std::size_t at = 1; at < words.size(); ++at) {
            std::string text;
            for (std::size_t i = 0; i < words.size(); ++i) {
                if (i == at) text += rule + '\n';
                text += words[i] + '\n';
            }
            text.pop_back();
            EXPECT_EQ(kept_of(text), text);
        }
    }
}

TEST(Signature, BelowAQuotationIsWhatAProgramPutThere) {
    const std::string quoted =
        "On Mon, 3 May 2021 at 10:12, Desk <desk@example.org> wrote:\n> ok?\n";
    EXPECT_EQ(kept_of("Yes.\n\n" + quoted + "\n_____________\nAnd here's my signature.\n"), "Yes.");
    EXPECT_EQ(kept_of(quoted + "_____________\nIs room 5 meant?"),
              "_____________\nIs room 5 meant?");
}

}  // namespace
}  // namespace bellhop::parsers
