#include "rules/lint/rule_implication.hpp"

#include <algorithm>

#include "rules/rule/property_table.hpp"
#include "rules/rule/rule_program.hpp"
#include "rules/words/wildcard.hpp"

namespace bellhop::rules {
namespace {

template <class Range, class Predicate>
bool all(const Range& range, Predicate predicate) {
    return std::all_of(range.begin(), range.end(), predicate);
}

template <class Range, class Predicate>
bool any(const Range& range, Predicate predicate) {
    return std::any_of(range.begin(), range.end(), predicate);
}

bool implies(const PhraseWord& narrow, const PhraseWord& wide) {
    if (!wide.is_stem) return !narrow.is_stem && narrow.text == wide.text;
    return narrow.text.compare(0, wide.text.size(), wide.text) == 0;
}

/// Whether `wide` stands within `narrow`.
bool contains(const Phrase& narrow, const Phrase& wide) {
    const auto fits = [](const PhraseWord& w, const PhraseWord& n) { return implies(n, w); };
    return std::search(narrow.begin(), narrow.end(), wide.begin(), wide.end(),
                       [&](const PhraseWord& n, const PhraseWord& w) { return fits(w, n); }) !=
           narrow.end();
}

bool is_plain(const Keyword& keyword) {
    return keyword.parts.size() == 1 && keyword.parts[0].lists.empty();
}

/// Every way to meet the part meets the one-part keyword.
bool part_implies(const KeywordPart& part, const KeywordPart& wide) {
    if (!part.lists.empty()) return false;
    return all(part.phrases, [&](const Phrase& narrow) {
        return any(wide.phrases, [&](const Phrase& phrase) { return contains(narrow, phrase); });
    });
}

bool subset(const std::vector<std::string>& narrow, const std::vector<std::string>& wide) {
    return all(narrow, [&](const std::string& name) {
        return any(wide, [&](const std::string& other) {
            return folded_form(name) == folded_form(other);
        });
    });
}

bool address_implies(const AddressTest& narrow, const AddressTest& wide) {
    if (narrow.field != wide.field || narrow.patterns.empty()) return false;
    return all(narrow.patterns, [&](const std::string& pattern) {
        const std::string one = folded_form(pattern);
        const bool is_address =
            one.find('@') != std::string::npos && one.find_first_of("*#") == std::string::npos;
        return any(wide.patterns, [&](const std::string& other) {
            const std::string pattern_of_wide = folded_form(other);
            return one == pattern_of_wide || (is_address && matches_address(pattern_of_wide, one));
        });
    });
}

bool property_implies(const PropertyTest& narrow, const PropertyTest& wide) {
    if (narrow.property != wide.property || narrow.values.empty()) return false;
    // What an earlier rule has decided may be another thing when the later one looks.
    if (is_decided_by_rules(narrow.property)) return false;
    return all(narrow.values, [&](const std::string& value) {
        const std::string one = folded_form(value);
        return any(wide.values, [&](const std::string& other) {
            return matches_wildcard(folded_form(other), one) && one.find('*') == std::string::npos;
        });
    });
}

}  // namespace

bool implies(const Keyword& narrow, const Keyword& wide) {
    if (narrow.parts == wide.parts) return true;
    if (!is_plain(wide)) return false;
    return any(narrow.parts,
               [&](const KeywordPart& part) { return part_implies(part, wide.parts[0]); });
}

std::vector<const Keyword*> Implication::written_out(const std::vector<Keyword>& keywords) const {
    std::vector<const Keyword*> all_words;
    for (const Keyword& keyword : keywords) {
        const std::string_view name = keyword.only_list();
        const auto list =
            name.empty() ? book_.lists.end()
                         : std::find_if(book_.lists.begin(), book_.lists.end(),
                                        [&](const WordList& each) { return each.name == name; });
        if (list == book_.lists.end()) {
            all_words.push_back(&keyword);
            continue;
        }
        const auto words = written_out(list->words.keywords);
        all_words.insert(all_words.end(), words.begin(), words.end());
    }
    return all_words;
}

std::vector<const Keyword*> Implication::words_of(const Keyword& list) const {
    TextTest test;
    test.words.keywords = {list};
    if (has_exceptions(test)) return {};
    for (const WordList& each : book_.lists) {
        if (each.name == list.only_list()) return written_out(each.words.keywords);
    }
    return {};
}

/// Exceptions, its own or of a list that it uses, make a test too hard to compare.
bool Implication::has_exceptions(const TextTest& test) const {
    if (!test.words.except.empty()) return true;
    std::vector<std::string_view> open;
    const auto add = [&](const std::vector<Keyword>& keywords) {
        for (const Keyword& keyword : keywords) {
            if (!keyword.only_list().empty()) open.push_back(keyword.only_list());
        }
    };
    add(test.words.keywords);
    for (std::size_t i = 0; i < open.size() && open.size() <= book_.lists.size(); ++i) {
        for (const WordList& list : book_.lists) {
            if (list.name != open[i]) continue;
            if (!list.words.except.empty()) return true;
            add(list.words.keywords);
        }
    }
    return open.size() > book_.lists.size();
}

bool Implication::text_implies(const TextTest& narrow, const TextTest& wide) const {
    const bool same_words = narrow.words.keywords == wide.words.keywords &&
                            narrow.contains == wide.contains && narrow.regexes == wide.regexes &&
                            narrow.words.except == wide.words.except;
    const bool in_part = all(narrow.in, [&](const TextSource& source) {
        return std::find(wide.in.begin(), wide.in.end(), source) != wide.in.end();
    });
    if (!in_part) return false;
    if (same_words && narrow.at_least >= wide.at_least) return true;
    if (wide.at_least > 1 || has_exceptions(wide)) return false;
    const std::vector<const Keyword*> wide_words = written_out(wide.words.keywords);
    const bool words = all(written_out(narrow.words.keywords), [&](const Keyword* keyword) {
        return any(wide_words,
                   [&](const Keyword* other) { return rules::implies(*keyword, *other); });
    });
    return words && subset(narrow.contains, wide.contains) &&
           all(narrow.regexes, [&](const std::string& regex) {
               return std::find(wide.regexes.begin(), wide.regexes.end(), regex) !=
                      wide.regexes.end();
           });
}

bool Implication::imply(const std::vector<Condition>& narrow, const Condition& wide) const {
    if (const auto* combined = std::get_if<CombinedTest>(&wide.test)) {
        if (combined->quantifier == Quantifier::all) {
            return all(combined->conditions,
                       [&](const Condition& each) { return imply(narrow, each); });
        }
        if (combined->quantifier == Quantifier::any) {
            return any(combined->conditions,
                       [&](const Condition& each) { return imply(narrow, each); }) ||
                   any(narrow, [&](const Condition& each) { return implies(each, wide); });
        }
    }
    return any(narrow, [&](const Condition& each) { return implies(each, wide); });
}

bool Implication::implies(const Condition& narrow, const Condition& wide) const {
    if (const auto* combined = std::get_if<CombinedTest>(&narrow.test)) {
        if (combined->quantifier == Quantifier::all) return imply(combined->conditions, wide);
        if (combined->quantifier == Quantifier::any && !combined->conditions.empty()) {
            return all(combined->conditions,
                       [&](const Condition& each) { return imply({each}, wide); });
        }
        return false;
    }
    if (narrow.test.index() != wide.test.index()) return false;
    if (const auto* text = std::get_if<TextTest>(&narrow.test)) {
        return text_implies(*text, std::get<TextTest>(wide.test));
    }
    if (const auto* address = std::get_if<AddressTest>(&narrow.test)) {
        return address_implies(*address, std::get<AddressTest>(wide.test));
    }
    if (const auto* property = std::get_if<PropertyTest>(&narrow.test)) {
        return property_implies(*property, std::get<PropertyTest>(wide.test));
    }
    if (const auto* dates = std::get_if<DateTest>(&narrow.test)) {
        const auto& outer = std::get<DateTest>(wide.test);
        return outer.from <= dates->from && dates->to <= outer.to;
    }
    return std::get<AttachmentTest>(narrow.test).present ==
           std::get<AttachmentTest>(wide.test).present;
}

bool Implication::implies(const Rule& narrow, const Rule& wide) const {
    if (wide.surge) return false;
    const bool conditions = all(wide.when.conditions, [&](const Condition& condition) {
        return imply(narrow.when.conditions, condition);
    });
    // What spares a mail from `wide` must spare it from `narrow` too.
    return conditions && all(wide.unless.conditions, [&](const Condition& exception) {
               return any(narrow.unless.conditions,
                          [&](const Condition& own) { return implies(exception, own); });
           });
}

}  // namespace bellhop::rules
