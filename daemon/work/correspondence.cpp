#include "daemon/work/correspondence.hpp"

#include <algorithm>
#include <utility>

#include "daemon/desk/mailbox_named.hpp"
#include "daemon/work/mail_context.hpp"
#include "daemon/work/shown_images.hpp"
#include "daemon/work/ticket_clocks.hpp"
#include "parsers/message/parse_message.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/digest.hpp"
#include "parsers/text/ensure.hpp"
#include "parsers/text/lists.hpp"
#include "rules/people/staff.hpp"
#include "rules/sla/promise.hpp"
#include "rules/sla/ticket_history.hpp"
#include "rules/sla/told_due.hpp"

namespace bellhop::daemon {
namespace {

constexpr std::chrono::hours retry_for{5 * 24};  // RFC 5321 section 4.5.4.1: at least 4 to 5 days
constexpr const char* asked_again = "chased";    // the text for who chases or complains
constexpr std::size_t most_references = 20;      // of a later mail: its ends are what threads it

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

bool is_requester_known(const Desk& desk, const rules::Ticket& ticket) {
    const rules::Standing standing =
        ticket.is_requester_believed() ? rules::Standing::himself : rules::Standing::nobody;
    return familiarity(ticket.requester.address, standing, desk) == rules::Familiarity::known;
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
    const bool is_only_one = mail.label.empty();
    const std::string label = is_only_one ? only_label(mail.kind) : mail.label;
    // Who asks again in a mail of its own has it beside the earlier ones.
    const bool is_within = mail.text == asked_again;
    const AnswerLetter letter{
        mail.text.empty() ? name : mail.text, label, parsers::joined(mail.notes, " "), mail.values,
        is_within ? conversation_of(ticket) : rules::conversation_of(original.message)};
    const Answer answer = composed(ticket, mail.kind, mail.recipient, letter);
    storage::OutboxMail row =
        row_about(ticket.id, mail.recipient, answer.mail, mail.kind, is_only_one ? name : label);
    // What it says of time may be past when it goes out at last.
    if (!answer.promise.empty() || letter.text == asked_again) row.letter = pairs_of(letter);
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
    if (letter.text == asked_again) {
        add_what_holds(ticket, facts);
    } else if (ticket.status == rules::status::waiting_approval) {
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
    ensure(!mail.letter.empty() && !mail.shown);
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
    facts.notes = parsers::joined(mail.notes, " ");
    facts.more = mail.values;
    const rules::MailText& text =
        text_named(desk_, mail.text.empty() ? text_for(mail.kind) : mail.text);
    const rules::Letterhead head = letterhead();
    const bool is_to_staff = entry_of(mail.kind).reader == rules::MailReader::staff;
    if (is_to_staff) facts.reader = rules::Reader::staff;
    if (mail.kind == rules::MailKind::approved && has_waited_from_the_start(ticket.id)) {
        add_promise(ticket, now_, facts);  // its clock begins to run now
    }
    facts.reply = mail.reply.value_or(entry_of(mail.kind).reply);
    std::vector<parsers::OutgoingFile> images = images_of(ticket, mail);
    for (std::size_t i = 0; i < images.size(); ++i) {
        facts.more["image_" + std::to_string(i + 1)] = images[i].content_id;
    }
    parsers::OutgoingMessage composed =
        is_to_staff ? rules::desk_mail(text, head, ticket, facts)
                    : rules::later_mail(text, head, ticket, conversation_of(ticket), facts);
    composed.files = std::move(images);
    storage::OutboxMail row =
        row_about(ticket.id, mail.recipient, composed, mail.kind, facts.label);
    row.until = mail.until;
    queue(row);
    record_promise(ticket.id, facts.promise);
}

std::vector<parsers::OutgoingFile> Correspondence::images_of(const rules::Ticket& ticket,
                                                             const rules::SendMail& mail) const {
    const auto shown =
        mail.shown && !ticket.restricted ? store_.tickets.find_message(*mail.shown) : std::nullopt;
    if (!shown || shown->ticket != ticket.id) return {};
    return shown_images(store_.blobs, *shown);
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
                             ticket, conversation_of(ticket), facts);
    for (const std::string& copy : reply.copies) mail.cc.push_back({{}, copy});
    for (const rules::AttachedFile& file : reply.files) {
        mail.files.push_back({file.name, file.bytes, {}});
    }
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
    const std::string bytes = parsers::compose(mail);
    if (reply.files.empty()) {
        row.raw_sha256 = store_.blobs.put(bytes);
    } else {
        // As of a mail that comes in: the files once, whoever else has them.
        const parsers::Message sent = parsers::parse_message(bytes);
        row.raw_sha256 = parsers::hex(parsers::sha256(bytes));
        store_.blobs.put_mail(bytes, row.raw_sha256, sent.attachments);
        for (const parsers::Attachment& one : sent.attachments) {
            row.attachments.push_back({one.filename, one.content_type, one.bytes.size(), one.sha256,
                                       one.disposition, one.content_id});
        }
    }
    store_.tickets.add_message(row);
}

void Correspondence::digest(const std::string& recipient,
                            const std::string& list,
                            std::size_t count,
                            const rules::Ticket* about) {
    const rules::MailKind kind = rules::MailKind::digest;
    rules::TemplateValues values{{"list", list}, {"number", std::to_string(count)}};
    if (about == nullptr) {
        queue(row_about_no_ticket(letterhead(), recipient, kind, list, std::move(values)));
        return;
    }
    values["keeps_note"] = "yes";
    rules::SendMail mail{kind, recipient};
    mail.label = label_of_many(kind, recipient, list);
    mail.values = std::move(values);
    send(*about, mail);
}

std::optional<storage::OutboxId> Correspondence::trouble(const std::string& recipient,
                                                         const std::string& cause,
                                                         rules::TemplateValues values) {
    return store_.outbox.enqueue(row_about_no_ticket(
        letterhead(), recipient, rules::MailKind::trouble, cause, std::move(values)));
}

storage::OutboxMail Correspondence::trouble_past_store(const std::string& recipient,
                                                       const std::string& cause,
                                                       rules::TemplateValues values) const {
    return row_about_no_ticket(daemon::letterhead(desk_, key_), recipient, rules::MailKind::trouble,
                               cause, std::move(values));
}

/// `what` tells it from others of this instant.
std::string Correspondence::label_of_many(rules::MailKind kind,
                                          const std::string& recipient,
                                          const std::string& what) const {
    return std::string{entry_of(kind).label} + "-" +
           std::to_string(now_.time_since_epoch().count()) + "-" +
           parsers::hex(parsers::sha256(recipient + "\n" + what)).substr(0, 8);
}

/// A reply to it comes back to its writer. `what` tells it from others of this instant.
storage::OutboxMail Correspondence::row_about_no_ticket(const rules::Letterhead& head,
                                                        const std::string& recipient,
                                                        rules::MailKind kind,
                                                        const std::string& what,
                                                        rules::TemplateValues values) const {
    rules::Ticket none;
    none.mailbox = desk_.settings.mailboxes.front().name;
    rules::AnswerFacts facts = facts_for(none, recipient);
    facts.reader = rules::Reader::staff;
    facts.reply = entry_of(kind).reply;
    facts.label = label_of_many(kind, recipient, what);
    facts.more = std::move(values);
    const parsers::OutgoingMessage mail =
        rules::desk_mail(text_named(desk_, name_of(kind)), head, none, facts);
    return row_of(recipient, mail, kind, facts.label);
}

void Correspondence::send_about_none(const rules::SendMail& mail) {
    rules::Ticket none;
    none.mailbox = desk_.settings.mailboxes.front().name;
    rules::AnswerFacts facts = facts_for(none, mail.recipient);
    facts.reader = rules::Reader::staff;
    facts.label = mail.label;
    facts.more = mail.values;
    queue(row_of(mail.recipient,
                 rules::desk_mail(text_named(desk_, name_of(mail.kind)), letterhead(), none, facts),
                 mail.kind, mail.label));
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
    const bool waits = entry_of(kind).reader == rules::MailReader::requester;
    row.next_attempt_at = waits ? now_ + send_delay_ : now_;
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
    facts.reader = is_requester_known(desk_, ticket) ? rules::Reader::known_requester
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
    rules::TemplateValues said = values_of(promise);
    // Nobody solves by a quarter past one what is told in confidence: somebody answers.
    if (ticket.restricted) {
        if (said["respond_by"].empty()) said["respond_by"] = said["resolve_by"];
        said.erase("resolve_by");
    }
    facts.promise = phrases.say(rules::MailPhrase::promise, said);
    facts.chase = phrases.say(rules::MailPhrase::chase, chase_values(promise));
    facts.more["targets"] = phrases.say(rules::MailPhrase::targets, target_values(targets));
}

/// What has been promised on a ticket that is worked on, as its clocks stand: told again, never
/// anew.
void Correspondence::add_what_holds(const rules::Ticket& ticket, rules::AnswerFacts& facts) const {
    const TicketClocks clocks = clocks_of(desk_, ticket, store_.tickets.events(ticket.id), now_);
    for (const rules::TimerKind kind : {rules::TimerKind::response, rules::TimerKind::resolution}) {
        const auto due = rules::told_due(clocks.of(kind), *clocks.calendar);
        if (!due || clocks.stop_of(kind)) continue;
        if (*due <= now_) {
            facts.more["late"] = "yes";
        } else {
            facts.more[kind == rules::TimerKind::response ? "respond_by" : "resolve_by"] =
                rules::moment_in_words(*clocks.calendar, *due, now_,
                                       word_style_of(desk_, ticket.school));
        }
    }
}

/// The address behind a mailbox; the first one's where it is not configured any more.
std::string Correspondence::address_of(const std::string& mailbox) const {
    const MailboxSettings* known = mailbox_named(desk_, mailbox);
    return known != nullptr ? known->address : desk_.settings.mailboxes.front().address;
}

/// A mail to us from somebody of the desk, which the requester has not got.
bool Correspondence::is_among_the_desk(const storage::StoredMessage& message,
                                       const std::string& requester) const {
    if (message.direction != storage::Direction::in) return false;
    const auto is_requester = [&requester](const std::string& address) {
        return parsers::address_key(address) == requester;
    };
    if (is_requester(message.from.address)) return false;
    return rules::is_of_the_desk(staff_of(desk_), message.from.address) &&
           std::none_of(message.to.begin(), message.to.end(), is_requester);
}

rules::Conversation Correspondence::conversation_of(const rules::Ticket& ticket) const {
    rules::Conversation conversation;
    const std::string requester = parsers::address_key(ticket.requester.address);
    for (const storage::StoredMessage& message : store_.tickets.messages(ticket.id)) {
        if (message.message_id.empty() || is_among_the_desk(message, requester)) continue;
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
