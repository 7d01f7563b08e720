#include "rules/rule/rule_program.hpp"

#include <algorithm>
#include <utility>

#include "parsers/text/ensure.hpp"
#include "rules/words/folded_text.hpp"

namespace bellhop::rules {

RE2::Options regex_options() {
    RE2::Options options;
    options.set_case_sensitive(false);
    options.set_log_errors(false);
    options.set_max_mem(max_regex_memory);
    return options;
}

RuleProgram::RuleProgram(const RuleBook& book) {
    for (const WordList& list : book.lists) keywords.add_list(list.name, list.words);
    for (const Rule& rule : book.rules) rules.push_back(add_rule(rule));
    for (const Rule& boost : book.boosts) boosts.push_back(add_rule(boost));
    if (book.weighing.has_scale()) add_weighing(book.weighing);
    compile_regex_set();
}

void RuleProgram::add_weighing(const Weighing& weighing) {
    subject = add_source({TextField::subject});
    body = add_source({TextField::body});
    quoted = add_source({TextField::quoted});
    silent = keywords.add(weighing.silent);
    const auto& all = weighing.evidence;
    for (const Evidence& each : all) {
        CompiledEvidence compiled;
        compiled.has_words = !each.words.keywords.empty();
        if (compiled.has_words) compiled.words = keywords.add(each.words);
        for (const std::string& name : each.both) {
            const auto named = std::find_if(
                all.begin(), all.end(), [&](const Evidence& other) { return other.name == name; });
            ensure(named < all.begin() + static_cast<std::ptrdiff_t>(evidence.size()));
            compiled.both.push_back(static_cast<std::size_t>(named - all.begin()));
        }
        for (const Condition& condition : each.when.conditions)
            compiled.conditions.push_back(add(condition));
        evidence.push_back(std::move(compiled));
    }
}

CompiledRule RuleProgram::add_rule(const Rule& rule) {
    std::vector<std::uint32_t> all;
    for (const Condition& condition : rule.when.conditions) all.push_back(add(condition));
    if (!rule.unless.conditions.empty()) {
        made_.push_back(std::make_unique<const Condition>(Condition{rule.unless, rule.where}));
        all.push_back(add(*made_.back()));
    }
    const auto begin = static_cast<std::uint32_t>(rule_conditions.size());
    rule_conditions.insert(rule_conditions.end(), all.begin(), all.end());
    return {begin, static_cast<std::uint32_t>(rule_conditions.size())};
}

std::uint32_t RuleProgram::add(const Condition& condition) {
    const auto id = static_cast<std::uint32_t>(conditions.size());
    conditions.push_back({&condition});
    gates.emplace_back();
    CompiledCondition compiled{&condition};
    if (const auto* combined = std::get_if<CombinedTest>(&condition.test)) {
        for (const Condition& child : combined->conditions) compiled.children.push_back(add(child));
    } else if (const auto* text = std::get_if<TextTest>(&condition.test)) {
        add_text(*text, compiled);
        if (text->contains.empty() && text->regexes.empty()) gates[id] = gate_of(compiled);
    } else if (const auto* address = std::get_if<AddressTest>(&condition.test)) {
        for (const std::string& pattern : address->patterns)
            compiled.values.push_back(folded_form(pattern));
    } else if (const auto* property = std::get_if<PropertyTest>(&condition.test)) {
        for (const std::string& value : property->values)
            compiled.values.push_back(folded_form(value));
    }
    conditions[id] = std::move(compiled);
    return id;
}

void RuleProgram::add_text(const TextTest& test, CompiledCondition& compiled) {
    compiled.words = keywords.add(test.words);
    for (const TextSource& source : test.in) compiled.texts.push_back(add_source(source));
    for (const std::string& written : test.contains)
        compiled.contains.push_back(folded_form(written));
    for (const std::string& written : test.regexes) {
        compiled.regexes.push_back(static_cast<std::uint32_t>(regexes.size()));
        regexes.push_back({written, std::make_unique<RE2>(written, regex_options())});
    }
}

Gate RuleProgram::gate_of(const CompiledCondition& compiled) {
    const auto known = std::find(gate_texts.begin(), gate_texts.end(), compiled.texts);
    const auto number = static_cast<std::uint32_t>(known - gate_texts.begin());
    if (known == gate_texts.end()) gate_texts.push_back(compiled.texts);
    return {compiled.words, number};
}

std::uint32_t RuleProgram::add_source(const TextSource& source) {
    const auto found = std::find(texts.begin(), texts.end(), source);
    if (found != texts.end()) return static_cast<std::uint32_t>(found - texts.begin());
    texts.push_back(source);
    return static_cast<std::uint32_t>(texts.size() - 1);
}

void RuleProgram::compile_regex_set() {
    if (regexes.empty()) return;
    RE2::Options options = regex_options();
    options.set_max_mem(max_regex_set_memory);
    auto set = std::make_unique<RE2::Set>(options, RE2::UNANCHORED);
    for (const CompiledRegex& regex : regexes) {
        if (set->Add(regex.written, nullptr) < 0) return;
    }
    // Match() on a set that could not be compiled is a crash: such a set is dropped.
    if (set->Compile()) regex_set = std::move(set);
}

}  // namespace bellhop::rules
