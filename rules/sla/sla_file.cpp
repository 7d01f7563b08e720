#include "rules/sla/sla_file.hpp"

#include <algorithm>
#include <utility>

#include "parsers/config/config_file.hpp"
#include "parsers/text/lists.hpp"
#include "rules/sla/target_words.hpp"

namespace bellhop::rules {
namespace {

using parsers::ConfigFile;
using parsers::ConfigTable;
using parsers::ConfigValue;
using parsers::Diagnostics;
using parsers::in_quotes;
using std::chrono::local_days;

const std::string target_hint =
    "expected \"30 minutes\", \"4 hours\", \"3 business days\", \"1 week\", \"48 calendar hours\", "
    "\"immediate\" or \"as agreed\"";

/// The last of `at`, after which `word` stands: "breach + 1 hour" gives " + 1 hour".
std::string_view after_word(std::string_view text, std::string_view word) {
    return text.starts_with(word) ? text.substr(word.size()) : std::string_view{};
}

class SlaFileReader {
public:
    explicit SlaFileReader(ConfigTable root) : root_(std::move(root)) {}

    SlaPolicy read() {
        read_words();
        read_statuses();
        read_priorities();
        read_plans(root_, policy_.versions.front());
        read_versions();
        for (ConfigTable& table : root_.tables("reminder")) read_reminder(table);
        remind_approvers();
        for (ConfigTable& table : root_.tables("step")) read_step(table);
        read_missed();
        read_limits();
        root_.refuse_unknown_keys();
        return std::move(policy_);
    }

private:
    /// What words in targets mean; they stand at the top of the file and count for all of it.
    void read_words() {
        const auto days = root_.integer("business_days_per_week", 1, 7);
        reading_.business_days_per_week = static_cast<int>(days.value_or(5));
        const auto grace =
            root_.duration("immediate_grace", std::chrono::seconds{0}, std::chrono::hours{8});
        reading_.immediate_grace = grace.value_or(std::chrono::minutes{5});
    }

    void read_limits() {
        const auto percent = root_.integer("attainment", 1, 100);
        policy_.attainment_percent = static_cast<int>(percent.value_or(96));
        policy_.reopen_window_days = read_days(root_, "reopen_window").value_or(10);
        policy_.close_after_days = read_days(root_, "close_after").value_or(5);
        const auto digest = root_.integer("digest_threshold", 1, 1000);
        policy_.digest_threshold = static_cast<std::size_t>(digest.value_or(20));
    }

    /// "2 business days", "1 week".
    std::optional<int> days_from(const ConfigValue& value) const {
        const auto text = value.text();
        if (!text) return std::nullopt;
        const auto words = parse_target(*text, reading_);
        const auto* days =
            words && words->target ? std::get_if<BusinessDays>(&words->target->kind) : nullptr;
        if (days == nullptr) {
            value.complain("no business days: " + in_quotes(*text),
                           {"write \"2 business days\" or \"1 week\""});
            return std::nullopt;
        }
        return days->days;
    }

    std::optional<int> read_days(ConfigTable& table, std::string_view key) const {
        const auto value = table.value(key);
        return value ? days_from(*value) : std::nullopt;
    }

    /// A text, or { within = "48 calendar hours", roll = "none", text = "Within 48 hours" }.
    std::optional<Target> read_target(ConfigTable& table, std::string_view key) const {
        const auto value = table.value(key);
        if (!value) return std::nullopt;
        if (value->kind() != parsers::ConfigKind::table) return target_from(*value);
        auto inner = value->table();
        if (!inner) return std::nullopt;
        inner->require("within", "within = \"48 calendar hours\"");
        const auto within = inner->value("within");
        const auto roll = inner->choice("roll", {"forward", "none"});
        const auto grace = inner->duration("grace", std::chrono::seconds{0}, std::chrono::hours{8});
        const auto text = inner->text("text");
        inner->refuse_unknown_keys();
        std::optional<Target> target = within ? target_from(*within) : std::nullopt;
        if (!target) return std::nullopt;
        if (text) target->text = *text;
        if (auto* immediate = std::get_if<Immediate>(&target->kind); immediate && grace) {
            immediate->grace = *grace;
        } else if (grace) {
            inner->complain("grace", "only an immediate target has a grace");
        }
        if (auto* time = std::get_if<CalendarTime>(&target->kind); time && roll) {
            time->roll = *roll == "none" ? Roll::none : Roll::forward;
        } else if (roll) {
            inner->complain("roll", "only calendar time is rolled");
        }
        return target;
    }

    std::optional<Target> target_from(const ConfigValue& value) const {
        const auto text = value.text();
        if (!text) return std::nullopt;
        const auto words = parse_target(*text, reading_);
        if (words) return words->target;
        value.complain("unknown target " + in_quotes(*text), {target_hint});
        return std::nullopt;
    }

    Targets read_targets(ConfigTable& table, bool must_promise) const {
        Targets targets{read_target(table, "respond"), read_target(table, "resolve")};
        if (must_promise && !table.has("respond") && !table.has("resolve")) {
            table.complain_at(
                table.where(), "a priority without a target",
                {"write respond = \"1 hour\", resolve = \"3 business days\", or resolve = "
                 "\"as agreed\""});
        }
        return targets;
    }

    void read_priorities() {
        policy_.versions.push_back({});
        auto all = root_.table("priority");
        if (!all) {
            root_.complain_at(root_.where(), "no priorities",
                              {"write [priority.P1] and below it respond = \"1 hour\""});
            return;
        }
        for (const std::string& id : all->keys()) {
            auto table = all->table(id);
            if (!table) continue;
            policy_.priorities.push_back({id, table->text("name").value_or(id)});
            policy_.versions.front().targets[id] = read_targets(*table, true);
            table->refuse_unknown_keys();
        }
        if (!policy_.priorities.empty()) {
            policy_.default_priority =
                root_.choice("default", priority_ids()).value_or(policy_.priorities.back().id);
        }
    }

    std::vector<std::string> priority_ids() const {
        std::vector<std::string> ids;
        for (const Priority& priority : policy_.priorities) ids.push_back(priority.id);
        return ids;
    }

    /// Whether there is such a priority; complains at the key where there is none.
    bool is_priority(const ConfigTable& table, const std::string& id) const {
        const std::vector<std::string> known = priority_ids();
        if (parsers::contains(known, id)) return true;
        table.complain_at(table.where_key(id), "unknown priority " + in_quotes(id),
                          {"expected one of: " + parsers::joined(known, ", ")});
        return false;
    }

    void read_plans(ConfigTable& table, PolicyVersion& version) {
        auto plans = table.table("plan");
        if (!plans) return;
        for (const std::string& name : plans->keys()) {
            auto plan = plans->table(name);
            if (!plan) continue;
            for (const std::string& id : plan->keys()) {
                auto targets = plan->table(id);
                if (!targets || !is_priority(*plan, id)) continue;
                version.plans[name][id] = read_targets(*targets, true);
                targets->refuse_unknown_keys();
            }
        }
    }

    /// A version changes what it names; the rest stays as it was before.
    void read_versions() {
        for (ConfigTable& table : root_.tables("version")) {
            const auto from = table.date("from");
            table.require("from", "from = 2027-01-04");
            PolicyVersion version = policy_.versions.back();
            if (from) {
                const local_days date{*from};
                if (version.from && date <= *version.from) {
                    table.complain("from", "this version is not after the one above it");
                }
                version.from = date;
            }
            if (auto priorities = table.table("priority")) {
                for (const std::string& id : priorities->keys()) {
                    auto targets = priorities->table(id);
                    if (!targets || !is_priority(*priorities, id)) continue;
                    version.targets[id] = read_targets(*targets, true);
                    targets->refuse_unknown_keys();
                }
            }
            read_plans(table, version);
            table.refuse_unknown_keys();
            policy_.versions.push_back(std::move(version));
        }
    }

    void read_statuses() {
        auto all = root_.table("status");
        if (!all) return;
        for (const std::string& name : all->keys()) {
            auto table = all->table(name);
            if (table) read_status(name, *table);
        }
        check_customer_replies(*all);
    }

    void read_status(const std::string& name, ConfigTable& table) {
        auto known = std::find_if(policy_.statuses.begin(), policy_.statuses.end(),
                                  [&](const StatusRule& rule) { return rule.name == name; });
        const auto clock = table.one_of<ClockMode>(
            "clock",
            {{"run", ClockMode::run}, {"pause", ClockMode::pause}, {"stop", ClockMode::stop}});
        if (known == policy_.statuses.end()) {
            table.require("clock", "clock = \"pause\"");
            policy_.statuses.push_back({name, ClockMode::run, ""});
            known = std::prev(policy_.statuses.end());
        }
        if (clock) known->clock = *clock;
        if (const auto text = table.text("name")) policy_.status_names[name] = *text;
        if (const auto to = table.text("customer_reply")) known->after_customer_reply = *to;
        table.refuse_unknown_keys();
    }

    void check_customer_replies(ConfigTable& all) const {
        for (const std::string& name : all.keys()) {
            auto table = all.table(name);
            const auto to = table ? table->text("customer_reply") : std::nullopt;
            if (to && !to->empty() && !is_status(*to)) {
                table->complain("customer_reply", "unknown status " + in_quotes(*to));
            }
        }
    }

    bool is_status(const std::string& name) const {
        return std::any_of(policy_.statuses.begin(), policy_.statuses.end(),
                           [&](const StatusRule& rule) { return rule.name == name; });
    }

    std::vector<std::string> status_ids() const {
        std::vector<std::string> names;
        for (const StatusRule& rule : policy_.statuses) names.push_back(rule.name);
        return names;
    }

    void read_reminder(ConfigTable& table) {
        ReminderRule rule;
        table.require("status", "status = \"waiting_customer\"");
        rule.status = table.choice("status", status_ids()).value_or("");
        rule.to = table
                      .one_of<ReminderTo>("to", {{"customer", ReminderTo::customer},
                                                 {"assignee", ReminderTo::assignee},
                                                 {"approver", ReminderTo::approver}})
                      .value_or(ReminderTo::customer);
        rule.tells_at_once = table.boolean("at_once").value_or(false);
        for (const ConfigValue& value : table.items("after")) {
            const auto days = days_from(value);
            if (!days) continue;
            if (!rule.after_days.empty() && *days <= rule.after_days.back()) {
                value.complain("reminders must be in rising order");
                continue;
            }
            rule.after_days.push_back(*days);
        }
        rule.then = table
                        .one_of<AfterReminders>("then", {{"nothing", AfterReminders::nothing},
                                                         {"resolve", AfterReminders::resolve},
                                                         {"hand_back", AfterReminders::hand_back}})
                        .value_or(AfterReminders::nothing);
        rule.ends_after = read_days(table, "then_after");
        check_end(table, rule);
        table.refuse_unknown_keys();
        if (reminder_rule(policy_, rule.status) != nullptr) {
            table.complain("status", "there are two reminders for " + in_quotes(rule.status));
        }
        if (!rule.status.empty()) policy_.reminders.push_back(std::move(rule));
    }

    /// A request that nobody answers would wait for ever: its approver is reminded also where the
    /// file does not speak of it.
    void remind_approvers() {
        if (reminder_rule(policy_, status::waiting_approval) != nullptr) return;
        ReminderRule rule;
        rule.status = status::waiting_approval;
        rule.to = ReminderTo::approver;
        rule.after_days = {1, 3, 5};
        policy_.reminders.push_back(std::move(rule));
    }

    static void check_end(ConfigTable& table, const ReminderRule& rule) {
        if (rule.then == AfterReminders::nothing) return;
        if (!rule.ends_after) {
            if (!table.has("then_after")) {
                table.complain("then", "it is not said when",
                               {"write then_after = \"10 business days\""});
            }
            return;
        }
        if (!rule.after_days.empty() && *rule.ends_after <= rule.after_days.back()) {
            table.complain("then_after", "the end is not after the last reminder");
        }
    }

    void read_step(ConfigTable& table) {
        LadderStep step;
        step.name = table.required_text("at", "at = \"75%\"");
        if (!step.name.empty() && !read_point(step)) {
            table.complain("at", "unknown step " + in_quotes(step.name),
                           {"expected \"75%\", \"breach\", \"breach + 1 hour\" or \"breach + 1 "
                            "business day\""});
        }
        const auto timer = table.one_of<TimerKind>(
            "timer", {{"response", TimerKind::response}, {"resolution", TimerKind::resolution}});
        if (timer) step.timers = {*timer};
        for (const ConfigValue& value : table.items("priority")) {
            if (const auto id = value.choice(priority_ids())) step.priorities.push_back(*id);
        }
        step.tell = table.texts("tell");
        step.where = table.where();
        table.require("tell", "tell = [\"assignee\", \"team\"]");
        table.refuse_unknown_keys();
        policy_.ladder.push_back(std::move(step));
    }

    /// tell_missed = true, or a list of priorities.
    void read_missed() {
        const auto value = root_.value("tell_missed");
        if (!value) return;
        if (value->kind() == parsers::ConfigKind::boolean) {
            if (value->boolean().value_or(false)) policy_.tell_missed = priority_ids();
            return;
        }
        for (const ConfigValue& one : root_.items("tell_missed")) {
            if (const auto id = one.choice(priority_ids())) policy_.tell_missed.push_back(*id);
        }
    }

    bool read_point(LadderStep& step) const {
        const std::string& text = step.name;
        if (!text.empty() && text.back() == '%') {
            const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
            const std::string digits = text.substr(0, text.size() - 1);
            if (digits.empty() || digits.size() > 2 ||
                !std::all_of(digits.begin(), digits.end(), is_digit)) {
                return false;
            }
            step.point = WarningPoint{std::stoi(digits)};
            return std::stoi(digits) > 0;
        }
        if (text == "breach") {
            step.point = BreachPoint{};
            return true;
        }
        const auto later = parse_target(after_word(text, "breach +"), reading_);
        if (!later || !later->target) return false;
        if (const auto* time = std::get_if<BusinessTime>(&later->target->kind)) {
            step.point = BreachPoint{time->amount};
            return true;
        }
        const auto* days = std::get_if<BusinessDays>(&later->target->kind);
        if (days != nullptr) step.point = BreachPoint{*days};
        return days != nullptr;
    }

    ConfigTable root_;
    TargetReading reading_ = {};
    SlaPolicy policy_ = {};
};

}  // namespace

boost::system::result<SlaPolicy, Diagnostics> load_sla_file(const std::string& file,
                                                            std::string_view text) {
    const auto parsed = ConfigFile::parse(file, text);
    if (parsed.has_error()) return parsed.error();
    Diagnostics complaints;
    SlaPolicy policy = SlaFileReader{parsed->root(complaints)}.read();
    if (parsers::has_errors(complaints)) {
        parsers::sort_by_place(complaints);
        return complaints;
    }
    return policy;
}

}  // namespace bellhop::rules
