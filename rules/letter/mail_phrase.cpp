#include "rules/letter/mail_phrase.hpp"

#include "parsers/text/ensure.hpp"

namespace bellhop::rules {

// A switch rather than an array: the compiler finds a phrase that has no entry.
MailPhraseEntry entry_of(MailPhrase phrase) {
    switch (phrase) {
        case MailPhrase::promise:
            return {"promise",
                    {"opens", "closed_because", "respond_by", "resolve_by", "unpublished",
                     "closures", "boost"}};
        case MailPhrase::chase:
            return {"chase", {"by"}};
        case MailPhrase::targets:
            return {"targets", {"answer", "solution"}};
        case MailPhrase::your_request:
            return {"your_request", {}};
    }
    return {};  // of what is no phrase: ends the list below
}

const std::vector<MailPhrase>& all_mail_phrases() {
    static const std::vector<MailPhrase> phrases = [] {
        std::vector<MailPhrase> all;
        for (int i = 0; !entry_of(MailPhrase{i}).name.empty(); ++i) all.push_back(MailPhrase{i});
        return all;
    }();
    return phrases;
}

std::string MailPhrases::say(MailPhrase phrase, const TemplateValues& values) const {
    const auto found = texts_.find(phrase);
    ensure(found != texts_.end());
    std::string line;
    for (const char c : found->second.render(values)) {
        const bool is_blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
        if (is_blank && (line.empty() || line.back() == ' ')) continue;
        if (c == '.' && line.ends_with(".m.")) continue;
        line += is_blank ? ' ' : c;
    }
    if (line.ends_with(' ')) line.pop_back();
    return line;
}

}  // namespace bellhop::rules
