#include "parsers/message/program_reply.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "parsers/text/ascii.hpp"
#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t most_read = 4096;        // bytes of a text, a calendar
constexpr std::size_t longest_sentence = 600;  // bytes of what a program says in all

/// RFC 5546: the answer to an invitation, not a new one.
bool answers_invitation(const Attachment& part) {
    if (part.content_type != "text/calendar" && part.content_type != "application/ics")
        return false;
    const std::string text = folded(std::string_view{part.bytes}.substr(0, most_read));
    return text.find("method:reply") != std::string::npos ||
           text.find("method:counter") != std::string::npos;
}

std::string sign_of_part(const Message& message) {
    for (const Attachment& part : message.attachments) {
        if (part.content_type.find("reaction+json") != std::string::npos) {
            return "part: " + part.content_type;
        }
        if (answers_invitation(part)) return "part: text/calendar, an answer";
    }
    return {};
}

/// The mail answers one, and its subject says how: "Read: [HELP#7] Printer".
struct SubjectSign {
    std::string_view prefix = {};
    std::string_view sentence = {};  ///< of the text, where it has one
};

constexpr std::array<SubjectSign, 24> subject_signs{{
    {"read:", "was read on"},
    {"read:", "this is a read receipt"},
    {"read:", "has been displayed"},
    {"not read:", "was deleted without being read"},
    {"read receipt", "this is a read receipt"},
    {"return receipt", "has been displayed"},
    {"return receipt", "message was displayed"},
    {"gelesen:", "gelesen"},
    {"ungelesen:", "ungelesen gelöscht"},
    {"lu :", "a été lu"},
    {"lu:", "a été lu"},
    {"leído:", "ha sido leído"},
    {"letto:", "è stato letto"},
    {"gelezen:", "is gelezen"},
    {"recall:", "would like to recall the message"},
    {"message recall", "would like to recall the message"},
    {"rückruf:", "zurückrufen"},
    {"accepted:", "has accepted"},
    {"declined:", "has declined"},
    {"tentative:", "has tentatively accepted"},
    {"tentatively accepted:", "has tentatively accepted"},
    {"zugesagt:", "hat zugesagt"},
    {"abgesagt:", "hat abgesagt"},
    {"mit vorbehalt:", "mit vorbehalt"},
}};

bool is_short(std::string_view text) {
    return text.size() <= longest_sentence && text.find('?') == std::string_view::npos;
}

std::string sign_of_subject(const Message& message) {
    const std::string subject = folded(std::string_view{message.subject}.substr(0, 200));
    const std::string text = folded(stripped(std::string_view{message.reply_text}));
    for (const SubjectSign& sign : subject_signs) {
        if (!subject.starts_with(folded(sign.prefix))) continue;
        if (text.empty()) return "Subject: " + std::string{sign.prefix};
        if (is_short(text) && text.find(folded(sign.sentence)) != std::string::npos) {
            return "text: " + std::string{sign.sentence};
        }
    }
    return {};
}

/// One quoted text and nothing behind it: Apple's `Liked "Try again now."`
bool is_quoted_alone(std::string_view rest) {
    rest = stripped(rest);
    for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"\"", "\""},
                                      {"“", "”"},
                                      {"„", "“"},
                                      {"«", "»"}}) {
        if (rest.size() > open.size() + close.size() && rest.starts_with(open)) {
            return rest.find(close, open.size()) == rest.size() - close.size();
        }
    }
    return false;
}

/// "Disliked" and "Questioned" are not among them: who presses that wants to be heard.
std::string sign_of_text(const Message& message) {
    const std::string_view text = stripped(std::string_view{message.reply_text});
    if (text.size() > most_read) return {};
    for (const std::string_view verb :
         {"Liked", "Loved", "Laughed at", "Emphasized", "Emphasised"}) {
        if (text.starts_with(verb) && is_quoted_alone(text.substr(verb.size()))) {
            return "text: " + std::string{verb} + " \"...\"";
        }
    }
    if (!is_short(text)) return {};
    const std::string words = folded(text);
    for (const std::string_view saying :
         {"reacted to your message", "reacted via gmail", "hat mit gmail reagiert",
          "a réagi à votre message", "hat auf ihre nachricht reagiert"}) {
        const std::size_t at = words.find(folded(saying));
        // The name of whoever pressed stands before it, and a sign or two behind.
        constexpr std::size_t most_around = 100;
        const bool is_all = at != std::string::npos && at < most_around &&
                            words.size() - at - saying.size() < most_around &&
                            words.find('\n', at) == std::string::npos;
        if (is_all) return "text: " + std::string{saying};
    }
    return {};
}

}  // namespace

std::string program_reply_sign(const Message& message) {
    std::string sign = sign_of_part(message);
    const bool answers = !message.in_reply_to.empty() || !message.references.empty();
    if (sign.empty()) sign = sign_of_subject(message);
    if (sign.empty() && answers) sign = sign_of_text(message);
    return sign;
}

}  // namespace bellhop::parsers
