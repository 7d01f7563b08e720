// Reading the word lists of rules: the sections [words], and what other files change in them.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "parsers/config/config_value.hpp"
#include "parsers/config/diagnostic.hpp"
#include "rules/rule/keyword_count.hpp"
#include "rules/rule/rule.hpp"
#include "rules/rule/rule_reader.hpp"

namespace bellhop::rules {

/// Takes the files in their order, included before including: first name() for each, so that a
/// list may use one that stands below it, then read() for each, then ordered().
class WordListReader {
public:
    /// Adds the names of the lists to `reading`. All three outlive it.
    WordListReader(RuleReading& reading, KeywordCount& count, parsers::Diagnostics& complaints)
        : reading_{reading}, count_{count}, complaints_{complaints} {}

    void name(parsers::ConfigTable& root);
    void read(parsers::ConfigTable& root);

    /// Each list after those that it uses. Complains of those that use themselves.
    std::vector<WordList> ordered() &&;

private:
    void name_list(parsers::ConfigTable& words, const std::string& name);
    WordList list_of(parsers::ConfigTable& words, const std::string& name) const;
    void change(parsers::ConfigTable& words, const std::string& name);
    void remove_words(parsers::ConfigTable& table, WordList& list) const;
    bool is_ready(const WordList& list, const std::set<std::string>& done) const;

    RuleReading& reading_;
    KeywordCount& count_;
    parsers::Diagnostics& complaints_;
    std::map<std::string, parsers::TextSpan> places_ = {};  // by name
    std::vector<WordList> lists_ = {};
};

}  // namespace bellhop::rules
