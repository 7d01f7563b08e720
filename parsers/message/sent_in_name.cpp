#include "parsers/message/sent_in_name.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "parsers/message/automatic_words.hpp"
#include "parsers/message/gateway_tag.hpp"
#include "parsers/message/sent_in_name_words.hpp"
#include "parsers/text/plain_text.hpp"
#include "parsers/text/utf8.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t max_subject = 300;      // bytes that are looked at
constexpr std::size_t max_short_text = 1500;  // bytes of what a program writes and nothing else
constexpr std::size_t max_reaction = 400;     // bytes

/// The mail as the questions below need it.
class InName {
public:
    explicit InName(const Message& message)
        : message_{message},
          subject_{folded(without_gateway_tags(utf8_prefix(message.subject, max_subject)))},
          text_{folded(utf8_prefix(message.reply_text, max_short_text))},
          answers_{!message.in_reply_to.empty() || is_answer_subject(message.subject)} {}

    std::vector<Evidence> signs();

private:
    void add(EvidenceGrade grade, std::string signal) {
        signs_.push_back({std::move(signal), grade});
    }
    void read_parts();
    void read_reaction();
    void read_receipt();
    void read_recall();
    void read_meeting();
    void read_desk();
    void read_absence();
    void read_pair(const auto& prefixes, const auto& sentences);
    bool asks() const { return text_.find('?') != std::string::npos; }
    std::string subject_signal() const { return "Subject: " + message_.subject; }

    const Message& message_;
    std::string subject_;
    std::string text_;
    bool answers_;
    std::vector<Evidence> signs_ = {};
};

/// The first of `words` in `text`, or nothing.
std::string_view first_in(std::string_view text, const auto& words) {
    for (const std::string_view word : words) {
        if (text.find(word) != text.npos) return word;
    }
    return {};
}

/// The value of METHOD in a calendar, in lower case (RFC 5546 section 1.4).
std::string calendar_method(std::string_view calendar) {
    constexpr std::size_t head = 4096;
    const std::string low = folded(calendar.substr(0, head));
    const std::size_t at = low.find("\nmethod:");
    if (at == std::string::npos) return {};
    const std::size_t begin = at + std::string_view{"\nmethod:"}.size();
    return std::string{
        stripped(std::string_view{low}.substr(begin, low.find('\n', begin) - begin))};
}

/// Gmail's reactions and answers to invitations have parts of their own.
void InName::read_parts() {
    for (const Attachment& part : message_.attachments) {
        if (part.content_type == "text/vnd.google.email-reaction+json") {
            add(EvidenceGrade::strong, "part: " + part.content_type);
        } else if (part.content_type == "text/calendar" && !asks()) {
            const std::string method = calendar_method(part.bytes);
            if (method == "reply")
                add(EvidenceGrade::strong, "part: " + part.content_type + " " + method);
        }
    }
}

/// 'Liked "Which room?"' and nothing else.
void InName::read_reaction() {
    const std::string_view text = stripped(text_);
    if (!answers_ || text.size() > max_reaction) return;
    if (const std::string_view said = first_in(text, reaction_sentences); !said.empty()) {
        constexpr std::size_t most_lines = 4;
        // Behind a name or a sign: "Nobody has reacted to your message as it" is a sentence.
        constexpr std::size_t longest_rest = 120;
        const std::size_t behind = text.find(said) + said.size();
        const std::string_view line = text.substr(behind, text.find('\n', behind) - behind);
        const bool is_sentence = std::any_of(line.begin(), line.end(), is_alpha) &&
                                 line.find(':') == std::string_view::npos;
        if (!is_sentence && text.size() - behind < longest_rest &&
            static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) < most_lines &&
            !asks())
            add(EvidenceGrade::strong, "text: " + std::string{said});
        return;
    }
    const bool quoted =
        text.ends_with('"') || text.ends_with("”") || text.ends_with("“") || text.ends_with("»");
    const std::size_t opens =
        std::min({text.find('"'), text.find("“"), text.find("„"), text.find("«")});
    constexpr std::size_t longest_verb = 40;
    if (quoted && opens < longest_verb && opens + 1 < text.size() &&
        starts_with_any(text, reaction_verbs))
        add(EvidenceGrade::strong, "text: " + std::string{stripped(text.substr(0, opens))});
}

/// A subject and a sentence of the same program.
void InName::read_pair(const auto& prefixes, const auto& sentences) {
    if (!starts_with_any(subject_, prefixes)) return;
    // The lines of a receipt look like the header of an older mail.
    const std::string whole = folded(utf8_prefix(message_.text, max_short_text));
    const std::string_view said = first_in(whole, sentences);
    if (said.empty() || asks()) return;
    add(EvidenceGrade::medium, subject_signal());
    add(EvidenceGrade::weak, "text: " + std::string{said});
}

void InName::read_receipt() {
    read_pair(receipt_prefixes, receipt_sentences);
}

void InName::read_recall() {
    read_pair(recall_prefixes, recall_sentences);
}

/// Where the program has added nothing, the subject and the answer say enough.
void InName::read_meeting() {
    if (!starts_with_any(subject_, meeting_prefixes) || asks()) return;
    const std::string_view said = first_in(text_, meeting_sentences);
    if (!said.empty()) {
        add(EvidenceGrade::medium, subject_signal());
        add(EvidenceGrade::weak, "text: " + std::string{said});
    } else if (stripped(text_).empty() && answers_) {
        add(EvidenceGrade::medium, subject_signal());
        add(EvidenceGrade::weak, "text: none");
    }
}

/// "Ticket #4711", "Ticket-ID: 4711", "INC0012345"
bool has_reference(std::string_view text) {
    constexpr std::size_t most_between = 12;  // bytes between the word and the number
    for (const std::string_view word : reference_words) {
        for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
            if (at > 0 && is_word_byte(text[at - 1])) continue;
            const std::string_view behind = text.substr(at + word.size(), most_between);
            const std::size_t digit = behind.find_first_of("0123456789");
            const auto is_letter = [](char c) { return is_alpha(c) || c == '\n'; };
            const std::string_view between = behind.substr(0, digit == behind.npos ? 0 : digit);
            const bool label = between.find("id") != between.npos ||
                               between.find("number") != between.npos ||
                               std::none_of(between.begin(), between.end(), is_letter);
            if (digit != behind.npos && label) return true;
        }
    }
    return false;
}

/// What a program put before the subject that it answers: "[#4711] Re: …". Nothing of "Re: [CASE#1]
/// …", whose number is our own.
std::string_view before_mark(std::string_view subject) {
    if (is_answer_subject(subject)) return {};
    const std::size_t at =
        std::min({subject.find(" re:"), subject.find(" aw:"), subject.find(" re :")});
    return subject.substr(0, std::min(at, subject.size()));
}

/// A number in brackets, as desks put it into subjects: "[4711]", "[#4711]".
bool has_bracketed_number(std::string_view subject) {
    for (std::size_t at = subject.find('['); at != subject.npos; at = subject.find('[', at + 1)) {
        const std::size_t close = subject.find(']', at);
        if (close == subject.npos) return false;
        const std::string_view inside = subject.substr(at + 1, close - at - 1);
        if (std::count_if(inside.begin(), inside.end(), is_digit) >= 2) return true;
    }
    return false;
}

/// "your request (4711) has been received", or nothing.
std::string_view opening_in(std::string_view text) {
    constexpr std::size_t most_between = 40;  // bytes
    for (const std::string_view verb : opening_verbs) {
        const std::size_t at = text.find(verb);
        if (at == text.npos) continue;
        const std::size_t from = at > most_between ? at - most_between : 0;
        const std::string_view before = text.substr(from, at - from);
        if (has_any(before.substr(before.rfind('.') + 1), opened_things)) return verb;
    }
    return {};
}

/// Another desk acknowledges our mail.
void InName::read_desk() {
    const std::string kind = folded(message_.field("x-freescout-mail-type"));
    if (kind.find("auto") != std::string::npos)
        add(EvidenceGrade::strong, "X-FreeScout-Mail-Type: " + kind);
    if ((!answers_ && message_.references.empty()) || asks()) return;
    const std::string_view number_place = before_mark(subject_);
    const std::string_view opening = opening_in(text_ + "\n" + std::string{number_place});
    const bool opened = !opening.empty();
    const std::string_view soft =
        first_in(text_ + std::string{number_place}, soft_acknowledgements);
    if (!opened && soft.empty()) return;
    add(EvidenceGrade::weak, "text: " + std::string{opened ? opening : soft});
    if (const std::string_view self = first_in(text_, automatic_sentences); !self.empty())
        add(EvidenceGrade::medium, "text: " + std::string{self});
    const std::string mailer = folded(message_.field("x-mailer"));
    if (const std::string_view desk = first_in(mailer, desk_mailers); !desk.empty())
        add(EvidenceGrade::medium, "X-Mailer: " + std::string{desk});
    const bool number =
        has_reference(text_) || has_reference(number_place) || has_bracketed_number(number_place);
    if (number)
        add(opened ? EvidenceGrade::medium : EvidenceGrade::weak, "text: a reference number");
}

/// A note of absence without any field or prefix that programs write.
void InName::read_absence() {
    constexpr std::size_t beginning = 250;  // bytes in which it says what it is
    if (!answers_ || asks()) return;
    // "I'm on annual leave Re: Printer"
    const std::string_view own = before_mark(subject_);
    if (own.size() < subject_.size() && has_any(own, absence_words))
        add(EvidenceGrade::medium, subject_signal());
    const std::string_view absent = first_in(utf8_prefix(text_, beginning), absence_sentences);
    const std::string_view advice = first_in(text_, absence_advice);
    if (absent.empty() || advice.empty()) return;
    add(EvidenceGrade::weak, "text: " + std::string{absent});
    const bool thanks = text_.find("your email") != std::string::npos ||
                        text_.find("your e-mail") != std::string::npos ||
                        text_.find("your message") != std::string::npos ||
                        text_.find("ihre nachricht") != std::string::npos ||
                        text_.find("ihre e-mail") != std::string::npos ||
                        text_.find("votre message") != std::string::npos ||
                        text_.find("su mensaje") != std::string::npos;
    add(thanks ? EvidenceGrade::medium : EvidenceGrade::weak, "text: " + std::string{advice});
}

std::vector<Evidence> InName::signs() {
    read_parts();
    read_reaction();
    read_receipt();
    read_recall();
    read_meeting();
    read_desk();
    read_absence();
    return std::move(signs_);
}

}  // namespace

std::vector<Evidence> signs_in_name(const Message& message) {
    return InName{message}.signs();
}

}  // namespace bellhop::parsers
