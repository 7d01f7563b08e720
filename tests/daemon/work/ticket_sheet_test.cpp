#include "daemon/work/ticket_sheet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;
using rules::TicketId;
using testing::HasSubstr;
using testing::Not;

class TicketSheetTest : public BusyDesk {
protected:
    rules::TemplateValues sheet(TicketId id,
                                std::optional<rules::MessageId> message = {},
                                SheetReader reader = SheetReader::desk) {
        const std::string key = "the key";
        const Filing filing{*store_, *desk_, key, clock_.time};
        return ticket_sheet(filing, ticket(id), message, reader);
    }

    static std::string part(const std::string& disposition, const std::string& bytes) {
        return "--b\r\nContent-Type: image/png\r\nContent-Disposition: " + disposition +
               "\r\n\r\n" + bytes + "\r\n";
    }
};

TEST_F(TicketSheetTest, ShowsTheCustomersWordsAndWhoSheIs) {
    const TicketId id = *receive("ann@hill.example", "Printer", {},
                                 "It is dead.\r\nPlease come.\r\n\r\nKind regards\r\nAnn "
                                 "Lee\r\nTel 01632 960123\r\n")
                             .ticket;
    const rules::TemplateValues values = sheet(id);
    EXPECT_THAT(values.at("words"), HasSubstr("It is dead.\nPlease come."));
    EXPECT_THAT(values.at("quotation"), testing::StartsWith("> It is dead.\n> Please come."));
    EXPECT_EQ(values.at("words_by"), "Ann, Tuesday 15 September, 10 am");
    EXPECT_EQ(values.at("requester_address"), "ann@hill.example");
    EXPECT_EQ(values.at("phone"), "01632 960123");
    EXPECT_FALSE(values.contains("holder")) << "nobody has it";
    EXPECT_FALSE(values.contains("earlier"));
    EXPECT_FALSE(values.contains("attachments"));
}

TEST_F(TicketSheetTest, ShowsTheMailThatTheNewsIsAbout) {
    const TicketId id = *receive("ann@hill.example", "Printer", {}, "It is dead.").ticket;
    const rules::MessageId first = store_->tickets.messages(id).front().id;
    clock_.time += 1min;
    receive("ann@hill.example", "Re: [HELP#1] Printer", {}, "Still dead.");
    EXPECT_EQ(sheet(id).at("words"), "Still dead.") << "the latest where none is named";
    EXPECT_EQ(sheet(id, first).at("words"), "It is dead.");
    const TicketId other = *receive("bob@hill.example", "Beamer", {}, "It is dark.").ticket;
    EXPECT_EQ(sheet(id, store_->tickets.messages(other).front().id).at("words"), "Still dead.")
        << "never a mail of another ticket";
}

TEST_F(TicketSheetTest, NamesFilesAndNoLogos) {
    const TicketId id =
        *receive("ann@hill.example", "Printer",
                 "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n",
                 "--b\r\nContent-Type: text/plain\r\n\r\nSee there.\r\n" +
                     part("attachment; filename=\"scr\xe2\x80\xae"
                          "een.png\"",
                          std::string(25'000, 'x')) +
                     part("inline; filename=\"logo.png\"\r\nContent-ID: <logo>", "PNG") + "--b--")
             .ticket;
    const std::string names = sheet(id).at("attachments");
    EXPECT_THAT(names, HasSubstr("(25 kB)"));
    EXPECT_THAT(names, Not(HasSubstr("logo.png")));
    EXPECT_THAT(names, Not(HasSubstr("\xe2\x80\xae"))) << "what turns the reading direction";
}

TEST_F(TicketSheetTest, SaysByWhenAndWhatIsLate) {
    const TicketId id = take("ann@hill.example", "Printer");
    EXPECT_EQ(sheet(id).at("due"),
              "answer by Tuesday 15 September, 2 pm; solution by Friday 18 September, 10 am");
    clock_.time += 5h;
    EXPECT_THAT(sheet(id).at("due"),
                testing::StartsWith("answer was due by Tuesday 15 September, 2 pm; "));
    staff(id, rules::Event::status, "resolved");
    EXPECT_FALSE(sheet(id).contains("due"));
    rules::Ticket taken = ticket(id);
    taken.assignee = "Tess";
    taken.team = "MIS";
    store_->tickets.update(taken);
    EXPECT_EQ(sheet(id).at("holder"), "Tess");
}

TEST_F(TicketSheetTest, TellsTheDeskAloneOfOtherTickets) {
    for (int i = 0; i < 4; ++i) take("ann@hill.example", "Story " + std::to_string(i));
    const TicketId id = take("ann@hill.example", "Printer");
    const std::string earlier = sheet(id).at("earlier");
    EXPECT_THAT(earlier, HasSubstr("[HELP#4] Story 3, Open, Tuesday 15 September, 10 am"));
    EXPECT_THAT(earlier, HasSubstr("Story 1"));
    EXPECT_THAT(earlier, Not(HasSubstr("Story 0"))) << "the last three";
    EXPECT_FALSE(sheet(id, {}, SheetReader::outside).contains("earlier"));
    const TicketId twin = take("bob@hill.example", "Printer");
    store_->tickets.link(id, twin, "same_message_id");
    EXPECT_THAT(sheet(id).at("alike"), HasSubstr("[HELP#6] Printer"));
    EXPECT_FALSE(sheet(id, {}, SheetReader::outside).contains("alike"));
}

TEST_F(TicketSheetTest, ShowsNothingOfWhatIsTreatedInConfidence) {
    const TicketId quiet = take("ann@hill.example", "safeguarding: Joe");
    EXPECT_TRUE(sheet(quiet).empty());
    const TicketId id = take("ann@hill.example", "Printer");
    EXPECT_THAT(sheet(id).at("earlier"), HasSubstr("(confidential)"));
    EXPECT_THAT(sheet(id).at("earlier"), Not(HasSubstr("Joe")));
}

}  // namespace
}  // namespace bellhop::daemon
