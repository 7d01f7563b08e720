#include "daemon/work/correspondence.hpp"

#include <algorithm>

#include "parsers/text/ascii.hpp"
#include "parsers/text/digest.hpp"
#include "rules/people/staff.hpp"
#include "rules/sla/promise.hpp"
#include "rules/sla/ticket_history.hpp"

namespace bellhop::daemon {
namespace {

constexpr std::chrono::hours retry_for{5 * 24};  // RFC 5321 section 4.5.4.1: at least 4 to 5 days
constexpr const char* stranger = "unknown";      // the group of those whom nobody knows
constexpr std::size_t most_references = 20;      // of a later mail: its ends are what threads it

std::string joined(const std::vector<std::string>& sentences) {
    std::string text;
    for (const std::string& one : sentences) text += (text.empty() ? "" : " ") + one;
    return text;
}

/// Of a kind of which a ticket gets one mail only.
std::string only_label(rules::MailKind kind) {
    return std::string{entry_of(kind).label} + "-1";
}

std::vector<std::string> recipients_of(const rules::Ticket& ticket, const rules::SendReply& reply) {
    std::vector<std::string> recipients{ticket.requester.address};
    recipients.insert(recipients.end(), reply.copies.begin(), reply.copies.end());
    return recipients;
}

}  // namespace

bool is_known(const Desk& desk, const std::string& address) {
    if (!desk.rules.people) return true;
    return desk.rules.people->sender(address).groups != std::vector<std::string>{stranger};
}

/// Signed with the key of the database's generation.
rules::Letterhead Correspondence::letterhead() const {
    rules::Letterhead letterhead = daemon::letterhead(desk_, key_);
    letterhead.key = store_.generations.keys(key_).current;
    return letterhead;
}

void Correspondence::answer(const rules::Ticket& ticket,
                            const rules::SendMail& mail,
                            const rules::MailReceived& original) {
    const std::string name = name_of(mail.kind);
    const AnswerLetter letter{mail.text.empty() ? name : mail.text, only_label(mail.kind),
                              joined(mail.notes), mail.values,
                              rules::conversation_of(original.message)};
    const Answer answer = composed(ticket, mail.kind, mail.recipient, letter);
    storage::OutboxMail row = row_about(ticket.id, mail.recipient, answer.mail, mail.kind, name);
    if (!answer.promise.empty()) row.letter = pairs_of(letter);
    queue(row);
    record_promise(ticket.id, answer.promise);
}

Correspondence::Answer Correspondence::composed(const rules::Ticket& ticket,
                                                rules::MailKind kind,
                                                const std::string& recipient,
                                                const AnswerLetter& letter) const {
    rules::AnswerFacts facts = facts_for(ticket, recipient);
    facts.label = letter.label;
    facts.notes = letter.notes;
    facts.more = letter.values;
    if (ticket.status == rules::status::waiting_approval) {
        // Its clock stands: nothing can be promised before somebody has agreed.
        facts.more["waits_for"] = approver_of(ticket);
    } else if (kind == rules::MailKind::acknowledgement) {
        add_promise(ticket, ticket.opened_at, facts);
    }
    return {rules::answer_mail(text_named(desk_, letter.text), letterhead(), ticket,
                               letter.conversation, facts),
            facts.promise};
}

void Correspondence::compose_anew(const rules::Ticket& ticket, storage::OutboxMail& mail) {
    const AnswerLetter letter = letter_of(mail.letter);
    if (!desk_.texts.contains(letter.text)) return;
    Answer answer = composed(ticket, mail.kind, mail.recipient, letter);
    // The mailbox may have moved to another address since; what has been told of the mail stays.
    answer.mail.message_id = mail.message_id;
    mail.bytes = parsers::compose(answer.mail);
    mail.composed_at = now_;
    store_.outbox.compose_anew(mail.id, mail.bytes, now_);
    record_promise(ticket.id, answer.promise);
}

void Correspondence::record_promise(rules::TicketId ticket, const std::string& promise) {
    if (!promise.empty()) {
        store_.tickets.record(ticket, {now_, rules::Event::promised, "gateway", promise, {}});
    }
}

void Correspondence::send(const rules::Ticket& ticket, const rules::SendMail& mail) {
    rules::AnswerFacts facts = facts_for(ticket, mail.recipient);
    facts.label = mail.label.empty() ? only_label(mail.kind) : mail.label;
    facts.notes = joined(mail.notes);
    facts.more = mail.values;
    const rules::MailText& text =
        text_named(desk_, mail.text.empty() ? text_for(mail.kind) : mail.text);
    const rules::Letterhead head = letterhead();
    const bool is_to_staff = entry_of(mail.kind).reader == rules::MailReader::staff;
    if (is_to_staff) facts.reader = rules::Reader::staff;
    if (mail.kind == rules::MailKind::approved && has_waited_from_the_start(ticket.id)) {
        add_promise(ticket, now_, facts);  // its clock begins to run now
    }
    const parsers::OutgoingMessage composed =
        is_to_staff ? rules::desk_mail(text, head, ticket, facts)
                    : rules::later_mail(text, head, ticket, conversation_of(ticket.id), facts);
    storage::OutboxMail row =
        row_about(ticket.id, mail.recipient, composed, mail.kind, facts.label);
    row.until = mail.until;
    queue(row);
    record_promise(ticket.id, facts.promise);
}

void Correspondence::reply(const rules::Ticket& ticket, const rules::SendReply& reply) {
    const parsers::OutgoingMessage mail = written_mail(ticket, reply);
    const rules::MailKind kind = rules::MailKind::reply;
    keep(ticket, reply, mail);
    std::string recipients;
    for (const std::string& recipient : recipients_of(ticket, reply)) {
        const std::string copy = recipients.empty() ? "" : "/" + recipient;
        queue(row_about(ticket.id, recipient, mail, kind, mail.message_id + copy));
        recipients += (recipients.empty() ? "" : ", ") + recipient;
    }
    store_.tickets.record(ticket.id,
                          {now_,
                           rules::Event::agent_reply,
                           reply.actor,
                           "mail to " + recipients,
                           {{"mail", mail.message_id}, {"to", mail.to.front().address}}});
}

parsers::OutgoingMessage Correspondence::written_mail(const rules::Ticket& ticket,
                                                      const rules::SendReply& reply) const {
    rules::AnswerFacts facts = facts_for(ticket, ticket.requester.address);
    // Whoever answers has looked who it is.
    facts.reader = rules::Reader::known_requester;
    facts.label = "reply-" + std::to_string(store_.tickets.messages(ticket.id).size() + 1);
    facts.more = reply.values;
    facts.more["words"] = reply.text.substr(0, reply.text.find_last_not_of(" \t\r\n") + 1);
    facts.more["agent"] = reply.actor.starts_with("agent ") ? reply.actor.substr(6) : reply.actor;
    parsers::OutgoingMessage mail =
        rules::personal_mail(text_named(desk_, name_of(rules::MailKind::reply)), letterhead(),
                             ticket, conversation_of(ticket.id), facts);
    for (const std::string& copy : reply.copies) mail.cc.push_back({{}, copy});
    return mail;
}

/// Whose yes it waits for, in words for the requester.
std::string Correspondence::approver_of(const rules::Ticket& ticket) const {
    std::string approver;
    for (const rules::TicketEvent& entry : store_.tickets.events(ticket.id)) {
        if (entry.type == rules::Event::held) approver = rules::value_of(entry, "approver");
    }
    return rules::approvers_in_words(desk_.rules.known_people(), ticket.school, approver);
}

bool Correspondence::has_waited_from_the_start(rules::TicketId ticket) const {
    for (const rules::TicketEvent& entry : store_.tickets.events(ticket)) {
        if (entry.type != rules::Event::created) continue;
        return rules::value_of(entry, "status") == rules::status::waiting_approval;
    }
    return false;
}

/// The desk's own text for this kind of mail, where it has written one, or the one that several
/// kinds share.
std::string Correspondence::text_for(rules::MailKind kind) const {
    std::string name = name_of(kind);
    return desk_.texts.contains(name) ? name : rules::text_of(kind);
}

/// A person's words stand in the ticket, with the bytes that went out.
void Correspondence::keep(const rules::Ticket& ticket,
                          const rules::SendReply& reply,
                          const parsers::OutgoingMessage& mail) {
    storage::StoredMessage row;
    row.ticket = ticket.id;
    row.direction = storage::Direction::out;
    row.at = now_;
    row.from = {desk_.settings.desk.name, address_of(ticket.mailbox)};
    row.to = recipients_of(ticket, reply);
    row.text = reply.text;
    row.reply_text = reply.text;
    row.message_id = mail.message_id;
    row.subject = mail.subject;
    row.raw_sha256 = store_.blobs.put(parsers::compose(mail));
    store_.tickets.add_message(row);
}

void Correspondence::digest(const std::string& recipient,
                            const std::string& list,
                            std::size_t count) {
    // About no ticket of its own: a reply to it opens one.
    rules::Ticket none;
    none.mailbox = desk_.settings.mailboxes.front().name;
    rules::AnswerFacts facts = facts_for(none, recipient);
    facts.reader = rules::Reader::staff;
    facts.label = "digest-" + std::to_string(now_.time_since_epoch().count()) + "-" +
                  parsers::hex(parsers::sha256(recipient + "\n" + list)).substr(0, 8);
    facts.more = {{"list", list}, {"number", std::to_string(count)}};
    const parsers::OutgoingMessage mail = rules::desk_mail(
        text_named(desk_, name_of(rules::MailKind::digest)), letterhead(), none, facts);
    queue(row_of(recipient, mail, rules::MailKind::digest, facts.label));
}

storage::OutboxMail Correspondence::row_of(const std::string& recipient,
                                           const parsers::OutgoingMessage& mail,
                                           rules::MailKind kind,
                                           const std::string& key) const {
    const bool is_personal = entry_of(kind).writer == rules::MailWriter::person;
    storage::OutboxMail row;
    row.kind = kind;
    row.unique_key = key;
    row.message_id = mail.message_id;
    row.envelope_sender = is_personal ? mail.from.address : desk_.settings.smtp.envelope_sender;
    row.recipient = recipient;
    row.bytes = parsers::compose(mail);
    row.automatic = !is_personal;
    row.created_at = now_;
    row.composed_at = now_;
    row.next_attempt_at = now_;
    row.expires_at = now_ + retry_for;
    return row;
}

storage::OutboxMail Correspondence::row_about(rules::TicketId ticket,
                                              const std::string& recipient,
                                              const parsers::OutgoingMessage& mail,
                                              rules::MailKind kind,
                                              const std::string& key) const {
    storage::OutboxMail row = row_of(recipient, mail, kind,
                                     key + "/" + std::to_string(static_cast<std::int64_t>(ticket)));
    row.ticket = ticket;
    return row;
}

/// Nothing where a mail of the same key has been queued before.
void Correspondence::queue(const storage::OutboxMail& row) {
    if (!store_.outbox.enqueue(row) || !row.ticket) return;
    store_.tickets.record(*row.ticket, {now_,
                                        rules::MailEvent{row.kind, rules::MailStep::queued},
                                        "gateway",
                                        "queued for " + row.recipient,
                                        {{"message_id", row.message_id}}});
}

rules::AnswerFacts Correspondence::facts_for(const rules::Ticket& ticket,
                                             const std::string& recipient) const {
    rules::AnswerFacts facts;
    facts.mailbox_address = address_of(ticket.mailbox);
    facts.recipient = recipient;
    facts.reader = daemon::is_known(desk_, ticket.requester.address)
                       ? rules::Reader::known_requester
                       : rules::Reader::stranger;
    facts.now = now_;
    facts.received =
        rules::moment_in_words(calendar_of(desk_, ticket.school),
                               std::chrono::floor<std::chrono::minutes>(ticket.opened_at), now_,
                               word_style_of(desk_, ticket.school));
    for (const rules::Priority& each : desk_.policy.priorities) {
        // "Urgent (urgent)" would say it twice.
        const bool says_more = parsers::lower_case(each.name) != parsers::lower_case(each.id);
        if (each.id == ticket.priority && says_more) facts.priority_name = each.name;
    }
    return facts;
}

/// By when somebody answers, as sla.toml says; nothing where it promises nothing.
void Correspondence::add_promise(const rules::Ticket& ticket,
                                 std::chrono::sys_seconds arrived,
                                 rules::AnswerFacts& facts) const {
    if (desk_.policy.versions.empty()) return;
    const rules::BusinessCalendar& calendar = calendar_of(desk_, ticket.school);
    const rules::Targets targets =
        rules::targets_for(desk_.policy, ticket.priority, plan_of(desk_, ticket.school),
                           calendar.wall_clock(ticket.opened_at).date);
    const rules::Promise promise = rules::promise_for(calendar, targets, arrived, now_,
                                                      word_style_of(desk_, ticket.school), {});
    const rules::MailPhrases& phrases = desk_.phrases;
    facts.promise = phrases.say(rules::MailPhrase::promise, values_of(promise));
    facts.chase = phrases.say(rules::MailPhrase::chase, chase_values(promise));
    facts.more["targets"] = phrases.say(rules::MailPhrase::targets, target_values(targets));
}

/// The address behind a mailbox; the first one's where it is not configured any more.
std::string Correspondence::address_of(const std::string& mailbox) const {
    for (const MailboxSettings& one : desk_.settings.mailboxes) {
        if (one.name == mailbox) return one.address;
    }
    return desk_.settings.mailboxes.front().address;
}

rules::Conversation Correspondence::conversation_of(rules::TicketId ticket) const {
    rules::Conversation conversation;
    for (const storage::StoredMessage& message : store_.tickets.messages(ticket)) {
        if (message.message_id.empty()) continue;
        if (!conversation.last.empty()) conversation.earlier.push_back(conversation.last);
        conversation.last = message.message_id;
    }
    auto& earlier = conversation.earlier;
    if (earlier.size() > most_references) {
        earlier.erase(earlier.begin(),
                      earlier.end() - static_cast<std::ptrdiff_t>(most_references));
    }
    return conversation;
}

}  // namespace bellhop::daemon
