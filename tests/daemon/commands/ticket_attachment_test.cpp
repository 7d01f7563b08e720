#include "daemon/commands/ticket_attachment.hpp"

#include <fstream>
#include <iterator>
#include <sstream>

#include <gmock/gmock.h>
#include <sysexits.h>

#include "daemon/commands/command_line.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using testing::HasSubstr;

/// The database stands where the configuration says: the command opens it by itself.
class TicketAttachment : public BusyDesk {
protected:
    void SetUp() override {
        load();
        const std::filesystem::path database = desk_->settings.database;
        std::error_code ignored;
        std::filesystem::create_directories(database.parent_path(), ignored);
        store_.emplace(database);
        intake_.emplace(*store_, clock_, "the key");
        receive("ann@hill.example", "projector", "Content-Type: multipart/mixed; boundary=b\r\n",
                "--b\r\n\r\nhello\r\n"
                "--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; "
                "filename=\"notes.txt\"\r\n\r\none\r\n"
                "--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
                "Content-Disposition: attachment; filename=\"screen.png\"\r\n\r\nAAEC/w==\r\n"
                "--b--\r\n");
    }

    /// What the command writes to standard output.
    std::string output_of(std::vector<std::string> words) {
        Command ticket{"ticket", "tickets"};
        ticket.commands = {attachment_command()};
        const Program program{"bellhop", {}, {}, config_.path(), {ticket}};
        words.insert(words.begin(), {"ticket", "attachment"});
        testing::internal::CaptureStdout();
        std::ostringstream complaints;
        std::ostringstream help;
        status_ = run(program, words, help, complaints);
        complaint_ = complaints.str();
        return testing::internal::GetCapturedStdout();
    }

    const std::string picture_{"\x00\x01\x02\xff", 4};
    int status_ = -1;
    std::string complaint_ = {};
};

TEST_F(TicketAttachment, ListsTheFilesOfATicket) {
    const std::string list = output_of({"1"});
    EXPECT_EQ(status_, EX_OK) << complaint_;
    EXPECT_THAT(list, HasSubstr("notes.txt"));
    EXPECT_THAT(list, HasSubstr("screen.png"));
}

TEST_F(TicketAttachment, GivesTheBytesOfOneByNameByItsBeginningAndByNumber) {
    for (const char* name : {"screen.png", "screen", "2"}) {
        EXPECT_EQ(output_of({"1", name}), picture_) << name;
        EXPECT_EQ(status_, EX_OK) << complaint_;
    }
}

TEST_F(TicketAttachment, WritesThemToAFileAndOverItsFormerBytes) {
    const std::filesystem::path file = memory_.path() / "out.png";
    std::ofstream{file} << "something longer that was there before";
    EXPECT_EQ(output_of({"1", "screen.png", "--to", file.string()}), "");
    EXPECT_EQ(status_, EX_OK) << complaint_;
    std::ifstream in{file, std::ios::binary};
    EXPECT_EQ((std::string{std::istreambuf_iterator<char>{in}, {}}), picture_);
}

TEST_F(TicketAttachment, SaysWhyNot) {
    const struct {
        std::vector<std::string> words;
        int status;
        const char* complaint;
    } table[] = {
        {{"99"}, 1, "99"},
        {{"1", "nothing.pdf"}, 1, "nothing.pdf"},
        {{"1", "3"}, 1, "3"},
        {{"1", "screen.png", "--to", "/no/such/folder/x"}, EX_CANTCREAT, "/no/such/folder/x"},
    };
    for (const auto& [words, status, complaint] : table) {
        EXPECT_EQ(output_of(words), "");
        EXPECT_EQ(status_, status) << complaint;
        EXPECT_THAT(complaint_, HasSubstr(complaint));
    }
}

}  // namespace
}  // namespace bellhop::daemon
