#include "daemon/filing.hpp"

#include "parsers/digest.hpp"

namespace bellhop::daemon {
namespace {

constexpr std::chrono::hours retry_for{5 * 24};  // RFC 5321 section 4.5.4.1: at least 4 to 5 days

/// Carries out one decision; remembers the ticket that its actions are about.
class Filer {
public:
    Filer(storage::Store& store, const Filing& filing) : store_(store), filing_(filing) {}

    void operator()(const rules::OpenTicket& action) {
        ticket_ = action.ticket;
        ticket_.id = store_.tickets.open(ticket_);
        filed_.outcome = storage::Outcome::ticket;
        store_message();
    }

    void operator()(const rules::AppendTo& action) {
        ticket_ = store_.tickets.find(action.ticket).value();
        filed_.outcome = storage::Outcome::follow_up;
        store_message();
    }

    void operator()(const rules::SetStatus& action) { change_status(action.to, action.reason); }

    void operator()(const rules::Reopen& action) {
        ++ticket_.cycle;
        ++ticket_.reopened;
        change_status(rules::status::open, action.reason);
    }

    void operator()(const rules::LinkTo& action) {
        store_.tickets.link(ticket_.id, action.other, action.kind);
        const std::string other = std::to_string(static_cast<std::int64_t>(action.other));
        record({filing_.mail.at, "linked", "gateway", action.kind + " " + other, {}});
    }

    void operator()(const rules::Record& action) { record(action.event); }

    void operator()(const rules::SendMail& action) {
        const bool oversize = action.kind == rules::MailKind::oversize;
        const rules::MailText& text =
            oversize ? filing_.desk.oversize : filing_.desk.acknowledgement;
        rules::AnswerFacts facts;
        facts.mailbox_address = filing_.mail.mailbox_address;
        facts.recipient = action.recipient;
        facts.label = oversize ? "oversize-1" : "ack-1";
        facts.now = filing_.now;
        const parsers::OutgoingMessage mail = rules::answer_mail(
            text, letterhead(filing_.desk, filing_.key), ticket_, filing_.mail.message, facts);
        queue(mail, action.recipient, oversize ? "oversize" : "acknowledgement");
    }

    void operator()(const rules::Ignore& action) {
        filed_.outcome = storage::Outcome::ignored;
        filed_.reason = action.reason;
    }

    const Filed& filed() const { return filed_; }

private:
    void record(const rules::TicketEvent& event) { store_.tickets.record(ticket_.id, event); }

    void change_status(const std::string& to, const std::string& reason) {
        rules::TicketEvent event{filing_.mail.at, "status", "gateway", reason, {}};
        event.values = {{"from", ticket_.status}, {"to", to}};
        ticket_.status = to;
        store_.tickets.update(ticket_);
        record(event);
    }

    void store_message() {
        const parsers::Message& mail = filing_.mail.message;
        storage::StoredMessage row;
        row.ticket = ticket_.id;
        row.direction = storage::Direction::in;
        row.at = filing_.mail.at;
        row.from = mail.from.value_or(parsers::Address{});
        for (const auto* list : {&mail.to, &mail.cc}) {
            for (const parsers::Address& one : *list) row.to.push_back(one.address);
        }
        row.message_id = mail.message_id;
        row.subject = mail.subject;
        row.text = mail.text;
        row.reply_text = mail.reply_text;
        row.kind = mail.kind;
        row.evidence = mail.evidence;
        row.defects = mail.defects;
        row.raw_sha256 = parsers::hex(parsers::sha256(filing_.bytes));
        store_.blobs.put_mail(filing_.bytes, row.raw_sha256, mail.attachments);
        if (mail.html) row.html_sha256 = store_.blobs.put(*mail.html);
        for (const parsers::Attachment& one : mail.attachments) {
            row.attachments.push_back({one.filename, one.content_type, one.bytes.size(), one.sha256,
                                       one.disposition, one.content_id});
        }
        filed_.ticket = ticket_.id;
        filed_.message = store_.tickets.add_message(row);
    }

    void queue(const parsers::OutgoingMessage& mail,
               const std::string& recipient,
               const std::string& kind) {
        storage::OutboxMail row;
        row.ticket = ticket_.id;
        row.kind = kind;
        row.unique_key = kind + "/" + std::to_string(static_cast<std::int64_t>(ticket_.id));
        row.message_id = mail.message_id;
        row.envelope_sender = filing_.desk.settings.smtp.envelope_sender;
        row.recipient = recipient;
        row.bytes = parsers::compose(mail);
        row.created_at = filing_.now;
        row.next_attempt_at = filing_.now;
        row.expires_at = filing_.now + retry_for;
        if (store_.outbox.enqueue(row)) {
            record({filing_.now,
                    kind,
                    "gateway",
                    "queued for " + recipient,
                    {{"message_id", mail.message_id}}});
        }
    }

    storage::Store& store_;
    const Filing& filing_;
    rules::Ticket ticket_ = {};
    Filed filed_ = {};
};

}  // namespace

Filed file(storage::Store& store, const Filing& filing, const rules::Actions& actions) {
    Filer filer{store, filing};
    for (const rules::Action& action : actions) std::visit(filer, action);
    return filer.filed();
}

}  // namespace bellhop::daemon
