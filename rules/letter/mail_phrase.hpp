// What stands in mails in place of a placeholder and is a sentence itself: a desk says it in its
// own words, in templates/NAME.txt.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "rules/letter/mail_template.hpp"

namespace bellhop::rules {

enum class MailPhrase {
    promise,      ///< by when somebody answers, as {{promise}}
    chase,        ///< what to do if nothing has come by then, as {{chase}}
    targets,      ///< what is published for the priority, as {{targets}}
    your_request  ///< in place of a subject that the reader may not see, or that there is not
};

struct MailPhraseEntry {
    std::string_view name = {};                  ///< of its file
    std::vector<std::string> placeholders = {};  ///< that it may have
};

MailPhraseEntry entry_of(MailPhrase phrase);

/// All of them, in the order of the enumeration.
const std::vector<MailPhrase>& all_mail_phrases();

/// Every phrase, as the desk says it.
class MailPhrases {
public:
    /// Nothing is said before each has its text.
    void set(MailPhrase phrase, MailTemplate text) {
        texts_.insert_or_assign(phrase, std::move(text));
    }

    /// One line: line ends and blanks are one blank. Of a time that brings its full stop along
    /// ("11:30 a.m.") and the end of a sentence one full stop stays. Precondition: it has its text.
    std::string say(MailPhrase phrase, const TemplateValues& values) const;

private:
    std::map<MailPhrase, MailTemplate> texts_ = {};
};

}  // namespace bellhop::rules
