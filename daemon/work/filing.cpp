#include "daemon/work/filing.hpp"

#include <algorithm>

#include "daemon/work/correspondence.hpp"
#include "daemon/work/mail_way.hpp"
#include "parsers/text/digest.hpp"
#include "parsers/text/ensure.hpp"
#include "rules/desk/proof.hpp"
#include "rules/desk/tell.hpp"
#include "rules/mail/greeting_name.hpp"
#include "rules/ticket/mail_report.hpp"
#include "rules/ticket/threading.hpp"

namespace bellhop::daemon {
namespace {

constexpr const char* gateway = "gateway";    // an actor
constexpr std::string_view agent = "agent ";  // begins an actor of the desk

/// Carries out one decision; remembers the ticket that its actions are about.
class Filer {
public:
    /// For a mail.
    Filer(const Filing& filing, const rules::MailReceived& mail, std::string_view bytes)
        : store_(filing.store),
          filing_(filing),
          mails_(filing.store, filing.desk, filing.key, filing.now, filing.send_delay),
          at_(mail.at),
          mail_(&mail),
          bytes_(bytes) {}
    /// For a ticket that is there.
    Filer(const Filing& filing, rules::Ticket ticket)
        : store_(filing.store),
          filing_(filing),
          mails_(filing.store, filing.desk, filing.key, filing.now, filing.send_delay),
          at_(filing.now),
          ticket_(ticket),
          before_(std::move(ticket)) {}

    void operator()(const rules::OpenTicket& action) {
        ticket_ = action.ticket;
        ticket_.id = store_.tickets.open(ticket_);
        filed_.outcome = storage::Outcome::ticket;
        store_message();
    }

    void operator()(const rules::AppendTo& action) {
        ticket_ = store_.tickets.find(store_.tickets.current(action.ticket)).value();
        before_ = ticket_;
        filed_.outcome = storage::Outcome::follow_up;
        store_message(action.is_proved);
        believe_requester();
    }

    void operator()(const rules::SetStatus& action) {
        change_status(action.to, action.actor, action.reason, action.until);
    }

    void operator()(const rules::Reopen& action) {
        ++ticket_.cycle;
        ++ticket_.reopened;
        change_status(action.to, action.actor, action.reason, {});
        record({at_, rules::Event::reopened, action.actor, action.reason, {}});
    }

    void operator()(const rules::SetField& action) {
        std::string& field = field_of(action.field);
        rules::TicketEvent event{at_, event_of(action.field), action.actor, action.reason, {}};
        event.values = {{"from", field}, {"to", action.to}};
        field = action.to;
        store_.tickets.update(ticket_);
        record(event);
    }

    void operator()(const rules::SetParticipant& action) {
        const std::string key = parsers::address_key(action.address);
        std::erase(ticket_.participants, key);
        if (action.takes_part) ticket_.participants.push_back(key);
        store_.tickets.update(ticket_);
        record({at_,
                rules::Event::participant,
                action.actor,
                key + (action.takes_part ? " takes part" : " takes part no more"),
                {{action.takes_part ? "added" : "removed", key}}});
    }

    void operator()(const rules::AddTags& action) {
        for (const std::string& tag : action.tags) {
            const auto& tags = ticket_.tags;
            if (std::find(tags.begin(), tags.end(), tag) != tags.end()) continue;
            ticket_.tags.push_back(tag);
            record({at_, rules::Event::tag, action.actor, tag, {{"added", tag}}});
        }
        store_.tickets.update(ticket_);
    }

    void operator()(const rules::RemoveTag& action) {
        std::erase(ticket_.tags, action.tag);
        store_.tickets.update(ticket_);
        record({at_,
                rules::Event::tag,
                action.actor,
                action.tag + " removed",
                {{"removed", action.tag}}});
    }

    void operator()(const rules::SetRequester& action) {
        rules::TicketEvent event{at_, rules::Event::requester, action.actor, {}, {}};
        event.values = {{"from", ticket_.requester.address},
                        {"to", action.requester.address},
                        {"name_before", ticket_.requester.name},
                        {"school_before", ticket_.school}};
        if (ticket_.requester_proof) {
            event.values.emplace_back("proof_before", to_text(*ticket_.requester_proof));
        }
        ticket_.requester = action.requester;
        ticket_.school = action.school;
        ticket_.requester_proof = action.proof;
        const std::string key = parsers::address_key(action.requester.address);
        std::erase(ticket_.participants, key);
        ticket_.participants.insert(ticket_.participants.begin(), key);
        const std::string leaves = parsers::address_key(action.leaves);
        if (leaves != key) std::erase(ticket_.participants, leaves);
        store_.tickets.update(ticket_);
        record(event);
    }

    void operator()(const rules::MergeInto& action) {
        rules::Ticket other = store_.tickets.find(action.other).value();
        const std::string number = std::to_string(static_cast<std::int64_t>(ticket_.id));
        const std::string into = std::to_string(static_cast<std::int64_t>(other.id));
        store_.tickets.merge(ticket_.id, other.id);
        for (const std::string& one : ticket_.participants) {
            if (!rules::takes_part(other, one)) other.participants.push_back(one);
        }
        const bool is_news = ticket_.restricted && !other.restricted;
        other.restricted = other.restricted || ticket_.restricted;
        store_.tickets.update(other);
        if (is_news) {
            store_.tickets.record(
                other.id,
                {at_, rules::Event::restricted, action.actor, "as " + number + " is", {}});
        }
        record({at_, rules::Event::merged, action.actor, "into " + into, {{"into", into}}});
        store_.tickets.record(other.id,
                              {at_,
                               rules::Event::merged,
                               action.actor,
                               number + " (" + ticket_.requester.address + ") is a part of it now",
                               {{"from", number}}});
    }

    void operator()(const rules::TakeBackMails& action) {
        for (const storage::OutboxMail& mail : store_.outbox.of_ticket(ticket_.id)) {
            const auto& wanted = action.message_ids;
            if (std::find(wanted.begin(), wanted.end(), mail.message_id) == wanted.end()) continue;
            if (mail.state != storage::OutboxState::queued || mail.shown) continue;
            store_.outbox.cancel(mail.id, action.reason);
            const rules::MailReport report{rules::MailWay::cancelled, mail.kind, mail.recipient,
                                           mail.message_id, action.reason};
            record(rules::log_entry(report, filing_.now, action.actor));
        }
    }

    void operator()(const rules::Restrict& action) {
        ticket_.restricted = true;
        store_.tickets.update(ticket_);
        record({at_, rules::Event::restricted, "gateway", action.reason, {}});
    }

    void operator()(const rules::LinkTo& action) {
        store_.tickets.link(ticket_.id, action.other, action.kind);
        const std::string other = std::to_string(static_cast<std::int64_t>(action.other));
        record({at_, rules::Event::linked, "gateway", action.kind + " " + other, {}});
    }

    void operator()(const rules::Record& action) {
        if (!action.other) return record(action.event);
        if (store_.tickets.find(*action.other)) {
            store_.tickets.record(*action.other, action.event);
        }
    }

    void operator()(const rules::SendMail& action) {
        // Only what answers the mail itself; what else it brings goes on as the ticket's own mail.
        const bool is_answer = action.kind == rules::MailKind::acknowledgement ||
                               action.kind == rules::MailKind::oversize;
        if (mail_ != nullptr && is_answer) {
            return mails_.answer(ticket_, action, *mail_);
        }
        rules::SendMail mail = action;
        if (mail.label.ends_with('-')) mail.label += number_of(filed_.message);
        mails_.send(ticket_, mail);
    }

    void operator()(const rules::SendReply& action) { mails_.reply(ticket_, action); }

    void operator()(const rules::AddNote& action) {
        storage::StoredMessage row;
        row.ticket = ticket_.id;
        row.direction = storage::Direction::note;
        row.at = at_;
        row.from.name = action.actor;
        row.text = action.text;
        row.reply_text = action.text;
        store_.tickets.add_message(row);
        record({at_, rules::Event::note, action.actor, {}, {}});
    }

    /// Whom it tells is decided for all actions together: tell().
    void operator()(const rules::Notify& /*of the desk*/) {}

    void operator()(const rules::MailCameBack& action) {
        const rules::MailReport& report = action.report;
        // Wherever it was sent from: its ticket may be a part of another one now.
        for (const storage::OutboxMail& mail : store_.outbox.with_message_id(report.message_id)) {
            if (mail.recipient != report.recipient) continue;
            // Told once: a second report about it changes nothing.
            if (!store_.outbox.came_back(mail.id, report.words)) continue;
            note_way(store_, mail, report.way, report.words, filing_.now);
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

    /// The people of the desk hear of all that was done: at once, in the desk's hours, or as one of
    /// many; the due round sends it.
    void tell(const rules::Actions& actions) {
        if (ticket_.id == rules::TicketId{}) return;
        rules::Happening happening{actions, before_, ticket_, actor_of(actions), {}, {}};
        happening.actor_name = name_of_actor(happening.actor);
        // Whose address somebody has forged hears of it like anybody else.
        if (!is_believed()) happening.actor.clear();
        if (!filing_.desk.policy.priorities.empty()) {
            happening.top_priority = filing_.desk.policy.priorities.front().id;
        }
        const rules::Tidings tidings = rules::news_of(happening, staff_of(filing_.desk));
        for (const std::string& name : tidings.unreached) {
            record({filing_.now,
                    rules::Event::notify_failed,
                    "gateway",
                    name + " has no address",
                    {}});
        }
        if (tidings.news.empty()) return;
        std::size_t number = rules::news_count(store_.tickets.events(ticket_.id));
        for (const rules::News& one : tidings.news) {
            record(rules::news_event(one, ++number, filed_.message, filing_.now));
        }
    }

    const Filed& filed() const { return filed_; }
    const rules::Ticket& ticket() const { return ticket_; }

private:
    static std::string number_of(std::optional<rules::MessageId> message) {
        return message ? std::to_string(static_cast<std::int64_t>(*message)) : std::string{};
    }

    /// Who has brought it about: the sender of the mail, or whoever gave the order.
    std::string actor_of(const rules::Actions& actions) const {
        if (mail_ != nullptr) return address_of_sender();
        for (const rules::Action& action : actions) {
            const std::string actor = std::visit(
                [](const auto& one) {
                    if constexpr (requires { one.actor; }) return one.actor;
                    return std::string{};
                },
                action);
            if (!actor.empty() && actor != gateway) return actor;
        }
        return gateway;
    }

    std::string address_of_sender() const {
        return mail_->message.from ? mail_->message.from->address : std::string{};
    }

    bool is_believed() const {
        return mail_ == nullptr || mail_->author.standing == rules::Standing::himself;
    }

    std::string name_of_actor(const std::string& actor) const {
        if (actor == gateway) return {};
        // A name is his own word, and perhaps not even his.
        if (!is_believed()) return rules::harmless_line(actor);
        if (actor.starts_with(agent)) return actor.substr(agent.size());
        const bool is_requester =
            parsers::address_key(actor) == parsers::address_key(ticket_.requester.address);
        std::string name = mail_ != nullptr && mail_->message.from ? mail_->message.from->name : "";
        if (filing_.desk.rules.people) {
            for (const rules::Contact& one : filing_.desk.rules.people->contacts) {
                const bool is_he = parsers::address_key(one.address) == parsers::address_key(actor);
                if (is_he && name.empty()) name = one.name;
            }
        }
        if (name.empty() && is_requester) name = ticket_.requester.name;
        return rules::harmless_line(name.empty() ? actor : rules::spoken_name(name));
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
        rules::TicketEvent event{at_, rules::Event::status, actor, reason, {}};
        event.values = {{"from", ticket_.status}, {"to", to}};
        if (!until.empty()) event.values.emplace_back("until", until);
        ticket_.status = to;
        store_.tickets.update(ticket_);
        record(event);
        withdraw_reminders();
    }

    /// What the requester was to be told of a status that the ticket is in no more.
    void withdraw_reminders() {
        for (const storage::OutboxMail& mail : store_.outbox.of_ticket(ticket_.id)) {
            if (mail.state != storage::OutboxState::queued) continue;
            if (entry_of(mail.kind).withdrawal != rules::Withdrawal::with_status) continue;
            store_.outbox.cancel(mail.id, "the ticket waits no more");
            record({filing_.now,
                    rules::Event::withdrawn,
                    "gateway",
                    name_of(mail.kind) + " to " + mail.recipient,
                    {}});
        }
    }

    /// Who was doubted when he asked, and whose later mail is proved.
    void believe_requester() {
        const auto proof = rules::noted_proof(mail_->author);
        const bool is_his = parsers::address_key(address_of_sender()) ==
                            parsers::address_key(ticket_.requester.address);
        if (ticket_.is_requester_believed() || !is_believed() || !proof || !is_his) return;
        ticket_.requester_proof = proof;
        store_.tickets.update(ticket_);
    }

    void store_message(bool is_proved = true) {
        ensure(mail_ != nullptr);
        const parsers::Message& mail = mail_->message;
        storage::StoredMessage row;
        row.ticket = ticket_.id;
        row.direction = storage::Direction::in;
        row.at = at_;
        row.from = mail.from.value_or(parsers::Address{});
        // Wherever the name is shown: it is not his word.
        if (!is_proved) row.from.name = rules::unproved_mark + row.from.name;
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
        row.author = mail_->author;
        row.raw_sha256 = parsers::hex(parsers::sha256(bytes_));
        store_.blobs.put_mail(bytes_, row.raw_sha256, mail.attachments);
        if (mail.html) row.html_sha256 = store_.blobs.put(*mail.html);
        for (const parsers::Attachment& one : mail.attachments) {
            row.attachments.push_back({one.filename, one.content_type, one.bytes.size(), one.sha256,
                                       one.disposition, one.content_id});
        }
        filed_.ticket = ticket_.id;
        filed_.message = store_.tickets.add_message(row);
    }

    storage::Store& store_;
    const Filing& filing_;
    Correspondence mails_;
    std::chrono::sys_seconds at_;                // of the log entries
    const rules::MailReceived* mail_ = nullptr;  // null: none
    std::string_view bytes_ = {};                // of the mail
    rules::Ticket ticket_ = {};
    std::optional<rules::Ticket> before_ = {};  // nothing: opened here
    Filed filed_ = {};
};

}  // namespace

Filed file_mail(const Filing& filing,
                const rules::MailReceived& mail,
                std::string_view bytes,
                const rules::Actions& actions) {
    Filer filer{filing, mail, bytes};
    for (const rules::Action& action : actions) std::visit(filer, action);
    filer.tell(actions);
    return filer.filed();
}

rules::Ticket file_work(const Filing& filing,
                        const rules::Ticket& ticket,
                        const rules::Actions& actions) {
    Filer filer{filing, ticket};
    for (const rules::Action& action : actions) std::visit(filer, action);
    filer.tell(actions);
    return filer.ticket();
}

}  // namespace bellhop::daemon
