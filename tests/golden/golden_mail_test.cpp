// Every mail of mail/NAME.eml is read as mail/NAME.json says, whatever its line ends.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "daemon/view/message_view.hpp"
#include "parsers/message/parse_message.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;

std::string content_of(const std::filesystem::path& file) {
    std::ifstream stream{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{stream}, {}};
}

std::string with_line_ends(std::string_view text, std::string_view end) {
    std::string result;
    for (const char c : text) result += c == '\n' ? std::string{end} : std::string{c};
    return result;
}

std::string with_line_feeds(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r' && text.substr(i + 1).starts_with('\n')) continue;
        result += text[i] == '\r' ? '\n' : text[i];
    }
    return result;
}

/// One value a line, indented: so that a difference can be read.
void print(std::string& out, const json::value& value, std::size_t depth) {
    const bool is_object = value.is_object();
    const std::size_t size = is_object          ? value.get_object().size()
                             : value.is_array() ? value.get_array().size()
                                                : 0;
    if (size == 0) {
        out += json::serialize(value);
        return;
    }
    out += is_object ? "{\n" : "[\n";
    for (std::size_t i = 0; i < size; ++i) {
        out.append(2 * (depth + 1), ' ');
        if (is_object) {
            const auto& entry = *std::next(value.get_object().begin(), static_cast<long>(i));
            out += json::serialize(json::string{entry.key()}) + ": ";
            print(out, entry.value(), depth + 1);
        } else {
            print(out, value.get_array()[i], depth + 1);
        }
        out += i + 1 < size ? ",\n" : "\n";
    }
    out.append(2 * depth, ' ');
    out += is_object ? '}' : ']';
}

json::object view_of(const parsers::Message& message) {
    json::object object = message_object(message, {});
    object.erase("file");
    return object;
}

/// Without what depends on the line ends of an attachment that no transfer encoding protects.
json::object without_sizes(json::object object) {
    for (json::value& attachment : object.at("attachments").as_array()) {
        attachment.as_object().erase("size");
        attachment.as_object().erase("sha256");
    }
    return object;
}

std::vector<std::string> golden_names() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator{BELLHOP_GOLDEN_MAILS}) {
        if (entry.path().extension() == ".eml") names.push_back(entry.path().stem());
    }
    std::sort(names.begin(), names.end());
    return names;
}

class GoldenMail : public ::testing::TestWithParam<std::string> {
protected:
    static std::filesystem::path file(std::string_view extension) {
        return std::filesystem::path{BELLHOP_GOLDEN_MAILS} / (GetParam() + std::string{extension});
    }
};

TEST_P(GoldenMail, IsReadAsExpected) {
    const std::string mail = content_of(file(".eml"));
    const parsers::Message as_sent = parsers::parse_message(with_line_ends(mail, "\r\n"));
    std::string shown;
    print(shown, view_of(as_sent), 0);
    shown += '\n';
    if (std::getenv("UPDATE_GOLDEN") != nullptr) {
        std::ofstream{file(".json"), std::ios::binary} << shown;
    }
    EXPECT_EQ(shown, content_of(file(".json")));

    for (const std::string_view end : {"\n", "\r"}) {
        parsers::Message other = parsers::parse_message(with_line_ends(mail, end));
        std::erase_if(other.defects, [](const auto& defect) { return defect.code == "bare_cr"; });
        EXPECT_EQ(json::value{without_sizes(view_of(other))},
                  json::value{without_sizes(view_of(as_sent))});
        ASSERT_EQ(other.attachments.size(), as_sent.attachments.size());
        for (std::size_t i = 0; i < other.attachments.size(); ++i) {
            EXPECT_EQ(with_line_feeds(other.attachments[i].bytes),
                      with_line_feeds(as_sent.attachments[i].bytes));
        }
    }
}

INSTANTIATE_TEST_SUITE_P(, GoldenMail, ::testing::ValuesIn(golden_names()), [](const auto& test) {
    return test.param;
});

}  // namespace
}  // namespace bellhop::daemon
