#include <algorithm>
#include <utility>

#include <re2/re2.h>

#include "parsers/text/lists.hpp"
#include "rules/rule/property_table.hpp"
#include "rules/rule/rule_program.hpp"
#include "rules/rule/rule_reader.hpp"

namespace bellhop::rules {
namespace {

using parsers::ConfigKind;
using parsers::ConfigTable;
using parsers::ConfigValue;
using parsers::in_quotes;

constexpr std::size_t max_regex_bytes = 1024;  // LIM-8
constexpr int max_condition_depth = 8;         // any, all and none within each other

/// Complains of lists that do not exist.
void check_lists(const Keyword& keyword, const ConfigValue& value, const RuleReading& reading) {
    for (const KeywordPart& part : keyword.parts) {
        for (const std::string& name : part.lists) {
            if (std::find(reading.lists.begin(), reading.lists.end(), name) != reading.lists.end())
                continue;
            std::vector<std::string> hints;
            const std::string near = parsers::nearest(name, reading.lists);
            if (!near.empty()) hints.push_back("did you mean " + in_quotes('@' + near) + '?');
            if (near.empty())
                hints.push_back("lists stand in [words], as in " + name + " = [\"...\"]");
            value.complain("unknown word list " + in_quotes('@' + name), std::move(hints));
        }
    }
}

std::string read_regex(const ConfigValue& value) {
    const std::string written = value.text().value_or("");
    if (written.empty()) return {};
    if (written.size() > max_regex_bytes) {
        value.complain("a pattern of " + std::to_string(written.size()) + " bytes is too long",
                       {"at most " + std::to_string(max_regex_bytes)});
        return {};
    }
    const RE2 regex{written, regex_options()};
    if (regex.ok()) return written;
    std::vector<std::string> hints;
    if (regex.error_code() == RE2::ErrorBadPerlOp || regex.error_code() == RE2::ErrorBadEscape) {
        hints.emplace_back(
            "look-around and back references are not available: RE2 never takes long");
    }
    value.complain("cannot read the pattern " + in_quotes(written) + ": " + regex.error(),
                   std::move(hints));
    return {};
}

/// Words alone, or a table of words, except, contains, regex, at_least.
void read_text_test(const ConfigValue& value, const RuleReading& reading, TextTest& test) {
    if (value.kind() != ConfigKind::table) {
        ReadWords words = read_words(value, reading);
        test.words.keywords = std::move(words.keywords);
        test.word_spans = std::move(words.spans);
        return;
    }
    ConfigTable table = *value.table();
    if (const auto words = table.value("words")) {
        ReadWords read = read_words(*words, reading);
        test.words.keywords = std::move(read.keywords);
        test.word_spans = std::move(read.spans);
    }
    if (const auto except = table.value("except")) {
        test.words.except = read_words(*except, reading).keywords;
    }
    for (const ConfigValue& item : table.items("contains")) {
        std::string piece = item.text().value_or("");
        if (folded_form(piece).empty()) {
            item.complain("contains looks for nothing", {"for example: contains = \"error 0x\""});
        } else {
            test.contains.push_back(std::move(piece));
        }
    }
    for (const ConfigValue& item : table.items("regex")) {
        std::string written = read_regex(item);
        if (written.empty()) continue;
        test.regexes.push_back(std::move(written));
        test.regex_spans.push_back(item.where());
    }
    test.at_least = static_cast<std::size_t>(table.integer("at_least", 1, 100).value_or(1));
    table.refuse_unknown_keys();
    if (!table.has("words") && !table.has("contains") && !table.has("regex")) {
        value.complain("no words to look for", {"write words, contains or regex"});
    }
}

void add_text_tests(ConfigTable& table,
                    const RuleReading& reading,
                    std::vector<Condition>& conditions) {
    struct Key {
        const char* name;
        std::vector<TextSource> sources;
    };
    const std::vector<TextSource> text{{TextField::subject}, {TextField::body}};
    const std::vector<Key> keys{{"text", text},
                                {"also", text},
                                {"subject", {{TextField::subject}}},
                                {"body", {{TextField::body}}},
                                {"whole_body", {{TextField::whole_body}}},
                                {"quoted", {{TextField::quoted}}},
                                {"from_name", {{TextField::from_name}}},
                                {"attachment_name", {{TextField::attachment_name}}}};
    for (const Key& key : keys) {
        const auto value = table.value(key.name);
        if (!value) continue;
        TextTest test{key.sources};
        read_text_test(*value, reading, test);
        conditions.push_back({std::move(test), table.where_key(key.name)});
    }
    auto headers = table.table("header");
    if (!headers) return;
    for (const std::string& name : headers->keys()) {
        TextTest test{{{TextField::header, name}}};
        read_text_test(*headers->value(name), reading, test);
        conditions.push_back({std::move(test), headers->where_key(name)});
    }
}

void add_address_tests(ConfigTable& table, std::vector<Condition>& conditions) {
    const std::vector<std::pair<std::string, AddressField>> keys{
        {"from", AddressField::from}, {"domain", AddressField::from}, {"to", AddressField::to}};
    for (const auto& [key, field] : keys) {
        if (!table.value(key)) continue;
        AddressTest test{field};
        for (const ConfigValue& item : table.items(key)) {
            std::string pattern = item.text().value_or("");
            const bool has_at = pattern.find('@') != std::string::npos;
            if (pattern.empty()) continue;
            if (key == "domain" && has_at) {
                item.complain(in_quotes(pattern) + " is an address",
                              {"for an address, write from = ..."});
            } else if (!has_at && pattern.find('.') == std::string::npos &&
                       pattern.find('*') == std::string::npos) {
                item.complain(in_quotes(pattern) + " is neither an address nor a domain",
                              {"for example: " + key + " = \"" + (key == "domain" ? "" : "*@") +
                               "example.org\""});
            } else {
                test.patterns.push_back(std::move(pattern));
            }
        }
        conditions.push_back({std::move(test), table.where_key(key)});
    }
}

/// The values that a property may have; empty where any may stand.
const std::vector<std::string>& known_values(const PropertyEntry& entry,
                                             const RuleReading& reading) {
    if (entry.known == KnownValues::priorities) return reading.priorities;
    return entry.known == KnownValues::evidence ? reading.evidence : entry.listed;
}

/// `word` as it is known, whatever its case; complains of what is not known.
std::string known_word(const ConfigValue& value,
                       const std::string& word,
                       const std::string& what,
                       const std::vector<std::string>& known) {
    if (known.empty()) return word;
    for (const std::string& candidate : known) {
        if (folded_form(candidate) == folded_form(word)) return candidate;
    }
    std::vector<std::string> hints{"expected one of: " + parsers::joined(known, ", ")};
    const std::string near = parsers::nearest(word, known);
    if (!near.empty()) hints.push_back("did you mean " + in_quotes(near) + '?');
    value.complain("unknown " + what + ' ' + in_quotes(word), std::move(hints));
    return {};
}

void add_property_tests(ConfigTable& table,
                        const RuleReading& reading,
                        std::vector<Condition>& conditions) {
    for (const PropertyEntry& entry : property_table()) {
        const std::string key = entry.name;
        if (!table.value(key)) continue;
        PropertyTest test{entry.property};
        const std::vector<std::string>& known = known_values(entry, reading);
        for (const ConfigValue& item : table.items(key)) {
            const auto word = item.text();
            if (!word) continue;
            std::string value = known_word(item, *word, key, known);
            if (value.empty() && !word->empty()) continue;
            test.values.push_back(std::move(value));
            test.spans.push_back(item.where());
        }
        conditions.push_back({std::move(test), table.where_key(key)});
    }
}

void add_date_test(ConfigTable& table, std::vector<Condition>& conditions) {
    auto dates = table.table("dates");
    if (!dates) return;
    const bool has_from = dates->require("from", "from = 2027-03-03");
    const bool both = dates->require("to", "to = 2027-03-04") && has_from;
    const auto from = dates->date("from");
    const auto to = dates->date("to");
    dates->refuse_unknown_keys();
    if (!both || !from || !to) return;
    if (*to < *from) dates->complain("to", "the dates end before they begin", {"both days count"});
    conditions.push_back({DateTest{*from, *to}, table.where_key("dates")});
}

std::vector<Condition> conditions_at(ConfigTable& table, const RuleReading& reading, int depth);

void add_combined_tests(ConfigTable& table,
                        const RuleReading& reading,
                        int depth,
                        std::vector<Condition>& conditions) {
    const std::vector<std::pair<std::string, Quantifier>> keys{
        {"all", Quantifier::all}, {"any", Quantifier::any}, {"none", Quantifier::none}};
    for (const auto& [key, quantifier] : keys) {
        if (!table.value(key)) continue;
        if (depth >= max_condition_depth) {
            table.complain(key, "conditions are nested too deeply",
                           {"at most " + std::to_string(max_condition_depth) + " levels"});
            continue;
        }
        CombinedTest combined{quantifier, {}};
        for (ConfigTable& part : table.tables(key)) {
            CombinedTest together{Quantifier::all, conditions_at(part, reading, depth + 1)};
            combined.conditions.push_back({std::move(together), part.where()});
        }
        conditions.push_back({std::move(combined), table.where_key(key)});
    }
}

/// What is quick to tell comes first.
std::vector<Condition> conditions_at(ConfigTable& table, const RuleReading& reading, int depth) {
    std::vector<Condition> conditions;
    add_property_tests(table, reading, conditions);
    add_date_test(table, conditions);
    if (const auto present = table.boolean("attachments")) {
        conditions.push_back({AttachmentTest{*present}, table.where_key("attachments")});
    }
    add_text_tests(table, reading, conditions);
    add_address_tests(table, conditions);
    add_combined_tests(table, reading, depth, conditions);
    table.refuse_unknown_keys();
    return conditions;
}

}  // namespace

ReadWords read_words(const ConfigValue& value, const RuleReading& reading) {
    ReadWords words;
    for (const ConfigValue& item : value.items()) {
        const auto written = item.text();
        if (!written) continue;
        auto keyword = parse_keyword(*written);
        if (keyword.has_error()) {
            const KeywordFault& fault = keyword.error();
            item.complain(fault.message, fault.hint.empty() ? std::vector<std::string>{}
                                                            : std::vector{fault.hint});
            continue;
        }
        check_lists(*keyword, item, reading);
        words.keywords.push_back(std::move(*keyword));
        words.spans.push_back(item.where());
    }
    return words;
}

std::vector<Condition> read_conditions(ConfigTable& table, const RuleReading& reading) {
    return conditions_at(table, reading, 1);
}

bool names_arrival(const std::vector<Condition>& conditions) {
    return std::any_of(conditions.begin(), conditions.end(), [](const Condition& condition) {
        const auto* test = std::get_if<PropertyTest>(&condition.test);
        return test != nullptr && test->property == Property::arrival;
    });
}

std::optional<SurgeTest> read_surge(ConfigTable& when) {
    using namespace std::chrono_literals;
    auto table = when.table("surge");
    if (!table) return std::nullopt;
    SurgeTest surge;
    table->require("tickets", "tickets = 5");
    table->require("within", "within = \"15 min\"");
    surge.tickets = static_cast<std::size_t>(table->integer("tickets", 2, 1000).value_or(2));
    surge.people = static_cast<std::size_t>(table->integer("people", 1, 1000).value_or(1));
    surge.within = table->duration("within", 1min, 24h).value_or(15min);
    const std::vector<std::pair<std::string, SurgeScope>> scopes{{"school", SurgeScope::school},
                                                                 {"desk", SurgeScope::desk}};
    surge.same = table->one_of("same", scopes).value_or(SurgeScope::school);
    if (surge.people > surge.tickets) {
        table->complain("people", "more people than tickets",
                        {"each ticket comes from one person"});
    }
    table->refuse_unknown_keys();
    return surge;
}

}  // namespace bellhop::rules
