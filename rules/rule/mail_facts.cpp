#include "rules/rule/mail_facts.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "parsers/header/address.hpp"
#include "parsers/header/encoded_word.hpp"
#include "parsers/message/forwarded.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/plain_text.hpp"

namespace bellhop::rules {
namespace {

void append_addresses(const std::vector<parsers::Address>& from, std::vector<std::string>& to) {
    for (const parsers::Address& address : from) {
        if (!address.address.empty()) to.push_back(address.address);
    }
}

/// Bcc, lists and aliases: the address that the mail was delivered to may stand nowhere else.
std::vector<std::string> recipients_of(const parsers::Message& message) {
    std::vector<std::string> recipients;
    append_addresses(message.to, recipients);
    append_addresses(message.cc, recipients);
    for (const std::string_view name : {"Delivered-To", "X-Original-To", "Envelope-To"}) {
        append_addresses(parsers::parse_address_list(message.field(name)), recipients);
    }
    return recipients;
}

/// The lines that begin with ">", without it; "" where there are none, or where they follow a line
/// such as "On Monday Ann wrote:", which answers a mail and forwards none.
std::string unquoted_lines(std::string_view text) {
    std::string lines;
    std::string_view before;  // the last line that says something, above the first quoted one
    for (std::string_view line : parsers::lines_of(text)) {
        if (!line.starts_with('>')) {
            if (lines.empty() && !parsers::trimmed(line).empty()) before = parsers::trimmed(line);
            continue;
        }
        if (before.ends_with(':')) return {};
        line.remove_prefix(std::min(line.find_first_not_of("> "), line.size()));
        lines += '\n';
        lines += line;
    }
    return lines;
}

}  // namespace

void MailContext::set_proof(ProofLevel level) {
    proof = level;
    if (level == ProofLevel::proved || level == ProofLevel::inside) return;
    standing = level == ProofLevel::failed ? Standing::nobody : Standing::claimed;
    groups = {"unknown"};
}

bool MailContext::is_from_stranger() const {
    return standing != Standing::himself ||
           (knows_people && groups == std::vector<std::string>{"unknown"});
}

std::string asked_text(std::string_view subject,
                       const std::string& reply,
                       std::string_view quoted,
                       const std::optional<parsers::Forwarded>& forwarded) {
    if (!forwarded && parsers::is_forward_subject(subject)) {
        return reply + "\n" + unquoted_lines(quoted);
    }
    if (!forwarded || forwarded->text.empty()) return reply;
    if (reply.find(forwarded->text) != std::string::npos) return reply;
    return reply + "\n\n" + forwarded->text;
}

MailFacts facts_of(const parsers::Message& message, MailContext context) {
    MailFacts facts;
    facts.subject = message.subject;
    facts.body =
        asked_text(message.subject, message.reply_text, message.quoted_text, message.forwarded);
    facts.whole_body = message.text;
    facts.quoted = message.quoted_text;
    if (message.from) {
        facts.from = message.from->address;
        facts.from_name = message.from->name;
    }
    facts.recipients = recipients_of(message);
    facts.fields = message.fields;
    for (parsers::HeaderField& field : facts.fields) {
        if (field.body.find("=?") != std::string::npos) {
            field.body = parsers::decode_encoded_words(field.body);
        }
    }
    for (const parsers::Attachment& attachment : message.attachments) {
        facts.attachments.push_back({attachment.filename, attachment.content_type});
    }
    facts.content = message.content;
    facts.kind = message.kind;
    facts.context = std::move(context);
    return facts;
}

}  // namespace bellhop::rules
