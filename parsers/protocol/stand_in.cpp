#include "parsers/protocol/stand_in.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "parsers/text/ascii.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t header_bytes = 16 * 1024;   // looked at of a mail; apologies are short
constexpr std::size_t apology_bytes = 16 * 1024;  // longer than any

/// The header fields, in lower case, folded lines joined.
std::string header_of(std::string_view mail) {
    const std::size_t end = std::min(mail.find("\r\n\r\n"), mail.find("\n\n"));
    std::string header{mail.substr(0, std::min(end, header_bytes))};
    std::transform(header.begin(), header.end(), header.begin(), lower);
    for (const char* fold : {"\r\n ", "\r\n\t", "\n ", "\n\t"}) {
        for (std::size_t at = header.find(fold); at != std::string::npos; at = header.find(fold)) {
            header.erase(at, std::string_view{fold}.size() - 1);
            header[at] = ' ';
        }
    }
    return header;
}

bool has_field(const std::string& header, std::string_view beginning) {
    return header.starts_with(beginning) ||
           header.find('\n' + std::string{beginning}) != std::string::npos;
}

/// Exchange's has its number behind these words; it comes without address and Message-ID. Courier's
/// is from root, without a Message-ID. A mail of a person about such a text has one.
bool is_apology(std::string_view mail) {
    if (mail.size() > apology_bytes) return false;
    const std::string header = header_of(mail);
    if (has_field(header, "message-id:")) return false;
    return has_field(header, "subject: retrieval using the imap4 protocol failed") ||
           has_field(header, "subject: message unavailable");
}

/// The name of Exchange Online's placeholder for an attachment, where a name of a part stands.
bool has_placeholder(std::string_view mail) {
    constexpr std::array<std::string_view, 2> endings{"Scan In Progress", "Scan%20In%20Progress"};
    constexpr std::size_t before = 60;  // bytes: name*=utf-8''Safe%20Attachments%20
    for (const std::string_view ending : endings) {
        for (std::size_t at = mail.find(ending); at != std::string_view::npos;
             at = mail.find(ending, at + 1)) {
            const std::size_t begin = at - std::min(at, before);
            const std::string_view lead = mail.substr(begin, at - begin);
            const bool in_name = lead.find("name=") != std::string_view::npos ||
                                 lead.find("name*=") != std::string_view::npos;
            const bool ours = lead.ends_with("ATP ") || lead.ends_with("ATP%20") ||
                              lead.ends_with("Attachments ") || lead.ends_with("Attachments%20");
            if (in_name && ours) return true;
        }
    }
    return false;
}

}  // namespace

StandIn stand_in(std::string_view mail) {
    if (is_apology(mail)) return StandIn::apology;
    return has_placeholder(mail) ? StandIn::scan_in_progress : StandIn::none;
}

}  // namespace bellhop::parsers
