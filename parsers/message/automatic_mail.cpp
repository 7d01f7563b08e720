#include "parsers/message/automatic_mail.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "parsers/message/automatic_words.hpp"
#include "parsers/message/bounce_signs.hpp"
#include "parsers/message/robot_address.hpp"
#include "parsers/message/sent_in_name.hpp"
#include "parsers/text/plain_text.hpp"
#include "parsers/text/utf8.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t max_hops = 50;    // Received fields: Postfix's hopcount_limit
constexpr std::size_t max_shown = 120;  // bytes of a field's body in a signal
constexpr std::size_t max_absence_text =
    600;                   // bytes in which an absence notice says that it is one
constexpr int enough = 3;  // points; a strong sign has them alone

enum class Answer { allowed, withheld };

/// Collects signs. Points count towards "automatic"; Answer says what the sign means for
/// acknowledgements.
class Judge {
public:
    explicit Judge(const Message& message) : message_(message) {}

    Classification judge();

private:
    void sign(EvidenceGrade grade, std::string signal, int points, Answer answer);
    void sign(EvidenceGrade grade, const HeaderField& field, int points, Answer answer);
    void read_field(const HeaderField& field);
    void read_program_field(std::string_view name, const HeaderField& field);
    void read_auto_submitted(const HeaderField& field);
    void read_suppression(const HeaderField& field);
    void read_precedence(const HeaderField& field);
    void read_content_type(const HeaderField& field);
    void read_list_field(std::string_view name, const HeaderField& field);
    void read_sender();
    void read_subject_and_text();
    void read_message_id();
    MessageKind kind_of(const BounceSigns& bounce) const;

    const Message& message_;
    Classification result_ = {};
    int points_ = 0;
    bool says_human_ = false;    // Auto-Submitted: no
    bool report_ = false;        // multipart/report that speaks of a delivery
    bool other_report_ = false;  // multipart/report of another type
    std::size_t hops_ = 0;
};

int points_of(EvidenceGrade grade) {
    return grade == EvidenceGrade::strong ? 3 : grade == EvidenceGrade::medium ? 2 : 1;
}

void Judge::sign(EvidenceGrade grade, std::string signal, int points, Answer answer) {
    result_.evidence.push_back({std::move(signal), grade});
    points_ += points;
    if (answer == Answer::withheld) result_.answerable = false;
}

void Judge::sign(EvidenceGrade grade, const HeaderField& field, int points, Answer answer) {
    std::string signal = field.name + ": ";
    const std::string_view body = utf8_prefix(stripped(field.body), max_shown);
    for (std::size_t at = 0; at < body.size();) {
        // Field bodies are bytes as sent; a signal is UTF-8 on one line.
        const CodePoint c = code_point_at(body, at);
        append_utf8(signal, c.value < 0x20 ? U' ' : c.value);
        at += c.length;
    }
    sign(grade, std::move(signal), points, answer);
}

/// RFC 3834 section 5: a token, then parameters; comments may stand anywhere.
std::string token_of(std::string_view body) {
    std::string out;
    int depth = 0;
    for (const char c : body) {
        if (c == '(') ++depth;
        const bool shown = depth == 0;
        if (c == ')' && depth > 0) --depth;
        if (!shown) continue;
        if (c == ';' || (is_blank(c) && !out.empty())) break;
        if (!is_blank(c) && c != '\r' && c != '\n') out.push_back(c);
    }
    return folded(out);
}

void Judge::read_auto_submitted(const HeaderField& field) {
    const std::string token = token_of(field.body);
    if (token == "no") {
        says_human_ = true;
        sign(EvidenceGrade::medium, field, 0, Answer::allowed);
    } else if (!token.empty()) {
        sign(EvidenceGrade::strong, field, enough, Answer::withheld);
    }
}

/// [MS-OXCMAIL]: which automatic answers the sender does not want.
void Judge::read_suppression(const HeaderField& field) {
    const std::string body = folded(field.body);
    const bool any =
        has_any(body, std::array<std::string_view, 4>{"all", "oof", "autoreply", "dr"});
    sign(EvidenceGrade::weak, field, any ? 1 : 0, any ? Answer::withheld : Answer::allowed);
}

void Judge::read_precedence(const HeaderField& field) {
    const std::string value = token_of(field.body);
    if (value.find("auto_reply") != value.npos || value.find("auto-reply") != value.npos) {
        sign(EvidenceGrade::strong, field, enough, Answer::withheld);
    } else if (value == "bulk" || value == "junk") {
        sign(EvidenceGrade::weak, field, 1, Answer::withheld);
    } else if (value == "list") {
        sign(EvidenceGrade::weak, field, 0, Answer::withheld);
    }
}

void Judge::read_content_type(const HeaderField& field) {
    const std::string value = folded(field.body);
    if (!stripped(value).starts_with("multipart/report")) return;
    // disposition-notification, feedback-report, tlsrpt; without a type it is a bounce.
    const bool other =
        value.find("report-type") != value.npos && value.find("delivery-status") == value.npos;
    (other ? other_report_ : report_) = true;
    sign(EvidenceGrade::strong, field, enough, Answer::withheld);
}

void Judge::read_list_field(std::string_view name, const HeaderField& field) {
    if (name == "list-unsubscribe" || name == "list-unsubscribe-post") {
        // Newsletters have it, and so have lists on which people write.
        if (stripped(field.body).size() > 3) sign(EvidenceGrade::weak, field, 1, Answer::withheld);
    } else if (name == "list-id" || name == "list-post" || name == "list-help" ||
               name == "mailing-list" || name == "x-mailing-list" || name == "x-beenthere" ||
               name == "list-subscribe" || name == "list-archive" || name == "list-owner") {
        sign(EvidenceGrade::weak, field, 0, Answer::withheld);
    }
}

bool says_no(std::string_view body) {
    const std::string value = folded(stripped(body));
    return value == "no" || value == "false" || value == "0" || value == "none";
}

void Judge::read_field(const HeaderField& field) {
    const std::string name = folded(field.name.substr(0, 64));
    if (name == "received") {
        ++hops_;
    } else if (name == "auto-submitted") {
        read_auto_submitted(field);
    } else if (name == "x-auto-response-suppress") {
        read_suppression(field);
    } else if (name == "precedence" || name == "x-precedence") {
        read_precedence(field);
    } else if (name == "content-type") {
        read_content_type(field);
    } else if (name == "return-path") {
        if (stripped(field.body) == "<>")
            sign(EvidenceGrade::strong, "Return-Path: <>", enough, Answer::withheld);
    } else if (name.starts_with("list-") || name.find("mailing-list") != name.npos ||
               name == "x-beenthere") {
        read_list_field(name, field);
    } else {
        read_program_field(name, field);
    }
}

/// "X-SmarterMail-AutoResponse": many programs have a field of their own, and name it alike.
bool is_robot_field(std::string_view name) {
    if (std::find(robot_fields.begin(), robot_fields.end(), name) != robot_fields.end())
        return true;
    return name.starts_with("x-") && has_any(name, robot_field_words);
}

/// Fields of single programs.
void Judge::read_program_field(std::string_view name, const HeaderField& field) {
    if (name == "delivered-to") {
        if (folded(stripped(field.body)) == "autoresponder")
            sign(EvidenceGrade::strong, field, enough, Answer::withheld);
    } else if (name == "x-loop" || name == "x-no-loop") {
        if (!says_no(field.body)) sign(EvidenceGrade::weak, field, 0, Answer::withheld);
    } else if (is_robot_field(name)) {
        if (!says_no(field.body)) sign(EvidenceGrade::strong, field, enough, Answer::withheld);
    } else if (name == "x-ms-exchange-inbox-rules-loop") {
        // Outlook's inbox rules answer so, but they also forward a person's mail.
        sign(EvidenceGrade::medium, field, 2, Answer::allowed);
    } else if (name == "x-autogenerated" || name == "x-amazon-mail-relay-type") {
        sign(EvidenceGrade::strong, field, enough, Answer::withheld);
    } else if (starts_with_any(name, ticket_system_fields)) {
        sign(EvidenceGrade::weak, field, 0, Answer::withheld);
    }
}

/// Two desks that acknowledge each other's mails do not stop: the mail of another one is not
/// answered.
void Judge::read_message_id() {
    const std::size_t at = message_.message_id.rfind('@');
    if (at == std::string::npos) return;
    const std::string host = folded(message_.message_id.substr(at + 1));
    const std::string_view label = std::string_view{host}.substr(0, host.find('.'));
    if (std::find(ticket_system_hosts.begin(), ticket_system_hosts.end(), label) ==
        ticket_system_hosts.end())
        return;
    sign(EvidenceGrade::weak, "Message-ID: @" + host, 0, Answer::withheld);
}

void Judge::read_sender() {
    if (!message_.from || message_.from->address.find('@') == std::string::npos) {
        if (!message_.from || !is_mail_daemon(message_.from->name)) {
            sign(EvidenceGrade::weak, "From: no address", 0, Answer::withheld);
        }
        return;
    }
    const std::string signal = "From: " + message_.from->address;
    const AddressReader reader = reader_of(message_.from->address);
    if (reader == AddressReader::nobody) {
        // A web form sends in the name of somebody, to whom Reply-To leads.
        const bool person_behind = !message_.reply_to.empty() &&
                                   message_.reply_to[0].address != message_.from->address &&
                                   reader_of(message_.reply_to[0].address) != AddressReader::nobody;
        sign(person_behind ? EvidenceGrade::medium : EvidenceGrade::strong, signal,
             person_behind ? 1 : enough, Answer::withheld);
    } else if (reader != AddressReader::person) {
        sign(EvidenceGrade::weak, signal, 1, Answer::withheld);
    }
}

void Judge::read_subject_and_text() {
    const std::string subject = folded(utf8_prefix(message_.subject, 200));
    if (starts_with_any(subject, complaint_prefixes)) {
        sign(EvidenceGrade::strong, "Subject: " + message_.subject, enough, Answer::withheld);
        return;
    }
    // RFC 7489 section 7.2.1.1: the subject of a DMARC report.
    if (subject.find("report domain:") != std::string::npos &&
        subject.find("report-id:") != std::string::npos) {
        sign(EvidenceGrade::strong, "Subject: " + message_.subject, enough, Answer::withheld);
        return;
    }
    const bool prefix = starts_with_any(subject, automatic_reply_prefixes);
    if (!prefix && !has_any(subject, absence_words)) return;
    // In Outlook a person's answer to such a mail begins with "Re:".
    const bool answers = prefix && !message_.in_reply_to.empty();
    const EvidenceGrade grade = answers  ? EvidenceGrade::strong
                                : prefix ? EvidenceGrade::medium
                                         : EvidenceGrade::weak;
    sign(grade, "Subject: " + message_.subject, points_of(grade), Answer::allowed);
    const std::string text = folded(std::string_view{message_.text}.substr(0, max_absence_text));
    for (const std::string_view sentence : absence_sentences) {
        if (text.find(sentence) == std::string::npos) continue;
        sign(EvidenceGrade::weak, "text: " + std::string{sentence}, 1, Answer::allowed);
        break;
    }
}

MessageKind Judge::kind_of(const BounceSigns& bounce) const {
    if (message_.report && !message_.report->recipients.empty()) {
        const auto& all = message_.report->recipients;
        const bool trouble = std::any_of(all.begin(), all.end(), [](const ReportedRecipient& each) {
            return each.action != "delivered" && each.action != "relayed" &&
                   each.action != "expanded";
        });
        return trouble ? MessageKind::bounce : MessageKind::automatic;
    }
    if (other_report_) return MessageKind::automatic;
    if (report_ || message_.report || bounce.is_bounce()) return MessageKind::bounce;
    // RFC 3834 section 5.1: "no" is a person's mail, whatever weak signs say.
    const int needed = says_human_ ? enough + 2 : enough;
    return points_ >= needed ? MessageKind::automatic : MessageKind::human;
}

Classification Judge::judge() {
    for (const HeaderField& field : message_.fields) read_field(field);
    read_sender();
    read_message_id();
    read_subject_and_text();
    for (Evidence& each : signs_in_name(message_))
        sign(each.grade, std::move(each.signal), points_of(each.grade), Answer::allowed);
    if (hops_ > max_hops)
        sign(EvidenceGrade::medium, "Received: " + std::to_string(hops_) + " times", 0,
             Answer::withheld);
    const BounceSigns bounce =
        bounce_signs(message_, {.carries_original = message_.report.has_value()});
    result_.kind = kind_of(bounce);
    if (result_.kind == MessageKind::bounce) {
        result_.evidence.insert(result_.evidence.end(), bounce.evidence.begin(),
                                bounce.evidence.end());
        if (message_.report) result_.evidence.push_back({"delivery report", EvidenceGrade::strong});
    }
    if (result_.kind != MessageKind::human) result_.answerable = false;
    return std::move(result_);
}

}  // namespace

Classification classify(const Message& message) {
    return Judge{message}.judge();
}

}  // namespace bellhop::parsers
