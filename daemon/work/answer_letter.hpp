// What an answer is composed of, in the form in which it is kept beside it: an answer that is sent
// late is composed once more, for the instant at which it goes.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "rules/letter/mail_template.hpp"
#include "rules/mail/answer_mail.hpp"

namespace bellhop::daemon {

struct AnswerLetter {
    std::string text = {};   ///< the name of its template
    std::string label = {};  ///< of its msg-id
    std::string notes = {};
    rules::TemplateValues values = {};
    rules::Conversation conversation = {};

    friend bool operator==(const AnswerLetter&, const AnswerLetter&) = default;
};

using LetterPairs = std::vector<std::pair<std::string, std::string>>;

LetterPairs pairs_of(const AnswerLetter& letter);
/// The inverse. Names that it does not know are left out.
AnswerLetter letter_of(const LetterPairs& pairs);

}  // namespace bellhop::daemon
