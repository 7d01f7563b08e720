// A stream of mails of many schools, whose disclaimers hold alarming words. BELLHOP_FURNITURE_MAILS
// says how many mails; with 2000 it is the measurement of docs/benchmarks.md.
#include "daemon/work/furniture_work.hpp"

#include <array>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"
#include "parsers/text/plain_text.hpp"
#include "rules/rule/mail_facts.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;

constexpr int schools = 40;
constexpr int people_of_a_school = 6;

std::vector<std::string> lines_of_file(const std::string& name) {
    std::ifstream stream{std::string{BELLHOP_TEST_DATA} + "/furniture/" + name};
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

/// `text` in lines of at most 72 characters, as mail programs break it.
std::string wrapped(const std::string& text) {
    constexpr std::size_t width = 72;
    std::string result;
    std::size_t column = 0;
    for (const std::string_view word : [&] {
             std::vector<std::string_view> words;
             std::string_view rest = text;
             while (!rest.empty()) {
                 const std::size_t end = std::min(rest.find(' '), rest.size());
                 words.push_back(rest.substr(0, end));
                 rest.remove_prefix(std::min(end + 1, rest.size()));
             }
             return words;
         }()) {
        if (column + word.size() > width) {
            result += "\r\n";
            column = 0;
        } else if (column > 0) {
            result += ' ';
        }
        result += word;
        column += word.size() + 1;
    }
    return result;
}

/// What somebody wrote, and the whole mail as it comes.
struct StreamedMail {
    int school = 0;
    std::vector<std::string> written = {};  ///< paragraphs
    std::string bytes = {};
    std::string own_bytes = {};  ///< without the disclaimer
};

class Stream {
public:
    StreamedMail next() {
        StreamedMail mail;
        mail.school = among(schools);
        const int person = among(people_of_a_school);
        const int paragraphs = 1 + among(3);
        std::string body = among(3) > 0 ? "Hello,\r\n\r\n" : "";
        for (int i = 0; i < paragraphs; ++i) {
            mail.written.push_back(
                paragraphs_[static_cast<std::size_t>(among(static_cast<int>(paragraphs_.size())))]);
            body += wrapped(mail.written.back()) + "\r\n\r\n";
        }
        const std::string name = names[static_cast<std::size_t>(person)];
        constexpr std::array signs{"Kind regards", "Many thanks", "Thanks", "Best wishes"};
        if (among(10) > 0) {
            body += std::string{signs[static_cast<std::size_t>(among(4))]} + "\r\n\r\n" + name +
                    "\r\nRoom " + std::to_string(among(30)) + "\r\n\r\n";
        }
        const std::string domain = "school" + std::to_string(mail.school) + ".example";
        ++number_;
        const std::string head = "From: " + name + " <p" + std::to_string(person) + "@" + domain +
                                 ">\r\nTo: support@desk.example\r\nSubject: a question\r\n"
                                 "Message-ID: <" +
                                 std::to_string(number_) + "@" + domain + ">\r\n";
        mail.own_bytes = head + "\r\n" + body;
        mail.bytes = among(3) > 0 ? head + "\r\n" + body + disclaimer(mail.school, name) + "\r\n"
                                  : html(head, body, disclaimer(mail.school, name));
        return mail;
    }

private:
    static constexpr std::array<const char*, people_of_a_school> names{
        "Ann Lee", "Bob Cole", "Carla Diaz", "Dev Patel", "Elin Berg", "Farid Haddad"};

    /// That of the school; in one mail of four a word or two of it are others.
    std::string disclaimer(int school, const std::string& name) {
        std::string text = disclaimers_[static_cast<std::size_t>(school) % disclaimers_.size()];
        if (among(4) == 0) text += " Sent by " + name + ".";
        return among(2) == 0 ? wrapped(text) : text;
    }

    static std::string html(const std::string& head,
                            const std::string& body,
                            const std::string& disclaimer) {
        std::string text = head + "Content-Type: text/html\r\n\r\n<div>";
        for (const char c : body + "</div><div>" + disclaimer) {
            if (c == '\n') text += "<br>";
            text += c;
        }
        return text + "</div>\r\n";
    }

    int among(int count) { return static_cast<int>(random_() % static_cast<std::uint32_t>(count)); }

    std::mt19937 random_{20261112};
    int number_ = 0;
    std::vector<std::string> disclaimers_ = lines_of_file("disclaimers.txt");
    std::vector<std::string> paragraphs_ = lines_of_file("paragraphs.txt");
};

std::string one_line(std::string_view text) {
    std::string line;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\n' || c == '\r';
        if (!blank) line += c;
        if (blank && !line.empty() && line.back() != ' ') line += ' ';
    }
    return line;
}

struct Measured {
    int counted = 0;      // mails after the third of their school
    int swayed = 0;       // of them: whose priority comes of the disclaimer
    int swayed_bare = 0;  // the same, where nothing is learnt
    int left = 0;         // of them: that show the rules some of the disclaimer
    int paragraphs = 0;   // that people wrote
    int taken = 0;        // of them: set apart
};

class FurnitureWorkTest : public testing::Test {
protected:
    static int mails() {
        const char* const wish = std::getenv("BELLHOP_FURNITURE_MAILS");
        return wish == nullptr ? 600 : std::atoi(wish);
    }

    std::string priority_of(const parsers::Message& message) const {
        return desk_->rules.rule_set.evaluate(rules::facts_of(message, {})).outcome.priority;
    }

    Measured measured(int mails) {
        Measured result;
        Stream stream;
        std::map<int, int> seen;
        for (int i = 0; i < mails; ++i) {
            const StreamedMail mail = stream.next();
            parsers::Message message = parsers::parse_message(mail.bytes);
            const parsers::Message bare = message;
            set_apart_known_furniture(message, store_);
            const std::string reply = one_line(message.reply_text);
            for (const std::string& paragraph : mail.written) {
                ++result.paragraphs;
                result.taken += reply.find(paragraph) == std::string::npos ? 1 : 0;
            }
            if (++seen[mail.school] > 3) {
                const parsers::Message own = parsers::parse_message(mail.own_bytes);
                const std::string right = priority_of(own);
                ++result.counted;
                result.swayed += priority_of(message) != right ? 1 : 0;
                result.swayed_bare += priority_of(bare) != right ? 1 : 0;
                result.left += reply.size() > one_line(own.reply_text).size() ? 1 : 0;
            }
            const rules::TicketId ticket{i + 1};
            learn_furniture(message, ticket, std::chrono::sys_days{2026y / 11 / 2} + i * 1h,
                            store_);
        }
        return result;
    }

    void SetUp() override {
        write_config_folder(config_.path(), "provider", Overwriting::refused);
        auto loaded = load_desk(config_.path());
        ASSERT_TRUE(loaded.has_value()) << render_all(loaded.error());
        desk_.emplace(std::move(*loaded));
    }

    ConfigFolder config_;
    storage::TemporaryFolder folder_;
    storage::Store store_{folder_.path() / "bellhop.db"};
    std::optional<Desk> desk_ = {};
};

TEST_F(FurnitureWorkTest, KeepsDisclaimersFromTheRulesAndWordsWithTheirWriters) {
    const int count = mails();
    const Measured found = measured(count);
    std::cout << count << " mails, " << found.counted
              << " after the third of their school: " << found.swayed
              << " with a priority of the disclaimer (" << found.swayed_bare
              << " where nothing is learnt), " << found.left << " with some of it left; "
              << found.taken << " of " << found.paragraphs << " paragraphs taken\n";
    EXPECT_EQ(found.taken, 0);
    EXPECT_GT(found.swayed_bare * 10, found.counted) << "the stream must be able to alarm";
    EXPECT_LE(found.swayed * 100, found.counted);
    EXPECT_LE(found.left * 20, found.counted);
}

TEST_F(FurnitureWorkTest, LearnsLogosAndHidesThem) {
    const auto mail = [](int person, const std::string& picture) {
        return parsers::parse_message(
            "From: p" + std::to_string(person) +
            "@elm.example\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
            "Content-Type: text/html\r\n\r\n<p>The board is dark.</p><img src=\"cid:i\">\r\n--b\r\n"
            "Content-Type: image/png\r\nContent-ID: <i>\r\nContent-Disposition: inline\r\n\r\n" +
            picture + "\r\n--b--\r\n");
    };
    for (int i = 0; i < 3; ++i) {
        parsers::Message message = mail(i % 2, "logo");
        set_apart_known_furniture(message, store_);
        EXPECT_FALSE(message.attachments.at(0).is_furniture) << i;
        learn_furniture(message, rules::TicketId{i + 1}, {}, store_);
    }
    parsers::Message known = mail(5, "logo");
    set_apart_known_furniture(known, store_);
    EXPECT_TRUE(known.attachments.at(0).is_furniture);
    EXPECT_TRUE(rules::facts_of(known, {}).attachments.empty());
    parsers::Message other = mail(5, "screenshot");
    set_apart_known_furniture(other, store_);
    EXPECT_FALSE(other.attachments.at(0).is_furniture);
    EXPECT_EQ(rules::facts_of(other, {}).attachments.size(), 1U);
}

TEST_F(FurnitureWorkTest, LearnsNothingOfMachinesAndOfNobody) {
    const std::string body =
        "\r\nHello\r\n\r\nKind regards\r\n\r\nThe tape of server one could not be written tonight, "
        "somebody has to look.\r\n";
    for (int i = 0; i < 9; ++i) {
        for (const std::string& head :
             {std::string{"From: backup@elm.example\r\nAuto-Submitted: auto-generated\r\n"},
              std::string{"Subject: nobody\r\n"}}) {
            parsers::Message message = parsers::parse_message(head + body);
            learn_furniture(message, rules::TicketId{i + 1}, {}, store_);
        }
    }
    EXPECT_TRUE(store_.furniture.of_domain("elm.example").empty());
    EXPECT_TRUE(store_.furniture.of_domain("").empty());
}

}  // namespace
}  // namespace bellhop::daemon
