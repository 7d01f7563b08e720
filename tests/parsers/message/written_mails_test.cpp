// Mails as people write them (tests/data/written_mails), line by line: what is the writer's stays,
// what is set apart says truly why.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"
#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

/// A line of a mail, by what stands before it in the file: "|" the writer's, "q" a quotation, "s" a
/// signature, "b" boilerplate, "f" "sent from", "~" either the writer's or cut as what it is, "<" a
/// line of HTML, of which the text is shown in the lines below.
struct Line {
    char mark = '|';
    std::string text = {};
};

struct WrittenMail {
    std::string name = {};  ///< "=== name" begins a mail
    std::string header = {};
    std::vector<Line> lines = {};
};

std::vector<WrittenMail> mails_in(const std::filesystem::path& file) {
    std::vector<WrittenMail> mails;
    std::ifstream stream{file};
    bool in_header = false;
    for (std::string line; std::getline(stream, line);) {
        if (line.starts_with("=== ")) {
            mails.push_back({line.substr(4)});
            in_header = true;
            continue;
        }
        if (mails.empty()) continue;
        in_header = in_header && !line.empty() &&
                    std::string_view{"|qsbf~<"}.find(line[0]) == std::string_view::npos;
        if (in_header) {
            mails.back().header += line + "\r\n";
        } else if (!line.empty()) {
            mails.back().lines.push_back({line[0], line.substr(1)});
        }
    }
    return mails;
}

std::string bytes_of(const WrittenMail& mail) {
    const auto add = [](std::string header, const std::string& field, const std::string& value) {
        if (header.find(field) == std::string::npos) header += field + ": " + value + "\r\n";
        return header;
    };
    std::string bytes = add(mail.header, "From", "Ann Lee <ann.lee@elm.example.org>");
    bytes = add(bytes, "Content-Type", "text/plain; charset=utf-8");
    bytes += "To: desk@example.org\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";
    const bool is_html = std::any_of(mail.lines.begin(), mail.lines.end(),
                                     [](const Line& line) { return line.mark == '<'; });
    for (const Line& line : mail.lines) {
        if (is_html == (line.mark == '<')) bytes += line.text + "\r\n";
    }
    return bytes;
}

std::optional<PieceKind> kind_at(const Message& message, std::size_t at) {
    for (const TextPiece& piece : message.pieces) {
        if (at >= piece.begin && at < piece.begin + piece.size) return piece.kind;
    }
    return std::nullopt;
}

/// The reasons that are true of a line with this mark.
std::vector<PieceKind> true_kinds(char mark) {
    switch (mark) {
        case 'q':
            return {PieceKind::quotation};
        case 's':
            return {PieceKind::signature};
        case 'b':
            return {PieceKind::boilerplate};
        case 'f':
            return {PieceKind::sent_from};
        case '~':
            return {PieceKind::kept, PieceKind::quotation, PieceKind::signature,
                    PieceKind::boilerplate};
        default:
            return {PieceKind::kept};
    }
}

std::vector<std::filesystem::path> files() {
    std::vector<std::filesystem::path> all;
    for (const auto& entry :
         std::filesystem::directory_iterator{std::string{BELLHOP_TEST_DATA} + "/written_mails"})
        all.push_back(entry.path());
    std::sort(all.begin(), all.end());
    return all;
}

class WrittenMails : public testing::TestWithParam<std::filesystem::path> {};

INSTANTIATE_TEST_SUITE_P(Each, WrittenMails, testing::ValuesIn(files()), [](const auto& test) {
    return test.param.stem().string();
});

TEST_P(WrittenMails, LoseNoWordOfTheirWriters) {
    for (const WrittenMail& mail : mails_in(GetParam())) {
        const Message message = parse_message(bytes_of(mail));
        EXPECT_TRUE(make_up(message.pieces, message.text)) << mail.name;
        std::size_t at = 0;
        for (const Line& line : mail.lines) {
            const std::string_view shown = stripped(line.text);
            if (line.mark == '<' || shown.empty()) continue;
            const std::size_t found = message.text.find(shown, at);
            ASSERT_NE(found, std::string::npos) << mail.name << ": " << shown;
            at = found + shown.size();
            const std::vector<PieceKind> allowed = true_kinds(line.mark);
            for (const std::size_t end : {found, at - 1}) {
                const auto kind = kind_at(message, end);
                ASSERT_TRUE(kind) << mail.name << ": " << shown;
                EXPECT_NE(std::find(allowed.begin(), allowed.end(), *kind), allowed.end())
                    << mail.name << ": \"" << shown << "\" is " << piece_kind_name(*kind);
            }
        }
    }
}

/// Of a new mail of three lines and fewer nothing goes but a sign-off.
TEST_P(WrittenMails, StayWholeWhereTheyAreShort) {
    constexpr std::size_t few = 3;
    for (const WrittenMail& mail : mails_in(GetParam())) {
        const Message message = parse_message(bytes_of(mail));
        const auto lines = lines_of(message.text);
        const auto filled = std::count_if(lines.begin(), lines.end(), [](std::string_view line) {
            return !stripped(line).empty();
        });
        if (static_cast<std::size_t>(filled) > few || !message.in_reply_to.empty()) continue;
        for (const TextPiece& piece : message.pieces) {
            const bool is_sign_off =
                piece.kind == PieceKind::signature || piece.kind == PieceKind::sent_from;
            EXPECT_TRUE(piece.kind == PieceKind::kept || is_sign_off ||
                        piece.kind == PieceKind::boilerplate)
                << mail.name;
        }
    }
}

}  // namespace
}  // namespace bellhop::parsers
