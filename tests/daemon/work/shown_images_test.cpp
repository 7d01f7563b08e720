#include "daemon/work/shown_images.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/work/due_round.hpp"
#include "parsers/message/parse_message.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

struct Part {
    std::string type = "image/png";
    std::string disposition = "attachment";
    std::size_t size = 20'000;
};

class ShownImages : public BusyDesk {
protected:
    ShownImages() {
        config_.write("people.toml", config_.read("people.toml") + R"(
[[technician]]
name = "Tom Brown"
address = "tom@desk.example"
teams = ["MIS"]
)");
        config_.write("rules.toml",
                      "[default]\npriority = \"P3\"\nteam = \"MIS\"\n[[rule]]\nname = "
                      "\"safeguarding\"\nwhen.text = "
                      "[\"safeguarding\"]\nthen.restricted = true\n");
    }

    /// A mail with these parts behind its text.
    rules::TicketId take_with(const std::vector<Part>& parts, const std::string& text = "Look.") {
        std::string body = "--b\r\n\r\n" + text + "\r\n";
        for (std::size_t i = 0; i < parts.size(); ++i) {
            body += "--b\r\nContent-Type: " + parts[i].type + "; name=\"p" + std::to_string(i) +
                    ".png\"\r\nContent-Disposition: " + parts[i].disposition +
                    "\r\nContent-ID: <c" + std::to_string(i) + "@x>\r\n\r\n" +
                    std::string(parts[i].size, static_cast<char>('a' + i)) + "\r\n";
        }
        return receive("ann@hill.example", "Board", "Content-Type: multipart/mixed; boundary=b\r\n",
                       body + "--b--")
            .ticket.value();
    }

    std::vector<parsers::OutgoingFile> shown(const std::vector<Part>& parts) {
        const rules::TicketId id = take_with(parts);
        return shown_images(store_->blobs, store_->tickets.messages(id).front());
    }

    /// The notice about the ticket.
    std::string notice(rules::TicketId id) {
        const std::string key = "the key";
        run_due({*store_, *desk_, key, clock_.time});
        for (const storage::OutboxMail& one : store_->outbox.of_ticket(id)) {
            if (one.kind == rules::MailKind::notify) return store_->outbox.find(one.id)->bytes;
        }
        return {};
    }
};

TEST_F(ShownImages, AreScreenshotsAndPhotos) {
    const auto images = shown({{"image/png"}, {"IMAGE/JPEG", "inline"}});
    ASSERT_THAT(images, SizeIs(2));
    EXPECT_EQ(images[0].filename, "image-1.png");
    EXPECT_EQ(images[1].filename, "image-2.jpg");
    EXPECT_EQ(images[1].content_id, "image-2@shown");
    EXPECT_EQ(images[0].bytes, std::string(20'000, 'a'));
}

TEST_F(ShownImages, AreNoLogosNothingLargeAndNothingThatRuns) {
    EXPECT_THAT(shown({{"image/png", "inline", 4'000}}), IsEmpty()) << "a logo";
    EXPECT_THAT(shown({{"image/png", "attachment", 4'000}}), SizeIs(1)) << "he has attached it";
    EXPECT_THAT(shown({{"image/png", "attachment", 400'000}}), IsEmpty());
    EXPECT_THAT(shown({{"image/svg+xml"}, {"text/html"}, {"application/pdf"}}), IsEmpty());
    EXPECT_THAT(shown({{}, {}, {}, {}, {}}), SizeIs(most_images));
}

TEST_F(ShownImages, StandInTheNotice) {
    const parsers::Message mail = parsers::parse_message(notice(take_with({{}, {}})));
    ASSERT_TRUE(mail.html.has_value());
    EXPECT_THAT(*mail.html, HasSubstr("src=\"cid:image-1@shown\""));
    EXPECT_THAT(*mail.html, HasSubstr("src=\"cid:image-2@shown\""));
    EXPECT_THAT(*mail.html, Not(HasSubstr("image-3@shown")));
    ASSERT_THAT(mail.attachments, SizeIs(2));
    EXPECT_EQ(mail.attachments[0].content_id, "image-1@shown");
    EXPECT_THAT(mail.text, HasSubstr("p0.png (20 kB)"));
}

TEST_F(ShownImages, OfWhatIsConfidentialStandNowhere) {
    const std::string bytes = notice(take_with({{}}, "A safeguarding matter."));
    EXPECT_THAT(bytes, Not(HasSubstr("@shown")));
    EXPECT_THAT(parsers::parse_message(bytes).attachments, IsEmpty());
}

}  // namespace
}  // namespace bellhop::daemon
