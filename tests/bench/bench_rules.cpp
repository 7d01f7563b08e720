// Rules: time per mail and time to load, beside a loop over single RE2 patterns as the yardstick.
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <re2/re2.h>

#include "rules/rule/rule_file.hpp"
#include "rules/rule/rule_set.hpp"

namespace {

using namespace bellhop::rules;

constexpr std::size_t rule_count = 1000;
constexpr std::size_t words_per_rule = 10;

/// How often the mails have words of the rules: of 1,000 rules, few match 10 KB, or every fourth
/// does.
enum class Density { ordinary, dense };

/// Pronounceable words, some with accents: what bodies and keywords are made of.
class WordSource {
public:
    explicit WordSource(Density density = Density::dense) : density_{density} {}

    std::string word() { return word_of(2 + below(2) + below(3)); }

    /// Keywords are rarer words than those of the mails where the density is ordinary.
    std::string keyword() { return density_ == Density::dense ? word() : word_of(3 + below(3)); }

    std::string body(std::size_t bytes) {
        std::string text;
        while (text.size() < bytes) {
            text += word();
            text += below(12) == 0 ? ".\n" : " ";
        }
        return text;
    }

    std::size_t below(std::size_t bound) { return random_() % bound; }

private:
    std::string word_of(std::size_t syllables_left) {
        static const std::vector<std::string> syllables{
            "ver", "ant",  "wor",  "tung", "ge",   "müt",  "lich",  "com",  "put",  "er",
            "ré",  "seau", "im",   "pri",  "man",  "te",   "con",   "tra",  "se",   "ña",
            "in",  "ter",  "net",  "dru",  "cker", "schu", "le",    "pass", "wort", "kon",
            "to",  "soft", "ware", "ser",  "vice", "mail", "zwerk", "aus",  "fall"};
        std::string made;
        for (; syllables_left > 0; --syllables_left) made += syllables[below(syllables.size())];
        return made;
    }

    Density density_;
    std::mt19937 random_{42};
};

/// Every fifth keyword a stem, every tenth a phrase.
std::vector<std::string> keywords(WordSource& source) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < rule_count * words_per_rule; ++i) {
        std::string word = source.keyword();
        if (i % 5 == 0) word += '*';
        if (i % 10 == 1) word += ' ' + source.word();
        all.push_back(std::move(word));
    }
    return all;
}

RuleBook book_of(const std::vector<std::string>& words) {
    RuleBook book;
    book.priorities = {"P1", "P2", "P3", "P4"};
    book.start.priority = "P3";
    for (std::size_t i = 0; i < rule_count; ++i) {
        TextTest test{{{TextField::subject}, {TextField::body}}};
        for (std::size_t k = 0; k < words_per_rule; ++k) {
            test.words.keywords.push_back(*parse_keyword(words[i * words_per_rule + k]));
        }
        Rule rule;
        rule.name = "rule " + std::to_string(i);
        rule.when.conditions.push_back({std::move(test)});
        rule.then.tags = {"tag " + std::to_string(i)};
        book.rules.push_back(std::move(rule));
    }
    return book;
}

MailFacts mail_of(WordSource& source, std::size_t bytes) {
    MailFacts facts;
    facts.subject = source.body(60);
    facts.body = source.body(bytes);
    facts.from = "ann@example.org";
    return facts;
}

/// As many different mails as make a megabyte: one alone, asked for again and again, is known by
/// heart to the processor, which no mail of a desk is.
std::vector<MailFacts> mails_of(WordSource& source, std::size_t bytes) {
    std::vector<MailFacts> mails;
    for (std::size_t made = 0; made < 1'000'000; made += bytes)
        mails.push_back(mail_of(source, bytes));
    return mails;
}

void evaluate(benchmark::State& state, Density density) {
    WordSource source{density};
    const RuleSet rules{book_of(keywords(source))};
    const std::vector<MailFacts> mails = mails_of(source, static_cast<std::size_t>(state.range(0)));
    std::size_t matched = 0;
    std::size_t next = 0;
    for (auto _ : state) {
        const Decision decision = rules.evaluate(mails[next++ % mails.size()]);
        matched += decision.outcome.tags.size();
        benchmark::DoNotOptimize(matched);
    }
    state.counters["rules_matched"] =
        benchmark::Counter(static_cast<double>(matched), benchmark::Counter::kAvgIterations);
    state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK_CAPTURE(evaluate, ordinary, Density::ordinary)
    ->Arg(1000)
    ->Arg(10'000)
    ->Arg(100'000)
    ->Arg(1'000'000)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(evaluate, dense, Density::dense)->Arg(10'000)->Unit(benchmark::kMicrosecond);

void compile(benchmark::State& state) {
    WordSource source;
    const std::vector<std::string> words = keywords(source);
    for (auto _ : state) {
        const RuleSet rules{book_of(words)};
        benchmark::DoNotOptimize(rules.book());
    }
}
BENCHMARK(compile)->Unit(benchmark::kMillisecond);

/// From the text of the file to rules that can be asked.
void load(benchmark::State& state) {
    WordSource source;
    const std::vector<std::string> words = keywords(source);
    std::string text = "priorities = [\"P1\", \"P2\"]\n[default]\npriority = \"P2\"\n";
    for (std::size_t i = 0; i < rule_count; ++i) {
        text += "[[rule]]\nname = \"rule " + std::to_string(i) + "\"\nwhen.text = [";
        for (std::size_t k = 0; k < words_per_rule; ++k)
            text += '"' + words[i * words_per_rule + k] + "\", ";
        text += "]\nthen.tags = [\"tag " + std::to_string(i) + "\"]\n";
    }
    const ReadFile read = [&text](const std::string&) { return text; };
    for (auto _ : state) {
        const auto rules = load_rules("rules.toml", read, {});
        if (rules.has_error()) std::abort();
        benchmark::DoNotOptimize(rules->rules.book());
    }
}
BENCHMARK(load)->Unit(benchmark::kMillisecond);

std::optional<std::string> text_of_file(const std::string& name) {
    std::ifstream file{name, std::ios::binary};
    if (!file) return std::nullopt;
    return std::string{std::istreambuf_iterator<char>{file}, {}};
}

LoadedRules example_rules() {
    auto rules =
        load_rules(BELLHOP_SOURCE_DIR "/docs/examples/provider/rules.toml", text_of_file, {});
    if (rules.has_error()) std::abort();
    return std::move(*rules);
}

/// The largest of the example rules on the mails that stand beside them: a few lines each.
void example_evaluate(benchmark::State& state) {
    const LoadedRules loaded = example_rules();
    std::vector<MailFacts> mails;
    for (const RuleTest& test : loaded.tests) mails.push_back(facts_of(test, nullptr));
    std::size_t next = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(loaded.rules.evaluate(mails[next++ % mails.size()]));
    }
}
BENCHMARK(example_evaluate)->Unit(benchmark::kMicrosecond);

void example_load(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(example_rules());
}
BENCHMARK(example_load)->Unit(benchmark::kMillisecond);

/// The yardstick: each rule one RE2 alternation of its words with ASCII borders, tried one after
/// another. It is wrong for accents, and knows neither order nor reasons.
void re2_loop(benchmark::State& state) {
    WordSource source;
    const std::vector<std::string> words = keywords(source);
    RE2::Options options;
    options.set_case_sensitive(false);
    std::vector<std::unique_ptr<RE2>> patterns;
    for (std::size_t i = 0; i < rule_count; ++i) {
        std::string pattern;
        for (std::size_t k = 0; k < words_per_rule; ++k) {
            std::string word = words[i * words_per_rule + k];
            const bool is_stem = word.back() == '*';
            if (is_stem) word.pop_back();
            pattern += (k == 0 ? "\\b(?:" : "|") + RE2::QuoteMeta(word) + (is_stem ? "\\w*" : "");
        }
        patterns.push_back(std::make_unique<RE2>(pattern + ")\\b", options));
    }
    const MailFacts facts = mail_of(source, static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) {
        std::size_t matched = 0;
        for (const auto& pattern : patterns)
            matched += RE2::PartialMatch(facts.body, *pattern) ? 1 : 0;
        benchmark::DoNotOptimize(matched);
    }
}
BENCHMARK(re2_loop)->Arg(10'000)->Unit(benchmark::kMicrosecond);

}  // namespace
