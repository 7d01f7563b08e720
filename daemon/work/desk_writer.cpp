#include "daemon/work/desk_writer.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/message/parse_message.hpp"
#include "rules/desk/proof.hpp"
#include "rules/sla/ticket_history.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;
using rules::TicketId;

constexpr std::size_t most_merged = 100;  // tickets that have become a part of one

std::string address_in_from(const rules::MailReceived& mail) {
    return mail.message.from ? mail.message.from->address : std::string{};
}

/// His own, and those of the teams that he is in: a mail to a team is a mail to him.
std::vector<std::string> addresses_of_reader(const rules::Staff& staff,
                                             const std::string& address) {
    std::vector<std::string> readers{address};
    if (staff.people == nullptr) return readers;
    const rules::Technician* technician =
        staff.people->technician(staff.people->technician_at(address));
    if (technician == nullptr) return readers;
    for (const std::string& name : technician->teams) {
        const rules::Team* team = staff.people->team(name);
        if (team != nullptr && !team->address.empty()) readers.push_back(team->address);
    }
    return readers;
}

/// The tickets whose mails may prove something about the one that the mail belongs to: itself, and
/// those that have become a part of it.
std::vector<TicketId> tickets_meant(const storage::TicketStore& tickets,
                                    const rules::ThreadDecision& thread) {
    if (!thread.ticket) return {TicketId{}};
    std::vector<TicketId> meant{*thread.ticket};
    for (std::size_t at = 0; at < meant.size() && meant.size() < most_merged; ++at) {
        for (const storage::TicketLink& link : tickets.linked_from(meant[at])) {
            if (link.kind == "merged_into") meant.push_back(link.other);
        }
    }
    return meant;
}

/// What has happened to any of them: what is said of a mail in one counts in all.
std::vector<rules::TicketEvent> logs_of(const storage::TicketStore& tickets,
                                        const std::vector<TicketId>& meant) {
    std::vector<rules::TicketEvent> log;
    for (const TicketId one : meant) {
        const std::vector<rules::TicketEvent> entries = tickets.events(one);
        log.insert(log.end(), entries.begin(), entries.end());
    }
    return log;
}

/// The row of "confirm-57".
std::optional<rules::MessageId> row_asked_about(std::string_view label) {
    const std::size_t dash = label.rfind('-');
    if (dash == std::string_view::npos) return std::nullopt;
    std::int64_t row = 0;
    const char* const end = label.data() + label.size();
    const auto [stop, error] = std::from_chars(label.data() + dash + 1, end, row);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return rules::MessageId{row};
}

std::optional<rules::UnprovedMail> asked_about(const Filing& filing,
                                               const rules::MailReceived& answer,
                                               const rules::Proof& proof,
                                               const std::vector<rules::TicketEvent>& log) {
    const auto row = row_asked_about(proof.mail.label);
    const auto stored = row ? filing.store.tickets.find_message(*row) : std::nullopt;
    if (!stored) return std::nullopt;
    const auto bytes = filing.store.blobs.get(stored->raw_sha256);
    if (!bytes) return std::nullopt;
    rules::UnprovedMail asked;
    asked.mail = answer;
    asked.mail.message = parsers::parse_message(*bytes);
    asked.mail.at = stored->at;
    asked.row = *row;
    asked.is_settled = is_settled(log, *row);
    asked.has_opened = filing.store.tickets.messages(stored->ticket).front().id == *row;
    return asked;
}

/// In whose name the address in From speaks; that in Sender of what was sent from the mailbox on
/// its behalf: its server has written that.
std::string name_of_writer(const rules::Staff& staff, const rules::MailReceived& mail) {
    std::string name = name_at_desk(staff, address_in_from(mail));
    const bool has_sender = mail.was_sent_from_here && mail.message.sender;
    if (name.empty() && has_sender) name = name_at_desk(staff, mail.message.sender->address);
    return name;
}

}  // namespace

bool is_settled(const std::vector<rules::TicketEvent>& log, rules::MessageId row) {
    const std::string wanted = std::to_string(static_cast<std::int64_t>(row));
    return std::any_of(log.begin(), log.end(), [&wanted](const rules::TicketEvent& entry) {
        const bool settles =
            entry.type == rules::Event::confirmed || entry.type == rules::Event::disowned;
        return settles && rules::value_of(entry, "message") == wanted;
    });
}

std::optional<rules::DeskWriter> desk_writer(const Filing& filing,
                                             const rules::MailReceived& mail,
                                             const rules::ThreadDecision& thread,
                                             const rules::MailPolicy& policy) {
    const rules::Staff& staff = policy.staff;
    const std::string address = address_in_from(mail);
    const std::vector<TicketId> meant = tickets_meant(filing.store.tickets, thread);
    const std::vector<rules::TicketEvent> log = logs_of(filing.store.tickets, meant);
    rules::DeskWriter writer;
    writer.proof = rules::proof_of(mail.message, meant, addresses_of_reader(staff, address),
                                   policy.keys, rules::exposed_ids(log));
    if (writer.proof && !rules::is_enough(*writer.proof, mail.author.standing)) {
        writer.proof.reset();
    }
    const bool is_of_desk = mail.was_sent_from_here || is_of_the_desk(staff, address);
    if (!writer.proof && !is_of_desk) return std::nullopt;
    writer.name = name_of_writer(staff, mail);
    if (!is_own_address(staff, address)) writer.address = address;
    if (writer.proof && writer.proof->reply == rules::ReplyMeans::confirmation) {
        writer.asked_about = asked_about(filing, mail, *writer.proof, log);
    }
    writer.asked = filing.store.outbox.mails_of_kind(rules::MailKind::confirm, writer.address,
                                                     filing.now - 24h);
    return writer;
}

}  // namespace bellhop::daemon
