#include "rules/rule/word_list_reader.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "rules/rule/rule_sources.hpp"
#include "rules/words/keyword.hpp"

namespace bellhop::rules {
namespace {

using parsers::ConfigTable;
using parsers::ConfigValue;
using parsers::in_quotes;

/// Whether it says what is to be other in a list that an included file has.
bool changes_list(ConfigTable& words, const std::string& name) {
    const ConfigValue value = *words.value(name);
    if (value.kind() != parsers::ConfigKind::table) return false;
    const ConfigTable table = *value.table();
    return table.has("add") || table.has("remove");
}

auto named(const std::string& name) {
    return [&name](const WordList& list) { return list.name == name; };
}

std::set<std::string> lists_used_by(const WordList& list) {
    std::set<std::string> used;
    for (const auto* keywords : {&list.words.keywords, &list.words.except}) {
        for (const Keyword& keyword : *keywords) {
            for (const KeywordPart& part : keyword.parts)
                used.insert(part.lists.begin(), part.lists.end());
        }
    }
    return used;
}

void append(ReadWords words, WordList& list) {
    std::move(words.keywords.begin(), words.keywords.end(),
              std::back_inserter(list.words.keywords));
    std::move(words.spans.begin(), words.spans.end(), std::back_inserter(list.word_spans));
}

}  // namespace

void WordListReader::name(ConfigTable& root) {
    auto words = root.table("words");
    if (!words) return;
    for (const std::string& name : words->keys()) {
        if (!is_list_name(name)) {
            words->complain_at(words->where_key(name),
                               in_quotes(name) + " cannot be the name of a list",
                               {"names have letters, digits, \"-\" and \"_\""});
        }
        if (!changes_list(*words, name)) name_list(*words, name);
    }
}

void WordListReader::name_list(ConfigTable& words, const std::string& name) {
    const parsers::TextSpan place = words.where_key(name);
    const auto [first, is_new] = places_.emplace(name, place);
    if (is_new) {
        reading_.lists.push_back(name);
        return;
    }
    std::vector<std::string> hints{first_place(first->second, place)};
    if (first->second.file != place.file) {
        hints.push_back("to change a list that is included, write [words." + name +
                        "] add = [...] remove = [...]");
    }
    words.complain_at(place, "word list " + in_quotes(name) + " stands twice", std::move(hints));
}

void WordListReader::read(ConfigTable& root) {
    auto words = root.table("words");
    if (!words) return;
    for (const std::string& name : words->keys()) {
        if (changes_list(*words, name)) {
            change(*words, name);
            continue;
        }
        WordList list = list_of(*words, name);
        count_.add(list.words, list.where);
        lists_.push_back(std::move(list));
    }
}

/// `name = [...]`, or `name = { words = [...], except = [...] }`.
WordList WordListReader::list_of(ConfigTable& words, const std::string& name) const {
    const ConfigValue value = *words.value(name);
    WordList list{name, {}, {}, words.where_key(name)};
    if (value.kind() != parsers::ConfigKind::table) {
        append(read_words(value, reading_), list);
        return list;
    }
    ConfigTable table = *value.table();
    if (table.require("words", "words = [\"urgent\"]"))
        append(read_words(*table.value("words"), reading_), list);
    if (const auto except = table.value("except"))
        list.words.except = read_words(*except, reading_).keywords;
    table.refuse_unknown_keys();
    return list;
}

void WordListReader::change(ConfigTable& words, const std::string& name) {
    const auto list = std::find_if(lists_.begin(), lists_.end(), named(name));
    if (list == lists_.end()) {
        const std::string near = parsers::nearest(name, reading_.lists);
        words.complain_at(words.where_key(name), "no list " + in_quotes(name) + " to change",
                          {near.empty() ? "lists that are included can be changed"
                                        : "did you mean " + in_quotes(near) + '?'});
        return;
    }
    ConfigTable table = *words.value(name)->table();
    remove_words(table, *list);
    if (const auto more = table.value("add")) append(read_words(*more, reading_), *list);
    table.refuse_unknown_keys();
}

void WordListReader::remove_words(ConfigTable& table, WordList& list) const {
    auto& keywords = list.words.keywords;
    for (const ConfigValue& item : table.items("remove")) {
        const std::string written = item.text().value_or("");
        const auto at = std::find_if(keywords.begin(), keywords.end(),
                                     [&](const Keyword& each) { return each.written == written; });
        if (at == keywords.end()) {
            item.complain(
                in_quotes(written) + " does not stand in the list " + in_quotes(list.name),
                {"`bellhop rules show " + list.name + "` prints it"});
            continue;
        }
        list.word_spans.erase(list.word_spans.begin() + (at - keywords.begin()));
        keywords.erase(at);
    }
}

/// Whether all lists that it uses are done, those apart that do not exist.
bool WordListReader::is_ready(const WordList& list, const std::set<std::string>& done) const {
    const std::set<std::string> used = lists_used_by(list);
    return std::all_of(used.begin(), used.end(), [&](const std::string& name) {
        return !places_.contains(name) || done.contains(name);
    });
}

std::vector<WordList> WordListReader::ordered() && {
    std::vector<WordList> made;
    std::set<std::string> done;
    std::vector<WordList> left = std::move(lists_);
    for (bool moved = true; moved;) {
        std::vector<WordList> later;
        for (WordList& list : left) {
            const bool ready = is_ready(list, done);
            if (ready) done.insert(list.name);
            (ready ? made : later).push_back(std::move(list));
        }
        moved = later.size() < left.size();
        left = std::move(later);
    }
    for (const WordList& list : left) {
        complaints_.push_back(
            {list.where, "word list " + in_quotes(list.name) + " uses itself", {}});
    }
    return made;
}

}  // namespace bellhop::rules
