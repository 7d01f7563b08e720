#include <algorithm>
#include <iterator>
#include <utility>

#include "parsers/header/address.hpp"
#include "parsers/text/ensure.hpp"
#include "parsers/text/lists.hpp"
#include "rules/rule/property_table.hpp"
#include "rules/rule/rule_evaluation.hpp"
#include "rules/words/wildcard.hpp"

namespace bellhop::rules {
namespace {

constexpr std::size_t max_regex_text =
    64 * 1024;                            // SEC-18: bytes of a text that patterns are tried on
constexpr std::size_t reasons_shown = 3;  // different words that one condition names

Reason reason(std::string field, std::string word) {
    Reason made;
    made.field = std::move(field);
    made.word = std::move(word);
    return made;
}

Reason reason(const TextSource& source, std::string word, std::size_t at, std::size_t until) {
    return {name_of(source), std::move(word), true, source, at, until};
}

bool is_known(const std::string& word, const std::vector<Reason>& found) {
    return std::any_of(found.begin(), found.end(),
                       [&](const Reason& known) { return known.word == word; });
}

std::string text_of(std::chrono::year_month_day date) {
    const auto digits = [](unsigned number, std::size_t width) {
        std::string text = std::to_string(number);
        return text.size() < width ? std::string(width - text.size(), '0') + text : text;
    };
    return digits(static_cast<unsigned>(static_cast<int>(date.year())), 4) + '-' +
           digits(static_cast<unsigned>(date.month()), 2) + '-' +
           digits(static_cast<unsigned>(date.day()), 2);
}

}  // namespace

std::string text_of(const MailFacts& facts, const TextSource& source) {
    std::vector<std::string> several;
    switch (source.field) {
        case TextField::subject:
            return facts.subject;
        case TextField::body:
            return facts.body;
        case TextField::whole_body:
            return facts.whole_body;
        case TextField::quoted:
            return facts.quoted;
        case TextField::from_name:
            return facts.from_name;
        case TextField::attachment_name:
            for (const AttachmentFacts& attachment : facts.attachments)
                several.push_back(attachment.name);
            return parsers::joined(several, "\n\n");
        case TextField::header:
            for (const parsers::HeaderField& field : facts.fields) {
                if (folded_form(field.name) == folded_form(source.header))
                    several.push_back(field.body);
            }
            return parsers::joined(several, "\n\n");
    }
    never_reached();
}

/// Which groups of words may stand in one of the texts.
void RuleEvaluation::read_gate(std::uint32_t gate_texts) {
    std::vector<std::uint8_t>& all = may_match_[gate_texts];
    for (const std::uint32_t number : program_.gate_texts[gate_texts]) {
        const std::vector<std::uint8_t>& one = words(number).may_match();
        if (all.empty()) all.resize(one.size());
        for (std::size_t group = 0; group < one.size(); ++group)
            all[group] = static_cast<std::uint8_t>(all[group] | one[group]);
    }
}

bool RuleEvaluation::holds(std::uint32_t condition, Reasons& because) {
    if (!may_hold(program_.gates[condition])) return false;
    const CompiledCondition& compiled = program_.conditions[condition];
    const std::size_t known = because.size();
    const bool holds_here =
        std::visit([&](const auto& test) { return test_holds(test, compiled, because); },
                   compiled.condition->test);
    // What an exception has found is what speaks against the rule: worth telling.
    const auto* combined = std::get_if<CombinedTest>(&compiled.condition->test);
    const bool is_exception = combined != nullptr && combined->quantifier == Quantifier::none;
    if (!holds_here && !is_exception) because.resize(known);
    return holds_here;
}

bool RuleEvaluation::test_holds(const CombinedTest& test,
                                const CompiledCondition& compiled,
                                Reasons& because) {
    const auto child_holds = [&](std::uint32_t child) { return holds(child, because); };
    const auto begin = compiled.children.begin();
    const auto end = compiled.children.end();
    switch (test.quantifier) {
        case Quantifier::all:
            return std::all_of(begin, end, child_holds);
        case Quantifier::any:
            return std::any_of(begin, end, child_holds);
        case Quantifier::none:
            return std::none_of(begin, end, child_holds);
    }
    never_reached();
}

bool RuleEvaluation::test_holds(const TextTest& test,
                                const CompiledCondition& compiled,
                                Reasons& because) {
    Reasons found;
    const std::size_t most = std::max(test.at_least, reasons_shown);
    for (const std::uint32_t number : compiled.texts) {
        find_words(number, compiled.words, most, found);
        find_pieces(number, test, compiled.contains, found);
        find_regexes(number, compiled.regexes, found);
    }
    if (found.size() < test.at_least) return false;
    if (because.empty()) {
        because = std::move(found);
        return true;
    }
    because.insert(because.end(), std::make_move_iterator(found.begin()),
                   std::make_move_iterator(found.end()));
    return true;
}

void RuleEvaluation::find_words(std::uint32_t number,
                                GroupId group,
                                std::size_t most,
                                Reasons& found) {
    KeywordScan& scan = words(number);
    for (const KeywordMatch& match : scan.matches(group)) {
        if (found.size() >= most) return;
        const std::string& word = program_.keywords.written(match.keyword);
        if (found.empty()) found.reserve(std::min(most, reasons_shown));
        if (is_known(word, found)) continue;
        const std::vector<Word>& places = scan.text().words();
        found.push_back(
            reason(program_.texts[number], word, places[match.first].at, places[match.last].until));
    }
}

void RuleEvaluation::find_pieces(std::uint32_t number,
                                 const TextTest& test,
                                 const std::vector<std::string>& pieces,
                                 Reasons& found) {
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (is_known(test.contains[i], found)) continue;
        const FoldedText& read = folded(text(number));
        const std::size_t at = read.text().find(pieces[i]);
        if (at == std::string::npos) continue;
        found.push_back(reason(program_.texts[number], test.contains[i], read.original_offset(at),
                               read.original_offset(at + pieces[i].size())));
    }
}

void RuleEvaluation::find_regexes(std::uint32_t number,
                                  const std::vector<std::uint32_t>& wanted,
                                  Reasons& found) {
    for (const std::uint32_t regex : wanted) {
        const CompiledRegex& compiled = program_.regexes[regex];
        if (is_known(compiled.written, found)) continue;
        ReadText& read = text(number);
        if (!may_match(read, regex)) continue;
        const re2::StringPiece all{read.original.data(),
                                   std::min(read.original.size(), max_regex_text)};
        re2::StringPiece place;
        if (!compiled.regex->Match(all, 0, all.size(), RE2::UNANCHORED, &place, 1)) continue;
        const auto at = static_cast<std::size_t>(place.data() - all.data());
        found.push_back(reason(program_.texts[number], compiled.written, at, at + place.size()));
    }
}

/// One pass over the text for all patterns; a pattern by itself only tells the place.
bool RuleEvaluation::may_match(ReadText& read, std::uint32_t regex) const {
    if (!read.regexes) {
        std::vector<int> matched;
        RE2::Set::ErrorInfo error{RE2::Set::kNoError};
        const re2::StringPiece all{read.original.data(),
                                   std::min(read.original.size(), max_regex_text)};
        const bool any = program_.regex_set && program_.regex_set->Match(all, &matched, &error);
        // Without an answer of the set, every pattern has to be tried.
        const bool unknown = !program_.regex_set || (!any && error.kind != RE2::Set::kNoError);
        read.regexes.emplace(program_.regexes.size(), unknown);
        for (const int number : matched) (*read.regexes)[static_cast<std::size_t>(number)] = true;
    }
    return (*read.regexes)[regex];
}

ReadText& RuleEvaluation::text(std::uint32_t number) {
    std::optional<ReadText>& read = texts_[number];
    if (!read) {
        read.emplace();
        read->original = text_of(facts_, program_.texts[number]);
    }
    return *read;
}

KeywordScan& RuleEvaluation::words(std::uint32_t number) {
    if (!scans_[number]) {
        scans_[number] = std::make_unique<KeywordScan>(program_.keywords, folded(text(number)));
    }
    return *scans_[number];
}

const FoldedText& RuleEvaluation::folded(ReadText& read) const {
    if (!read.folded) read.folded = std::make_unique<const FoldedText>(read.original);
    return *read.folded;
}

bool RuleEvaluation::test_holds(const AddressTest& test,
                                const CompiledCondition& compiled,
                                Reasons& because) {
    const bool is_sender = test.field == AddressField::from;
    const std::vector<std::string> addresses =
        is_sender ? std::vector<std::string>{facts_.from} : facts_.recipients;
    for (const std::string& address : addresses) {
        const std::string key = parsers::address_key(address);
        for (const std::string& pattern : compiled.values) {
            if (!matches_address(pattern, key)) continue;
            because.push_back(reason(is_sender ? "from" : "to", address));
            return true;
        }
    }
    return false;
}

bool RuleEvaluation::test_holds(const PropertyTest& test,
                                const CompiledCondition& compiled,
                                Reasons& because) {
    for (const NamedValue& value : values_of(test.property)) {
        for (const std::string& pattern : compiled.values) {
            if (!matches_wildcard(pattern, value.folded)) continue;
            // That a mail is new is so for nearly every rule: no reason worth telling.
            const bool is_usual = test.property == Property::arrival && value.value == "new";
            if (!is_usual) because.push_back(reason(name_of(test.property), value.value));
            return true;
        }
    }
    return false;
}

bool RuleEvaluation::test_holds(const AttachmentTest& test,
                                const CompiledCondition&,
                                Reasons& because) {
    if (facts_.attachments.empty() == test.present) return false;
    because.push_back(reason("attachments", test.present ? "present" : "none"));
    return true;
}

bool RuleEvaluation::test_holds(const DateTest& test, const CompiledCondition&, Reasons& because) {
    const std::chrono::year_month_day today = facts_.context.date;
    if (today < test.from || test.to < today) return false;
    because.push_back(reason("dates", text_of(today)));
    return true;
}

const std::vector<NamedValue>& RuleEvaluation::values_of(Property property) {
    const auto [entry, is_new] = values_.try_emplace(property);
    if (!is_new && !is_decided_by_rules(property)) return entry->second;
    entry->second.clear();
    for (std::string& value : entry_of(property).values(facts_, decision_)) {
        std::string form = folded_form(value);
        entry->second.push_back({std::move(value), std::move(form)});
    }
    return entry->second;
}

}  // namespace bellhop::rules
