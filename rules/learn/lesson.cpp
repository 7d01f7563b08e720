#include "rules/learn/lesson.hpp"

#include <algorithm>

#include "parsers/config/config_file.hpp"
#include "rules/rule/rule_test.hpp"

namespace bellhop::rules {
namespace {

using parsers::ConfigTable;
using parsers::ConfigValue;

/// The first priority is the one that is right; others could be defended.
void take_priorities(ConfigTable& table, const Weighing& weighing, Lesson& lesson) {
    for (const ConfigValue& item : table.items("priority")) {
        const auto grade = grade_of(weighing, item.text().value_or(""));
        if (!grade) continue;
        if (!lesson.grade) lesson.grade = grade;
        lesson.acceptable[*grade] = true;
    }
}

void take_labels(ConfigTable& test,
                 const std::vector<std::string>& labels,
                 const Weighing& weighing,
                 Lesson& lesson) {
    for (const std::string& label : labels) {
        auto table = test.table(label);
        if (!table) continue;
        if (!lesson.grade) take_priorities(*table, weighing, lesson);
        if (!lesson.safeguarding) lesson.safeguarding = table->boolean("restricted");
    }
}

}  // namespace

std::optional<std::size_t> grade_of(const Weighing& weighing, std::string_view priority) {
    const auto& all = weighing.priorities;
    const auto found = std::find(all.begin(), all.end(), priority);
    if (found == all.end()) return std::nullopt;
    return static_cast<std::size_t>(found - all.begin());
}

boost::system::result<std::vector<Lesson>, parsers::Diagnostics> read_lessons(
    const std::string& name,
    std::string_view text,
    const RuleBook& book,
    const std::vector<std::string>& labels) {
    const auto file = parsers::ConfigFile::parse(name, text);
    if (file.has_error()) return file.error();
    parsers::Diagnostics complaints;
    ConfigTable root = file->root(complaints);
    const bool is_natural = !root.boolean("written").value_or(false);
    std::vector<Lesson> lessons;
    for (ConfigTable& test : root.tables("test")) {
        Lesson lesson;
        lesson.author = name;
        lesson.name = name + ':' + std::to_string(test.where().line);
        lesson.is_natural = is_natural;
        take_labels(test, labels, book.weighing, lesson);
        if (!lesson.grade && !lesson.safeguarding) continue;
        lesson.facts = read_test_mail(test);
        lessons.push_back(std::move(lesson));
    }
    if (parsers::has_errors(complaints)) return complaints;
    return lessons;
}

}  // namespace bellhop::rules
