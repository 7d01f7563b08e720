#include "daemon/commands/rules_learn.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <sysexits.h>

#include "daemon/commands/progress.hpp"
#include "daemon/commands/session.hpp"
#include "daemon/commands/since_option.hpp"
#include "daemon/history/stored_lessons.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/view/output.hpp"
#include "rules/calendar/instant.hpp"
#include "rules/learn/learning_trial.hpp"
#include "rules/learn/learnt_file.hpp"
#include "rules/trial/rule_listing.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;

constexpr std::size_t changes_shown = 10;

std::string text_of_file(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    if (!in) throw CommandFailure(EX_NOINPUT, "bellhop: cannot read " + file.string() + "\n");
    return {std::istreambuf_iterator<char>{in}, {}};
}

json::object to_json(const rules::RuleListing& listing) {
    json::object object;
    for (const auto& [name, text] : listing) object[name] = text;
    return object;
}

rules::RuleListing listing_in(const std::string& text, const std::string& file) {
    boost::system::error_code error;
    const json::value value = json::parse(text, error);
    if (error || !value.is_object())
        throw CommandFailure(EX_DATAERR,
                             "bellhop: " + file + " is no listing of `rules show --json`\n");
    rules::RuleListing listing;
    for (const auto& entry : value.get_object()) {
        if (const json::string* line = entry.value().if_string())
            listing[std::string{entry.key()}] = std::string{*line};
    }
    return listing;
}

void require_weighing(const ConfiguredRules& rules) {
    if (rules.rule_set().book().weighing.has_scale()) return;
    throw CommandFailure(
        EX_CONFIG,
        "bellhop: these rules weigh nothing\n    = include = [\"builtin:school\"], and "
        "[weighing] priorities = [...] in rules.toml\n");
}

// ---- learn --------------------------------------------------------------------------------------

std::vector<std::string> parted(const std::string& text) {
    std::vector<std::string> parts;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        if (end > at) parts.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

/// The files of a folder that end in .toml, by name; a file as it is.
std::vector<std::filesystem::path> files_of(const std::vector<std::string>& named) {
    std::vector<std::filesystem::path> files;
    for (const std::string& name : named) {
        std::error_code error;
        if (!std::filesystem::is_directory(name, error)) {
            files.emplace_back(name);
            continue;
        }
        std::vector<std::filesystem::path> some;
        for (std::filesystem::directory_iterator entry{name, error}, end; !error && entry != end;
             entry.increment(error)) {
            if (entry->path().extension() == ".toml") some.push_back(entry->path());
        }
        if (error) throw CommandFailure(EX_NOINPUT, "bellhop: cannot read " + name + "\n");
        std::sort(some.begin(), some.end());
        files.insert(files.end(), some.begin(), some.end());
    }
    return files;
}

std::vector<rules::Lesson> labelled_lessons(const rules::RuleBook& book,
                                            const LearnOptions& options) {
    std::vector<rules::Lesson> lessons;
    for (const std::filesystem::path& file : files_of(options.labelled)) {
        auto some =
            rules::read_lessons(file.string(), text_of_file(file), book, parted(options.expect));
        if (some.has_error()) throw CommandFailure(EX_DATAERR, render_all(some.error()));
        std::move(some->begin(), some->end(), std::back_inserter(lessons));
    }
    return lessons;
}

void append_tickets(const rules::RuleBook& book,
                    const LearnOptions& options,
                    const Invocation& invocation,
                    std::vector<rules::Lesson>& lessons) {
    const Desk desk = configured_desk(invocation);
    const auto store = store_to_read(desk);
    const auto since = instant_of_option(options.since, "--since", desk, SystemClock{}.now());
    Progress progress{"mails", store->past.count(since)};
    auto tickets = stored_lessons(*store, desk, book.weighing, since,
                                  [&progress](std::int64_t done) { progress.set(done); });
    std::move(tickets.begin(), tickets.end(), std::back_inserter(lessons));
}

json::object to_json(const rules::Marks& marks) {
    return {{"mails", marks.mails},
            {"acceptable", marks.acceptable},
            {"exact", marks.exact},
            {"gravest",
             {{"right", marks.gravest_right},
              {"false", marks.gravest_false},
              {"missed", marks.gravest_missed}}},
            {"restricted",
             {{"right", marks.restricted_right},
              {"false", marks.restricted_false},
              {"missed", marks.restricted_missed}}}};
}

std::string in_words(const char* when, const rules::Marks& marks) {
    const double share = marks.mails == 0 ? 0
                                          : 100.0 * static_cast<double>(marks.acceptable) /
                                                static_cast<double>(marks.mails);
    return fmt::format(
        "{:<7} {:>5.1f} % of {} mails right; the gravest {} right, {} false, {} missed; "
        "restricted {} right, {} false, {} missed\n",
        when, share, marks.mails, marks.gravest_right, marks.gravest_false, marks.gravest_missed,
        marks.restricted_right, marks.restricted_false, marks.restricted_missed);
}

std::string in_words(const rules::LearningTrial& trial, std::size_t lessons) {
    std::string text = fmt::format("{} mails; tried on mails that were not learnt ({}):\n", lessons,
                                   trial.held_back);
    text += in_words("before", trial.before) + in_words("after", trial.after);
    const auto better = std::count_if(trial.changed.begin(), trial.changed.end(),
                                      [](const rules::Relearnt& each) { return each.is_better; });
    text += fmt::format("{} of them would have another priority, {} of these a right one:\n",
                        trial.changed.size(), better);
    for (std::size_t i = 0; i < std::min(changes_shown, trial.changed.size()); ++i) {
        const rules::Relearnt& each = trial.changed[i];
        text += fmt::format("    {}: {} -> {}{}\n", harmless_text(each.name), each.before,
                            each.after, each.is_better ? "" : ", wrong");
    }
    return text;
}

json::object to_json(const rules::LearningTrial& trial, std::size_t lessons) {
    json::array changed;
    for (const rules::Relearnt& each : trial.changed) {
        changed.push_back({{"name", each.name},
                           {"before", each.before},
                           {"after", each.after},
                           {"better", each.is_better}});
    }
    return {{"lessons", lessons},
            {"held_back", trial.held_back},
            {"before", to_json(trial.before)},
            {"after", to_json(trial.after)},
            {"changed", std::move(changed)}};
}

void write_file(const std::filesystem::path& file, const std::string& text) {
    std::ofstream out{file, std::ios::binary | std::ios::trunc};
    out << text;
    out.close();
    if (!out) throw CommandFailure(EX_CANTCREAT, "bellhop: cannot write " + file.string() + "\n");
}

std::string today_text() {
    return rules::to_text(SystemClock{}.now()).substr(0, 10);
}

}  // namespace

int run_rules_show(const ConfiguredRules& rules,
                   const std::string& name,
                   const Invocation& invocation) {
    const rules::RuleListing listing = rules::listing_of(rules.rule_set().book());
    rules::RuleListing shown;
    for (const auto& [key, text] : listing) {
        const bool is_named = key == name || key.substr(key.find(' ') + 1) == name;
        if (name.empty() || is_named) shown.emplace(key, text);
    }
    if (shown.empty()) {
        throw CommandFailure(EX_DATAERR,
                             "bellhop: the rules have no " + parsers::in_quotes(name) +
                                 "\n    = `bellhop rules show` names all that they have\n");
    }
    if (invocation.json) {
        std::cout << json::serialize(to_json(shown)) << '\n';
        return EX_OK;
    }
    for (const auto& [key, text] : shown) {
        if (name.empty()) {
            const auto lines = std::count(text.begin(), text.end(), '\n');
            const std::string first = text.substr(0, text.find('\n'));
            std::cout << key << ": " << first
                      << (lines > 1 ? fmt::format(" ... ({} lines)", lines) : "") << '\n';
            continue;
        }
        std::cout << key << '\n';
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            std::cout << "    " << text.substr(at, end - at) << '\n';
            at = end + 1;
        }
    }
    return EX_OK;
}

int run_rules_diff(const ConfiguredRules& rules,
                   const std::string& before,
                   const GiveRules& give,
                   const Invocation& invocation) {
    const rules::RuleListing old_listing = before.ends_with(".toml")
                                               ? rules::listing_of(give(before).rule_set().book())
                                               : listing_in(text_of_file(before), before);
    const auto lines = rules::differences(old_listing, rules::listing_of(rules.rule_set().book()));
    if (invocation.json) {
        std::cout << json::serialize(json::value_from(lines)) << '\n';
    } else {
        for (const std::string& line : lines) std::cout << line << '\n';
        if (lines.empty()) std::cout << "no difference\n";
    }
    return lines.empty() ? EX_OK : 1;
}

int run_rules_learn(const ConfiguredRules& rules,
                    const LearnOptions& options,
                    const Invocation& invocation) {
    require_weighing(rules);
    const rules::RuleSet& rule_set = rules.rule_set();
    std::vector<rules::Lesson> lessons = labelled_lessons(rule_set.book(), options);
    if (!options.since.empty() || options.labelled.empty()) {
        LearnOptions of_tickets = options;
        if (of_tickets.since.empty()) of_tickets.since = "365d";
        append_tickets(rule_set.book(), of_tickets, invocation, lessons);
    }
    constexpr std::size_t fewest = 50;
    if (lessons.size() < fewest) {
        throw CommandFailure(
            1, fmt::format("bellhop: {} mails are too few to learn from\n    = at least {}: "
                           "tickets (--since 2y), or labelled mails (--labelled FOLDER)\n",
                           lessons.size(), fewest));
    }
    const rules::LearningTrial trial = rules::try_learning(rule_set, lessons, options.scope);
    const rules::Learnt learnt = rules::learn(rule_set, lessons, options.scope);
    const std::string version =
        options.version.empty() ? today_text() + ", " + std::to_string(lessons.size()) + " mails"
                                : options.version;
    const std::filesystem::path folder = options.out;
    write_file(folder / "learned.points", rules::written(version, learnt.start, learnt.words));
    write_file(folder / "learned.toml",
               rules::learnt_rules(learnt, rule_set.book().weighing, version, "learned.points",
                                   options.scope.evidence));
    if (invocation.json) {
        std::cout << json::serialize(to_json(trial, lessons.size())) << '\n';
    } else {
        std::cout
            << in_words(trial, lessons.size()) << "written: " << (folder / "learned.toml").string()
            << " and learned.points beside it\n"
            << "nothing of it counts until rules.toml includes it: `bellhop rules backtest --rules "
               "NEW` tries it on past mail\n";
    }
    return EX_OK;
}

}  // namespace bellhop::daemon
