#include "rules/words/keyword_set.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "parsers/text/ensure.hpp"
#include "rules/words/word_alphabet.hpp"

namespace bellhop::rules {
namespace {

constexpr std::uint32_t none = 0xFFFFFFFF;

struct Node {
    std::uint32_t phrase = none;  // that ends here
    bool goes_on = false;
};

struct CompiledPart {
    int gap = 0;
    std::vector<std::uint32_t> phrases = {};
    std::vector<std::uint32_t> groups = {};
};

struct CompiledKeyword {
    std::uint32_t id = 0;
    bool is_list = false;  // nothing but a list: its matches keep the words of the list
    std::vector<CompiledPart> parts = {};
};

/// A phrase whose hits are matches of the keyword.
struct PlainPhrase {
    std::uint32_t phrase = 0;
    std::uint32_t keyword = 0;
};

/// Most keywords are plain phrases, asked again and again: they lie side by side.
struct CompiledKeywords {
    std::vector<PlainPhrase> plain = {};
    std::vector<CompiledKeyword> joined = {};

    bool empty() const { return plain.empty() && joined.empty(); }
};

struct CompiledGroup {
    CompiledKeywords keywords = {};
    CompiledKeywords except = {};
    std::vector<std::uint32_t> parents =
        {};  // groups that use this list: always added later, so one pass upwards is enough
};

struct Hit {
    std::uint32_t phrase = 0;
    std::uint32_t first = 0;
    std::uint32_t last = 0;
};

bool by_place(const KeywordMatch& a, const KeywordMatch& b) {
    return std::tie(a.first, a.last, a.keyword) < std::tie(b.first, b.last, b.keyword);
}

void sort_by_place(std::vector<KeywordMatch>& matches) {
    if (!std::is_sorted(matches.begin(), matches.end(), by_place)) {
        std::sort(matches.begin(), matches.end(), by_place);
    }
    matches.erase(std::unique(matches.begin(), matches.end()), matches.end());
}

}  // namespace

/// A trie over symbols: each path from the root is a phrase.
struct KeywordSet::Automaton {
    Alphabet alphabet = {};
    std::vector<Node> nodes = std::vector<Node>(1);
    std::vector<std::uint32_t> from_root = {};  // by symbol; `none` where no phrase begins so
    std::unordered_map<std::uint64_t, std::uint32_t> steps = {};
    std::uint32_t phrase_count = 0;
    std::vector<std::vector<std::uint32_t>> groups_of_phrase =
        {};  // that have a keyword beginning with it
    std::vector<CompiledGroup> groups = {};
    std::vector<std::string> written = {};
    std::unordered_map<std::string, std::uint32_t> lists = {};

    std::uint32_t step(std::uint32_t node, Symbol symbol) const {
        if (node == 0) return symbol < from_root.size() ? from_root[symbol] : none;
        const auto found = steps.find(std::uint64_t{node} << 32 | symbol);
        return found == steps.end() ? none : found->second;
    }

    std::uint32_t add_step(std::uint32_t node, Symbol symbol) {
        const std::uint32_t known = step(node, symbol);
        if (known != none) return known;
        const auto next = static_cast<std::uint32_t>(nodes.size());
        nodes.emplace_back();
        nodes[node].goes_on = true;
        if (node == 0) {
            if (symbol >= from_root.size()) from_root.resize(symbol + 1, none);
            from_root[symbol] = next;
        } else {
            steps.emplace(std::uint64_t{node} << 32 | symbol, next);
        }
        return next;
    }

    std::uint32_t add_phrase(const Phrase& phrase) {
        std::uint32_t node = 0;
        for (const PhraseWord& word : phrase) node = add_step(node, alphabet.add(word));
        if (nodes[node].phrase == none) {
            nodes[node].phrase = phrase_count++;
            groups_of_phrase.emplace_back();
        }
        return nodes[node].phrase;
    }

    void compile(const Keyword& keyword, std::uint32_t group, CompiledKeywords& to) {
        CompiledKeyword compiled{static_cast<std::uint32_t>(written.size()),
                                 !keyword.only_list().empty()};
        written.push_back(keyword.written);
        for (const KeywordPart& part : keyword.parts) {
            CompiledPart& made = compiled.parts.emplace_back();
            made.gap = part.gap;
            for (const Phrase& phrase : part.phrases) made.phrases.push_back(add_phrase(phrase));
            for (const std::string& name : part.lists) {
                const auto list = lists.find(name);
                ensure(list != lists.end());
                made.groups.push_back(list->second);
            }
        }
        const CompiledPart& begin = compiled.parts[0];
        for (const std::uint32_t phrase : begin.phrases) groups_of_phrase[phrase].push_back(group);
        for (const std::uint32_t list : begin.groups) groups[list].parents.push_back(group);
        if (compiled.parts.size() > 1 || !begin.groups.empty()) {
            to.joined.push_back(std::move(compiled));
            return;
        }
        for (const std::uint32_t phrase : begin.phrases) to.plain.push_back({phrase, compiled.id});
    }

    std::uint32_t add(const KeywordGroup& group) {
        const auto id = static_cast<std::uint32_t>(groups.size());
        CompiledGroup compiled;
        for (const Keyword& keyword : group.keywords) compile(keyword, id, compiled.keywords);
        for (const Keyword& keyword : group.except) compile(keyword, id, compiled.except);
        groups.push_back(std::move(compiled));
        return id;
    }
};

KeywordSet::KeywordSet() : automaton_{std::make_unique<Automaton>()} {}
KeywordSet::~KeywordSet() = default;
KeywordSet::KeywordSet(KeywordSet&&) noexcept = default;
KeywordSet& KeywordSet::operator=(KeywordSet&&) noexcept = default;

GroupId KeywordSet::add_list(const std::string& name, const KeywordGroup& group) {
    const std::uint32_t id = automaton_->add(group);
    automaton_->lists[name] = id;
    return GroupId{id};
}

GroupId KeywordSet::add(const KeywordGroup& group) {
    return GroupId{automaton_->add(group)};
}

const std::string& KeywordSet::written(std::uint32_t keyword) const {
    return automaton_->written[keyword];
}

/// The phrases found, and what has been made of them so far.
struct KeywordScan::State {
    const KeywordSet::Automaton& automaton;
    const std::vector<Word>& words;
    std::vector<Hit> hits = {};
    std::vector<std::uint32_t> first_hit = {};  // by phrase: index of `hits`, or `none`
    std::vector<std::uint32_t> next_hit = {};   // by hit: the phrase's next one, or `none`
    std::vector<std::uint8_t> may_match = {};   // by group
    std::vector<std::optional<std::vector<KeywordMatch>>> known = {};  // by group
    std::vector<KeywordMatch> nothing = {};

    struct Place {
        std::uint32_t node = 0;
        std::uint32_t next = 0;
    };
    std::vector<Place> open = {};  // of walk(), kept to allocate once

    void find_phrases(const FoldedText& text);
    void walk(std::uint32_t start,
              const std::vector<Symbol>& symbols,
              const std::vector<std::uint32_t>& begins);
    void link_hits();
    void mark_groups();
    const std::vector<KeywordMatch>& matches(std::uint32_t group);
    std::vector<KeywordMatch> matches_of(const CompiledKeywords& keywords);
    void append_places(const CompiledKeyword& keyword, std::vector<KeywordMatch>& found);
    void append_hits(PlainPhrase plain, std::vector<KeywordMatch>& found) const;
    std::vector<KeywordMatch> places(const CompiledPart& part, std::uint32_t keyword);
    std::vector<KeywordMatch> follow(std::vector<KeywordMatch> before,
                                     const std::vector<KeywordMatch>& after,
                                     int gap) const;
};

void KeywordScan::State::find_phrases(const FoldedText& text) {
    std::vector<Symbol> symbols;
    std::vector<std::uint32_t> begins;
    symbols.reserve(words.size());
    begins.reserve(words.size() + 1);
    for (const Word& word : words) {
        begins.push_back(static_cast<std::uint32_t>(symbols.size()));
        automaton.alphabet.append_symbols(text.spelled(word), word.base_end - word.begin, symbols);
    }
    begins.push_back(static_cast<std::uint32_t>(symbols.size()));
    for (std::uint32_t start = 0; start < words.size(); ++start) {
        if (begins[start] != begins[start + 1]) walk(start, symbols, begins);
    }
    link_hits();
}

/// Chains the hits of each phrase, in the order of the text.
void KeywordScan::State::link_hits() {
    first_hit.assign(automaton.phrase_count, none);
    next_hit.resize(hits.size());
    for (std::size_t i = hits.size(); i-- > 0;) {
        next_hit[i] = first_hit[hits[i].phrase];
        first_hit[hits[i].phrase] = static_cast<std::uint32_t>(i);
    }
}

/// Follows every phrase that begins at the word `start`. Each path of the trie is walked at most
/// once, and none is longer than max_phrase_words.
void KeywordScan::State::walk(std::uint32_t start,
                              const std::vector<Symbol>& symbols,
                              const std::vector<std::uint32_t>& begins) {
    open.push_back({0, start});
    while (!open.empty()) {
        const Place place = open.back();
        open.pop_back();
        for (std::uint32_t i = begins[place.next]; i < begins[place.next + 1]; ++i) {
            const std::uint32_t node = automaton.step(place.node, symbols[i]);
            if (node == none) continue;
            const Node& reached = automaton.nodes[node];
            if (reached.phrase != none) hits.push_back({reached.phrase, start, place.next});
            const std::uint32_t next = place.next + 1;
            if (reached.goes_on && next < words.size() &&
                words[next].sentence == words[start].sentence) {
                open.push_back({node, next});
            }
        }
    }
}

void KeywordScan::State::mark_groups() {
    may_match.assign(automaton.groups.size(), 0);
    known.resize(automaton.groups.size());
    for (std::uint32_t i = 0; i < hits.size(); ++i) {
        if (first_hit[hits[i].phrase] != i) continue;
        for (const std::uint32_t group : automaton.groups_of_phrase[hits[i].phrase])
            may_match[group] = 1;
    }
    for (std::size_t group = 0; group < automaton.groups.size(); ++group) {
        if (may_match[group] == 0) continue;
        for (const std::uint32_t parent : automaton.groups[group].parents) may_match[parent] = 1;
    }
}

/// Takes out of `matches` what stands within one of `covers`.
void remove_covered(std::vector<KeywordMatch>& matches, std::vector<KeywordMatch> covers) {
    if (covers.empty()) return;
    sort_by_place(covers);
    for (std::size_t i = 1; i < covers.size();
         ++i) {  // from here on, `last` is the furthest so far
        covers[i].last = std::max(covers[i].last, covers[i - 1].last);
    }
    const auto is_covered = [&](const KeywordMatch& match) {
        const auto after = std::upper_bound(
            covers.begin(), covers.end(), match.first,
            [](std::uint32_t first, const KeywordMatch& cover) { return first < cover.first; });
        return after != covers.begin() && (after - 1)->last >= match.last;
    };
    matches.erase(std::remove_if(matches.begin(), matches.end(), is_covered), matches.end());
}

const std::vector<KeywordMatch>& KeywordScan::State::matches(std::uint32_t group) {
    if (may_match[group] == 0) return nothing;
    if (known[group]) return *known[group];
    const CompiledGroup& compiled = automaton.groups[group];
    std::vector<KeywordMatch> found = matches_of(compiled.keywords);
    if (!compiled.except.empty()) remove_covered(found, matches_of(compiled.except));
    sort_by_place(found);
    return known[group].emplace(std::move(found));
}

std::vector<KeywordMatch> KeywordScan::State::matches_of(const CompiledKeywords& keywords) {
    std::vector<KeywordMatch> found;
    found.reserve(4);  // as many as most groups have
    for (const PlainPhrase plain : keywords.plain) append_hits(plain, found);
    for (const CompiledKeyword& keyword : keywords.joined) append_places(keyword, found);
    return found;
}

void KeywordScan::State::append_places(const CompiledKeyword& keyword,
                                       std::vector<KeywordMatch>& found) {
    if (keyword.is_list) {
        const std::vector<KeywordMatch>& list = matches(keyword.parts[0].groups[0]);
        found.insert(found.end(), list.begin(), list.end());
        return;
    }
    std::vector<KeywordMatch> joined = places(keyword.parts[0], keyword.id);
    for (std::size_t i = 1; i < keyword.parts.size() && !joined.empty(); ++i) {
        const CompiledPart& part = keyword.parts[i];
        joined = follow(std::move(joined), places(part, keyword.id), part.gap);
    }
    found.insert(found.end(), joined.begin(), joined.end());
}

void KeywordScan::State::append_hits(PlainPhrase plain, std::vector<KeywordMatch>& found) const {
    for (std::uint32_t i = first_hit[plain.phrase]; i != none; i = next_hit[i]) {
        found.push_back({hits[i].first, hits[i].last, plain.keyword});
    }
}

std::vector<KeywordMatch> KeywordScan::State::places(const CompiledPart& part,
                                                     std::uint32_t keyword) {
    std::vector<KeywordMatch> found;
    for (const std::uint32_t phrase : part.phrases) append_hits({phrase, keyword}, found);
    for (const std::uint32_t group : part.groups) {
        for (const KeywordMatch& match : matches(group)) {
            found.push_back({match.first, match.last, keyword});
        }
    }
    sort_by_place(found);
    return found;
}

/// Joins each of `after` with the nearest of `before` that ends at most `gap` words before it, in
/// one sentence.
std::vector<KeywordMatch> KeywordScan::State::follow(std::vector<KeywordMatch> before,
                                                     const std::vector<KeywordMatch>& after,
                                                     int gap) const {
    std::sort(before.begin(), before.end(), [](const KeywordMatch& a, const KeywordMatch& b) {
        return std::tie(a.last, a.first) < std::tie(b.last, b.first);
    });
    std::vector<KeywordMatch> joined;
    for (const KeywordMatch& second : after) {
        auto end = std::partition_point(
            before.begin(), before.end(),
            [&](const KeywordMatch& first) { return first.last < second.first; });
        if (end == before.begin()) continue;
        const KeywordMatch& first = *(end - 1);
        const std::uint32_t between = second.first - first.last - 1;
        if (between > static_cast<std::uint32_t>(gap)) continue;
        if (words[first.last].sentence != words[second.first].sentence) continue;
        joined.push_back({first.first, second.last, second.keyword});
    }
    sort_by_place(joined);
    return joined;
}

KeywordScan::KeywordScan(const KeywordSet& set, const FoldedText& text)
    : text_{text}, state_{new State{*set.automaton_, text.words()}} {
    state_->find_phrases(text);
    state_->mark_groups();
}

KeywordScan::~KeywordScan() = default;
KeywordScan::KeywordScan(KeywordScan&&) noexcept = default;

const std::vector<std::uint8_t>& KeywordScan::may_match() const {
    return state_->may_match;
}

const std::vector<KeywordMatch>& KeywordScan::matches(GroupId group) {
    return state_->matches(static_cast<std::uint32_t>(group));
}

}  // namespace bellhop::rules
