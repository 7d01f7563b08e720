#include "daemon/filing.hpp"

#include <algorithm>

#include "parsers/digest.hpp"
#include "rules/promise.hpp"

namespace bellhop::daemon {
namespace {

constexpr std::chrono::hours retry_for{5 * 24};  // RFC 5321 section 4.5.4.1: at least 4 to 5 days

std::string joined(const std::vector<std::string>& sentences) {
    std::string text;
    for (const std::string& one : sentences) text += (text.empty() ? "" : " ") + one;
    return text;
}

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

    void operator()(const rules::SetStatus& action) {
        change_status(action.to, action.actor, action.reason, action.until);
    }

    void operator()(const rules::Reopen& action) {
        ++ticket_.cycle;
        ++ticket_.reopened;
        change_status(action.to, action.actor, action.reason, {});
        record({filing_.mail.at, "reopened", action.actor, action.reason, {}});
    }

    void operator()(const rules::SetField& action) {
        std::string& field = field_of(action.field);
        rules::TicketEvent event{
            filing_.mail.at, name_of(action.field), action.actor, action.reason, {}};
        event.values = {{"from", field}, {"to", action.to}};
        field = action.to;
        store_.tickets.update(ticket_);
        record(event);
    }

    void operator()(const rules::AddTags& action) {
        for (const std::string& tag : action.tags) {
            const auto& tags = ticket_.tags;
            if (std::find(tags.begin(), tags.end(), tag) != tags.end()) continue;
            ticket_.tags.push_back(tag);
            record({filing_.mail.at, "tag", "gateway", tag, {}});
        }
        store_.tickets.update(ticket_);
    }

    void operator()(const rules::Restrict& action) {
        ticket_.restricted = true;
        store_.tickets.update(ticket_);
        record({filing_.mail.at, "restricted", "gateway", action.reason, {}});
    }

    void operator()(const rules::LinkTo& action) {
        store_.tickets.link(ticket_.id, action.other, action.kind);
        const std::string other = std::to_string(static_cast<std::int64_t>(action.other));
        record({filing_.mail.at, "linked", "gateway", action.kind + " " + other, {}});
    }

    void operator()(const rules::Record& action) { record(action.event); }

    void operator()(const rules::SendMail& action) {
        const bool oversize = action.kind == rules::MailKind::oversize;
        const std::string kind = oversize ? "oversize" : "acknowledgement";
        rules::AnswerFacts facts = facts_for(action.recipient);
        facts.label = oversize ? "oversize-1" : "ack-1";
        facts.notes = joined(action.notes);
        if (!oversize) add_promise(facts);
        const rules::MailText& text =
            text_named(filing_.desk, action.text.empty() ? kind : action.text);
        queue(rules::answer_mail(text, letterhead(filing_.desk, filing_.key), ticket_,
                                 filing_.mail.message, facts),
              action.recipient, kind, kind);
    }

    void operator()(const rules::Notify& action) {
        for (const std::string& name : action.whom) {
            const std::vector<std::string> addresses =
                filing_.desk.rules.people ? filing_.desk.rules.people->addresses_of(name)
                                          : rules::People{}.addresses_of(name);
            if (addresses.empty()) {
                record({filing_.now, "notify_failed", "gateway", name + " has no address", {}});
            }
            for (const std::string& address : addresses) notify(address, action.reason);
        }
    }

    void operator()(const rules::Ignore& action) {
        filed_.outcome = storage::Outcome::ignored;
        filed_.reason = action.reason;
    }

    /// The caller has put the mail aside: there is no ticket to act on.
    void operator()(const rules::Quarantine& action) {
        filed_.outcome = storage::Outcome::quarantined;
        filed_.reason = action.reason;
    }

    const Filed& filed() const { return filed_; }

private:
    rules::AnswerFacts facts_for(const std::string& recipient) const {
        rules::AnswerFacts facts;
        facts.mailbox_address = filing_.mail.mailbox_address;
        facts.recipient = recipient;
        facts.reader =
            filing_.sender_is_known ? rules::Reader::known_requester : rules::Reader::stranger;
        facts.now = filing_.now;
        for (const rules::Priority& each : filing_.desk.policy.priorities) {
            if (each.id == ticket_.priority) facts.priority_name = each.name;
        }
        return facts;
    }

    /// By when somebody answers, as sla.toml says; nothing where it promises nothing.
    void add_promise(rules::AnswerFacts& facts) const {
        const Desk& desk = filing_.desk;
        if (desk.policy.versions.empty()) return;
        const rules::BusinessCalendar& calendar = calendar_of(desk, ticket_.school);
        const rules::Targets targets =
            rules::targets_for(desk.policy, ticket_.priority, plan_of(desk, ticket_.school),
                               calendar.wall_clock(ticket_.opened_at).date);
        const rules::Promise promise =
            rules::promise_for(calendar, targets, ticket_.opened_at, filing_.now,
                               word_style_of(desk, ticket_.school), {});
        facts.promise = rules::promise_in_sentences(promise);
        facts.chase = rules::chase_in_sentences(promise, {});
    }

    void notify(const std::string& address, const std::string& reason) {
        rules::AnswerFacts facts = facts_for(address);
        facts.reader = rules::Reader::staff;
        // Each mail of a ticket may tell somebody something.
        facts.label = "notify-" + std::to_string(static_cast<std::int64_t>(*filed_.message)) + "-" +
                      std::to_string(++notifications_);
        facts.notes = reason;
        queue(rules::desk_mail(text_named(filing_.desk, "notify"),
                               letterhead(filing_.desk, filing_.key), ticket_, facts),
              address, "notify", facts.label);
    }

    std::string& field_of(rules::TicketField field) {
        switch (field) {
            case rules::TicketField::priority:
                return ticket_.priority;
            case rules::TicketField::team:
                return ticket_.team;
            case rules::TicketField::assignee:
                return ticket_.assignee;
            case rules::TicketField::category:
                break;
        }
        return ticket_.category;
    }

    void record(const rules::TicketEvent& event) { store_.tickets.record(ticket_.id, event); }

    void change_status(const std::string& to,
                       const std::string& actor,
                       const std::string& reason,
                       const std::string& until) {
        rules::TicketEvent event{filing_.mail.at, "status", actor, reason, {}};
        event.values = {{"from", ticket_.status}, {"to", to}};
        if (!until.empty()) event.values.emplace_back("until", until);
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
               const std::string& kind,
               const std::string& key) {
        storage::OutboxMail row;
        row.ticket = ticket_.id;
        row.kind = kind;
        row.unique_key = key + "/" + std::to_string(static_cast<std::int64_t>(ticket_.id));
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
    int notifications_ = 0;
};

}  // namespace

Filed file(storage::Store& store, const Filing& filing, const rules::Actions& actions) {
    Filer filer{store, filing};
    for (const rules::Action& action : actions) std::visit(filer, action);
    return filer.filed();
}

}  // namespace bellhop::daemon
