#include "parsers/message/bounce_signs.hpp"

#include <algorithm>
#include <array>

#include "parsers/message/gateway_tag.hpp"
#include "parsers/text/normal_form.hpp"
#include "parsers/text/plain_text.hpp"
#include "parsers/text/utf8.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t max_shown = 120;  // bytes of a field's body in a signal

constexpr std::array<std::string_view, 16> daemon_names = {"mailer-daemon",
                                                           "mailerdaemon",
                                                           "mailer_daemon",
                                                           "mail-daemon",
                                                           "maildaemon",
                                                           "mail.daemon",
                                                           "mdaemon",
                                                           "mail.delivery.system",
                                                           "mail-delivery-system",
                                                           "mail-delivery-subsystem",
                                                           "maildeliverysystem",
                                                           "mail_delivery_subsystem",
                                                           "microsoftexchange",
                                                           "bounce-notification",
                                                           "mailsystem",
                                                           "mmdf"};

constexpr std::array<std::string_view, 6> postmaster_names = {
    "postmaster", "post_master", "post.master", "mailmaster", "mail-admin", "mailadmin"};

constexpr std::array<std::string_view, 8> daemon_display_names = {
    "mail delivery sub",    "mail delivery system", "mail deliver system", "mail administrator",
    "system administrator", "systemadministrator",  "microsoft outlook",   "mail system"};

// Subjects that no person writes, in folded form.
constexpr std::array<std::string_view, 34> bounce_subjects = {"undelivered mail returned to sender",
                                                              "mail delivery failed",
                                                              "delivery status notification",
                                                              "failure notice",
                                                              "returned mail",
                                                              "undeliverable",
                                                              "delivery failure",
                                                              "mail delivery failure",
                                                              "undelivered mail",
                                                              "delivery notification",
                                                              "message status - undeliverable",
                                                              "non-delivery",
                                                              "non delivery",
                                                              "mail delivery error",
                                                              "mail delivery problem",
                                                              "mail could not be delivered",
                                                              "message delivery failure",
                                                              "unable to deliver",
                                                              "delivery report",
                                                              "mail failure",
                                                              "warning: could not send message",
                                                              "warning: message",
                                                              "delivery delayed",
                                                              "delayed mail",
                                                              "unzustellbar",
                                                              "nicht zustellbar",
                                                              "non remis",
                                                              "no se puede entregar",
                                                              "impossibile recapitare",
                                                              "onbestelbaar",
                                                              "niet bezorgd",
                                                              "não entregue",
                                                              "недоставленное",
                                                              "ваше сообщение не доставлено"};

// Those of servers, whole.
constexpr std::array<std::string_view, 6> whole_bounce_subjects = {
    "undelivered mail returned to sender",
    "mail delivery failed",
    "mail delivery failed: returning message to sender",
    "mail delivery failure",
    "delivery status notification (failure)",
    "delivery status notification (delay)"};

// The same inside a subject, where the beginning is the server's own.
constexpr std::array<std::string_view, 25> bounce_words_in_subject = {
    "delivery failure",   "delivery failed",
    "delivery fail",      "undeliverable",
    "undelivered",        "not be delivered",
    "non-delivery",       "returned mail",
    "failure notice",     "delivery status",
    "mail system error",  "error sending your mail",
    "mail error",         "message not delivered",
    "returned to sender", "mail failure",
    "failed mail",        "are not member",
    "not a member",       "rejected:",
    "メールエラー",       "配信",
    "投递失败",           "退信",
    "delivery has failed"};

// Sentences of mail servers, in folded form.
constexpr std::array<std::string_view, 67> bounce_sentences = {"could not be delivered",
                                                               "couldn't be delivered",
                                                               "cannot be delivered",
                                                               "can not be delivered",
                                                               "was not delivered",
                                                               "wasn't delivered",
                                                               "not been delivered",
                                                               "has not yet been delivered",
                                                               "did not reach",
                                                               "delivery failed",
                                                               "delivery has failed",
                                                               "delivery to the following",
                                                               "failed permanently",
                                                               "unable to deliver",
                                                               "unable to send",
                                                               "wasn't able to deliver",
                                                               "not able to deliver",
                                                               "were unable to deliver",
                                                               "undeliverable",
                                                               "undelivered",
                                                               "non-deliverable",
                                                               "permanent error",
                                                               "permanent fatal errors",
                                                               "delivery error",
                                                               "delivery errors",
                                                               "returned to sender",
                                                               "returned to you",
                                                               "had trouble delivering",
                                                               "delivery failure",
                                                               "failed to deliver",
                                                               "failed to send",
                                                               "could not deliver",
                                                               "can't deliver",
                                                               "user unknown",
                                                               "unknown user",
                                                               "no such user",
                                                               "recipient address rejected",
                                                               "mailbox full",
                                                               "mailbox is full",
                                                               "mailbox exceeds",
                                                               "over quota",
                                                               "account is disabled",
                                                               "address rejected",
                                                               "invalid user",
                                                               "requested action not taken",
                                                               "duplicated message-id",
                                                               "transcript of session",
                                                               "transcript of the session",
                                                               "rejected by a remote",
                                                               "does not exist",
                                                               "host unknown",
                                                               "you are not a member",
                                                               "not member",
                                                               "is not a member",
                                                               "message was rejected",
                                                               "delivery attempts",
                                                               "was aborted",
                                                               "delayed",
                                                               "konnte nicht zugestellt",
                                                               "nicht zugestellt",
                                                               "n'a pas pu être",
                                                               "no se pudo entregar",
                                                               "impossibile recapitare",
                                                               "送信できませんでした",
                                                               "不能送达",
                                                               "не может быть доставлено",
                                                               "无法投递"};

// Where the returned mail begins, in folded form.
constexpr std::array<std::string_view, 25> returned_mail_marks = {
    "--- below this line is a copy of the message",
    "------ this is a copy of",
    "--- the header of the original",
    "----- original message",
    "-----original message",
    "-------original message",
    "--- original message follows",
    "original message follows",
    "----- unsent message follows",
    "included is a copy of the message header",
    "----- message header follows",
    "----- message headers follow",
    "your original message headers are included",
    "--- returned message",
    "----- forwarded message",
    "--- undelivered message",
    "------ original message",
    "the attachment contains the original mail",
    "original message headers",
    "--------- returned mail",
    "--- enclosed are the original headers",
    "----- text of your message",
    "message header:",
    "> received: ",
    "--- the forwarded message follows"};

std::string_view local_part(std::string_view address) {
    return address.substr(0, address.find('@'));
}

class Signs {
public:
    void add(int points, std::string signal) {
        signs.points += points;
        const EvidenceGrade grade = points >= 3   ? EvidenceGrade::strong
                                    : points == 2 ? EvidenceGrade::medium
                                                  : EvidenceGrade::weak;
        signs.evidence.push_back({std::move(signal), grade});
    }

    BounceSigns signs = {};
};

/// Whether the mail seems to come from a machine: only then is its text believed.
bool read_origin(const Message& message, Signs& signs) {
    bool machine = false;
    if (message.from) {
        const std::string address =
            folded(message.from->address.empty() ? message.from->name : message.from->address);
        const std::string_view local = local_part(address);
        if (is_mail_daemon(address)) {
            signs.add(3, "From: " + message.from->address);
            machine = true;
        } else if (starts_with_any(local, postmaster_names)) {
            signs.add(1, "From: " + message.from->address);
            machine = true;
        } else if (starts_with_any(folded(message.from->name), daemon_display_names)) {
            signs.add(1, "From: " + message.from->name);
            machine = true;
        } else if (local.find("no-reply") != local.npos || local.find("noreply") != local.npos ||
                   local.ends_with("-admin")) {
            machine = true;
        }
    }
    for (const HeaderField& field : message.fields) {
        const std::string name = folded(field.name);
        const std::string_view body = stripped(field.body);
        if (name == "return-path" && (body == "<>" || body.empty())) {
            signs.add(1, "Return-Path: <>");
            machine = true;
        } else if (name == "return-path" &&
                   is_mail_daemon(folded(body.substr(body.starts_with('<') ? 1 : 0)))) {
            // Field bodies are bytes as sent.
            signs.add(2, "Return-Path: " + normalized(std::string{body.substr(0, max_shown)}));
            machine = true;
        } else if (name == "auto-submitted" && folded(body).starts_with("auto-")) {
            machine = true;
        } else if (name == "x-failed-recipients" || name == "x-ms-exchange-message-is-ndr") {
            signs.add(3, field.name);
            machine = true;
        }
    }
    return machine;
}

/// Whether the subject is one that mail servers write.
bool read_subject(const Message& message, bool machine, Signs& signs) {
    const std::string subject = folded(utf8_prefix(message.subject, 300));
    // "Mail delivery failed: returning message to sender - what is this?"
    if (is_answer_subject(subject) || subject.find('?') != subject.npos) return false;
    if (starts_with_any(subject, bounce_subjects)) {
        const bool certain = subject.starts_with("undelivered mail returned") ||
                             subject.starts_with("mail delivery fail") ||
                             subject.starts_with("delivery status notification");
        // Of a person who adds words of his own to such a subject another sign must tell.
        const bool whole = std::find(whole_bounce_subjects.begin(), whole_bounce_subjects.end(),
                                     stripped(subject)) != whole_bounce_subjects.end();
        signs.add(certain && (machine || whole) ? 3 : 2, "Subject: " + message.subject);
        return true;
    }
    if (!has_any(subject, bounce_words_in_subject)) return false;
    signs.add(1, "Subject: " + message.subject);
    return true;
}

}  // namespace

bool is_mail_daemon(std::string_view address) {
    const std::string local = folded(local_part(address));
    return starts_with_any(local, daemon_names);
}

std::size_t returned_mail_start(std::string_view text) {
    std::size_t offset = 0;
    while (offset < text.size()) {
        const std::size_t end = std::min(text.find('\n', offset), text.size());
        const std::string line =
            folded(text.substr(offset, std::min<std::size_t>(end - offset, 120)));
        const std::string_view shown = stripped(line);
        const bool header = line.starts_with("received: ") || line.starts_with("return-path: ");
        if (header || starts_with_any(shown, returned_mail_marks)) return offset;
        offset = end + 1;
    }
    return text.size();
}

BounceSigns bounce_signs(const Message& message, const ReportContext& context) {
    Signs signs;
    const bool machine = read_origin(message, signs);
    const bool subject = read_subject(message, machine, signs);
    if (!machine && !subject) return {};
    const std::string_view text = utf8_prefix(message.text, max_notice);
    const std::string notice = folded(text);
    for (const std::string_view sentence : bounce_sentences) {
        if (notice.find(sentence) == std::string::npos) continue;
        signs.add(2, "text: " + std::string{sentence});
        const bool enclosed = context.carries_original || returned_mail_start(text) < text.size();
        if (enclosed) signs.add(1, "returned mail enclosed");
        break;
    }
    return signs.signs;
}

}  // namespace bellhop::parsers
