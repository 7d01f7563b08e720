#include "rules/mail/answer_mail.hpp"

#include <algorithm>

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "parsers/text/digest.hpp"
#include "rules/mail/greeting_name.hpp"
#include "rules/mail/phone_link.hpp"
#include "rules/ticket/own_message_id.hpp"
#include "rules/ticket/subject_tag.hpp"

namespace bellhop::rules {
namespace {

constexpr std::size_t most_bytes = 4096;  // of foreign text that is looked at
constexpr std::size_t most_references = 100;

bool is_harmful(UChar32 c) {
    const auto category = u_charType(c);
    return category == U_CONTROL_CHAR || category == U_FORMAT_CHAR || category == U_SURROGATE ||
           category == U_LINE_SEPARATOR || category == U_PARAGRAPH_SEPARATOR ||
           category == U_PRIVATE_USE_CHAR || category == U_UNASSIGNED;
}

/// "http://" and the like are made unclickable: our mails must not carry a stranger's link to third
/// parties.
void take_out_links(std::string& text) {
    for (std::size_t at = text.find("://"); at != std::string::npos; at = text.find("://", at)) {
        text.replace(at, 3, ": //");
        at += 4;
    }
}

std::string size_words(std::uint64_t bytes) {
    return std::to_string(bytes / 1'000'000) + " MB";
}

/// The ticket's subject, as far as the reader may see it.
std::string subject_for(Reader reader, const Letterhead& letterhead, const Ticket& ticket) {
    if (reader == Reader::staff) {
        return ticket.restricted ? "(confidential)" : harmless_line(ticket.subject);
    }
    const bool may_see = !ticket.restricted && reader != Reader::stranger;
    if (!may_see || ticket.subject == no_subject) return letterhead.your_request;
    return harmless_line(ticket.subject);
}

/// The name that stands beside a sender's address is the sender's own text, too.
std::string name_for(Reader reader, const Ticket& ticket) {
    if (reader == Reader::stranger || (reader == Reader::staff && ticket.restricted)) return {};
    return harmless_line(ticket.requester.name);
}

/// Of what is treated in confidence the desk reads the number and nothing else: mails lie open on
/// telephones.
TemplateValues confidential_values(const Letterhead& letterhead,
                                   const Ticket& ticket,
                                   const AnswerFacts& facts) {
    return {{"ticket_number", std::to_string(static_cast<std::int64_t>(ticket.id))},
            {"ticket_tag", subject_tag(letterhead.tag, ticket.id)},
            {"subject", subject_for(facts.reader, letterhead, ticket)},
            {"restricted", "yes"},
            {"desk_name", letterhead.desk_name},
            {"desk_phone", letterhead.desk_phone},
            {"mailbox_address", facts.mailbox_address}};
}

TemplateValues values_for(const Letterhead& letterhead,
                          const Ticket& ticket,
                          const AnswerFacts& facts) {
    if (facts.reader == Reader::staff && ticket.restricted) {
        return confidential_values(letterhead, ticket, facts);
    }
    return {{"ticket_number", std::to_string(static_cast<std::int64_t>(ticket.id))},
            {"ticket_tag",
             ticket.id == TicketId{} ? std::string{} : subject_tag(letterhead.tag, ticket.id)},
            {"subject", subject_for(facts.reader, letterhead, ticket)},
            {"requester_name", facts.reader == Reader::staff
                                   ? spoken_name(name_for(facts.reader, ticket))
                                   : greeting_name(name_for(facts.reader, ticket))},
            {"priority", ticket.priority},
            {"priority_name", facts.priority_name},
            {"team", ticket.team},
            {"assignee", ticket.assignee},
            {"school", ticket.school},
            {"desk_name", letterhead.desk_name},
            {"desk_phone", letterhead.desk_phone},
            {"opened_at", facts.received},
            {"promise", facts.promise},
            {"chase", facts.chase},
            {"also_noted", facts.notes},
            {"mailbox_address", facts.mailbox_address},
            {"size_limit", size_words(letterhead.size_limit)}};
}

/// The msg-id that all mails to the desk about a ticket answer, and that no mail has: mail programs
/// show them as one conversation. It proves nothing, since it has not the form of our own ids.
std::string desk_thread_id(TicketId ticket, const std::string& key, const std::string& domain) {
    const std::string number = std::to_string(static_cast<std::int64_t>(ticket));
    const std::string mark = parsers::hex(parsers::hmac_sha256(key, "desk thread " + number));
    return "desk-thread-" + number + "-" + mark.substr(0, 16) + "@" + domain;
}

/// A template's body begins behind the empty line that ends its subject.
std::string without_leading_lines(std::string text) {
    text.erase(0, std::min(text.find_first_not_of("\r\n"), text.size()));
    return text;
}

/// RFC 5322 section 3.6.4.
void continue_conversation(parsers::OutgoingMessage& mail, Conversation conversation) {
    std::vector<std::string>& references = conversation.earlier;
    if (references.size() > most_references) {
        references.erase(references.begin(), references.end() - most_references);
    }
    if (!conversation.last.empty()) references.push_back(conversation.last);
    mail.in_reply_to = conversation.last;
    mail.references = std::move(references);
}

/// What every mail about a ticket has.
parsers::OutgoingMessage plain_mail(const MailText& text,
                                    const Letterhead& letterhead,
                                    const Ticket& ticket,
                                    const AnswerFacts& facts) {
    TemplateValues values = values_for(letterhead, ticket, facts);
    values.insert(facts.more.begin(), facts.more.end());
    for (const char* number : {"desk_phone", "phone"}) {
        const auto found = values.find(number);
        if (found != values.end())
            values[number + std::string{"_link"}] = phone_link(found->second);
    }
    const std::string& own = facts.mailbox_address;
    parsers::OutgoingMessage mail;
    mail.from = {letterhead.desk_name, own};
    const bool to_requester = facts.reader != Reader::staff;
    mail.to = {{to_requester ? name_for(facts.reader, ticket) : std::string{}, facts.recipient}};
    mail.subject = text.subject.render(values);
    mail.date = facts.now;
    const Bond bond{facts.recipient, to_requester ? ReplyMeans::nothing : facts.reply};
    mail.message_id = make_message_id({ticket.id, facts.label}, bond, letterhead.key,
                                      own.substr(own.rfind('@') + 1));
    mail.fields = {{"X-Bellhop-Loop", letterhead.loop_mark}};
    mail.text = without_leading_lines(text.text.render(values));
    // Small, whoever is meant by a forged From.
    if (facts.reader != Reader::stranger) mail.html = text.html.render(values);
    return mail;
}

/// Whoever forges a From writes his own words into msg-ids as well.
Conversation harmless(Conversation conversation) {
    constexpr std::size_t longest = 120;  // bytes; most have 30 to 90
    conversation.earlier.clear();
    if (conversation.last.size() > longest) conversation.last.clear();
    return conversation;
}

/// RFC 3834 section 5: says that nobody wrote this. X-Auto-Response-Suppress is Exchange's word for
/// it.
void say_that_it_is_automatic(parsers::OutgoingMessage& mail, const char* how) {
    mail.fields.insert(mail.fields.begin(),
                       {{"Auto-Submitted", how}, {"X-Auto-Response-Suppress", "All"}});
}

}  // namespace

Conversation conversation_of(const parsers::Message& original) {
    return {original.message_id,
            original.references.empty() ? original.in_reply_to : original.references};
}

parsers::OutgoingMessage desk_mail(const MailText& text,
                                   const Letterhead& letterhead,
                                   const Ticket& ticket,
                                   const AnswerFacts& facts) {
    parsers::OutgoingMessage mail = plain_mail(text, letterhead, ticket, facts);
    say_that_it_is_automatic(mail, "auto-generated");
    const std::string& own = facts.mailbox_address;
    if (ticket.id != TicketId{}) {
        continue_conversation(
            mail, {desk_thread_id(ticket.id, letterhead.key, own.substr(own.rfind('@') + 1)), {}});
    }
    return mail;
}

parsers::OutgoingMessage answer_mail(const MailText& text,
                                     const Letterhead& letterhead,
                                     const Ticket& ticket,
                                     const Conversation& conversation,
                                     const AnswerFacts& facts) {
    parsers::OutgoingMessage mail = plain_mail(text, letterhead, ticket, facts);
    say_that_it_is_automatic(mail, "auto-replied");
    const bool is_stranger = facts.reader == Reader::stranger;
    continue_conversation(mail, is_stranger ? harmless(conversation) : conversation);
    return mail;
}

parsers::OutgoingMessage personal_mail(const MailText& text,
                                       const Letterhead& letterhead,
                                       const Ticket& ticket,
                                       const Conversation& conversation,
                                       const AnswerFacts& facts) {
    parsers::OutgoingMessage mail = plain_mail(text, letterhead, ticket, facts);
    continue_conversation(mail, conversation);
    return mail;
}

parsers::OutgoingMessage later_mail(const MailText& text,
                                    const Letterhead& letterhead,
                                    const Ticket& ticket,
                                    const Conversation& conversation,
                                    const AnswerFacts& facts) {
    parsers::OutgoingMessage mail = plain_mail(text, letterhead, ticket, facts);
    say_that_it_is_automatic(mail, "auto-generated");
    continue_conversation(mail, conversation);
    return mail;
}

const std::vector<std::string>& answer_placeholders() {
    static const std::vector<std::string> names{
        "ticket_number", "ticket_tag", "subject", "requester_name", "priority", "priority_name",
        "team", "assignee", "school", "desk_name", "desk_phone", "opened_at", "promise", "chase",
        "also_noted", "size_limit", "mailbox_address", "desk_phone_link",
        // Of the mails that time or a person of the desk brings.
        "reason", "status_name", "since", "number", "of", "ends_at", "resolves", "hands_back",
        "reopen_until", "resolved", "timer", "due", "step", "breached", "list", "words", "agent",
        "news", "recipient", "visit_day", "answer_agreed", "solution_agreed", "targets",
        "unanswered", "survey", "respond_by", "resolve_by", "late",
        // Of the mails to the people of the desk.
        "restricted", "answers", "keeps_note", "reader_is_outside", "words_by", "quotation",
        "requester_address", "sender_proof", "phone", "phone_link", "attachments", "image_1",
        "image_2", "image_3", "help", "holder", "parts", "earlier", "alike", "waits_for",
        "approver", "perhaps"};
    return names;
}

std::string harmless_line(std::string_view text, std::size_t most) {
    const icu::StringPiece piece{text.data(),
                                 static_cast<std::int32_t>(std::min(text.size(), most_bytes))};
    const icu::UnicodeString source = icu::UnicodeString::fromUTF8(piece);
    icu::UnicodeString kept;
    std::size_t characters = 0;
    for (std::int32_t at = 0; at < source.length() && characters < most;
         at = source.moveIndex32(at, 1)) {
        const UChar32 c = source.char32At(at);
        if (u_isWhitespace(c) != 0) {
            if (!kept.isEmpty() && kept.charAt(kept.length() - 1) != u' ') kept.append(u' ');
        } else if (!is_harmful(c)) {
            kept.append(c);
            ++characters;
        }
    }
    std::string line;
    kept.trim().toUTF8String(line);
    take_out_links(line);
    return line;
}

}  // namespace bellhop::rules
