#include "daemon/view/mail_list.hpp"

#include <cstddef>
#include <cstdint>

#include <fmt/format.h>

#include "parsers/header/domain_name.hpp"
#include "rules/ticket/mail_kind.hpp"

namespace bellhop::daemon {
namespace {

constexpr std::size_t reason_width = 200;  // characters, on a line of its own
constexpr std::size_t short_reason = 120;  // characters, at the end of a line

std::string in_words(const storage::OutboxMail& mail) {
    std::string text = fmt::format("{:>6}  {:<9} {:<16} ticket {:<7} {}\n",
                                   static_cast<std::int64_t>(mail.id), to_string(mail.state),
                                   name_of(mail.kind), mail.ticket ? number(*mail.ticket) : 0,
                                   parsers::readable_address(mail.recipient));
    if (!mail.last_reply.empty()) {
        text += fmt::format("        after {} attempts: {}\n", mail.attempts,
                            on_one_line(mail.last_reply, reason_width));
    }
    return text;
}

std::string state_of(const storage::QuarantinedMail& mail) {
    if (!mail.released_at) return {};
    if (mail.dropped.empty()) return "  released";
    return "  dropped by " + on_one_line(mail.dropped, short_reason);
}

std::string in_words(const storage::QuarantinedMail& mail) {
    return fmt::format("{:>6}  {} UTC  {}  {} bytes{}\n        {}\n",
                       static_cast<std::int64_t>(mail.id), short_time(mail.at), place_of(mail.key),
                       mail.size, state_of(mail), on_one_line(mail.reason, reason_width));
}

std::string in_words(const storage::LedgerEntry& entry) {
    return fmt::format("{} UTC  {}  {}{}  {}\n", short_time(entry.at), place_of(entry.key),
                       to_string(entry.outcome),
                       entry.ticket ? fmt::format(" {}", number(*entry.ticket)) : "",
                       on_one_line(entry.reason, short_reason));
}

template <class Row>
std::string lines_of(const std::vector<Row>& rows) {
    std::string text;
    for (const Row& row : rows) text += in_words(row);
    return text;
}

}  // namespace

std::string in_words(const std::vector<storage::OutboxMail>& mails) {
    return lines_of(mails);
}

std::string in_words(const std::vector<storage::QuarantinedMail>& mails) {
    return lines_of(mails);
}

std::string in_words(const std::vector<storage::LedgerEntry>& entries) {
    return lines_of(entries);
}

std::string place_of(const storage::MailKey& key) {
    return fmt::format("{}/{}/{}", key.mailbox, storage::uidvalidity_text(key.uidvalidity),
                       key.uid);
}

}  // namespace bellhop::daemon
