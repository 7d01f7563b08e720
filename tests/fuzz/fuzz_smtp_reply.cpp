// Any bytes from an SMTP server, and any mail to be sent to one.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/protocol/smtp_reply.hpp"

namespace {

using namespace bellhop::parsers;

void require(bool condition) {
    if (!condition) std::abort();
}

std::vector<SmtpReply> replies(std::string_view bytes, std::size_t piece) {
    using State = SmtpReplyParser::State;
    std::vector<SmtpReply> read;
    SmtpReplyParser parser;
    while (!bytes.empty()) {
        std::string_view part = bytes.substr(0, piece);
        bytes.remove_prefix(part.size());
        while (!part.empty()) {
            const SmtpReplyParser::Step step = parser.feed(part);
            part.remove_prefix(step.taken);
            if (step.state == State::fault) return read;
            if (step.state == State::reply) read.push_back(parser.take());
        }
    }
    return read;
}

void look_at(const SmtpReply& reply) {
    require(reply.code >= 200 && reply.code < 600);
    require(reply.text().size() <= 2 * max_reply_text);
    require(reply.text().find_first_of("\r\n") == std::string::npos);
    extensions_of(reply);
}

/// The final dot of a mail is the only one that any server could take for it.
void send(std::string_view mail) {
    const std::string data = mail_data(mail);
    require(data.ends_with(".\r\n"));
    require(data.find('\0') == std::string::npos);
    const std::string_view text = std::string_view{data}.substr(0, data.size() - 3);
    require(text.empty() || text.ends_with("\r\n"));
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool line_begins = i == 0 || text[i - 1] == '\n';
        require(!line_begins || text[i] != '.' || text[i + 1] != '\r');
        require(text[i] != '\r' || text[i + 1] == '\n');
        require(text[i] != '\n' || (i > 0 && text[i - 1] == '\r'));
    }
    longest_line(mail);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    const std::vector<SmtpReply> whole = replies(bytes, size);
    for (const SmtpReply& reply : whole) look_at(reply);
    require(replies(bytes, 1 + data[0] % 16) == whole);
    send(bytes);
    return 0;
}
