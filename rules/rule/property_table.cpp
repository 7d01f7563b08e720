#include "rules/rule/property_table.hpp"

#include <chrono>

#include "parsers/text/ensure.hpp"
#include "rules/evidence/machine_report.hpp"
#include "rules/people/people.hpp"

namespace bellhop::rules {
namespace {

using Names = std::vector<std::string>;

const Names& weekdays() {
    static const Names names{"monday", "tuesday",  "wednesday", "thursday",
                             "friday", "saturday", "sunday"};
    return names;
}

std::string weekday_of(std::chrono::year_month_day date) {
    return weekdays()[std::chrono::weekday{std::chrono::sys_days{date}}.iso_encoding() - 1];
}

std::string name_of_kind(parsers::MessageKind kind) {
    if (kind == parsers::MessageKind::human) return "person";
    return kind == parsers::MessageKind::automatic ? "automatic" : "bounce";
}

std::string name_of_content(parsers::MessageContent content) {
    switch (content) {
        case parsers::MessageContent::text:
            return "text";
        case parsers::MessageContent::empty:
            return "empty";
        case parsers::MessageContent::image_only:
            return "image only";
        case parsers::MessageContent::attachment_only:
            return "attachment only";
    }
    never_reached();
}

Names attachment_types(const MailFacts& facts, const Decision&) {
    Names types;
    for (const AttachmentFacts& attachment : facts.attachments) types.push_back(attachment.type);
    return types;
}

Names header_names(const MailFacts& facts, const Decision&) {
    Names names;
    for (const parsers::HeaderField& field : facts.fields) names.push_back(field.name);
    return names;
}

/// "report" of every machine's mail, and what it says: "well", or "ill" and how grave.
Names machine_values(const MailFacts& facts, const Decision&) {
    const bool is_automatic = facts.kind != parsers::MessageKind::human;
    const auto report =
        machine_report({facts.subject, facts.body, facts.from, facts.from_name, is_automatic});
    if (!report) return {};
    Names names{"report"};
    if (report->state == MachineState::well) names.emplace_back("well");
    if (report->state != MachineState::ill) return names;
    names.emplace_back("ill");
    if (report->severity != MachineSeverity::unknown) names.emplace_back(name_of(report->severity));
    return names;
}

std::vector<PropertyEntry> make_table() {
    using Facts = const MailFacts&;
    using SoFar = const Decision&;
    constexpr auto any = KnownValues::any;
    constexpr auto listed = KnownValues::listed;
    constexpr auto priorities = KnownValues::priorities;
    constexpr bool by_rules = true;
    constexpr bool single = true;
    return {
        {Property::arrival,
         "arrival",
         listed,
         {"new", "follow-up", "any"},
         !by_rules,
         single,
         [](Facts f, SoFar) {
             return Names{f.context.arrival == Arrival::new_ticket ? "new" : "follow-up"};
         }},
        {Property::mailbox,
         "mailbox",
         any,
         {},
         !by_rules,
         single,
         [](Facts f, SoFar) { return Names{f.context.mailbox}; }},
        {Property::school,
         "school",
         any,
         {},
         !by_rules,
         single,
         [](Facts f, SoFar) { return Names{f.context.school}; }},
        {Property::plan,
         "plan",
         any,
         {},
         !by_rules,
         single,
         [](Facts f, SoFar) { return Names{f.context.plan}; }},
        {Property::group, "group", listed, group_names(), !by_rules, !single,
         [](Facts f, SoFar) { return f.context.groups; }},
        {Property::sender_proof,
         "sender_proof",
         listed,
         {"proved", "inside", "unknown", "failed"},
         !by_rules,
         single,
         [](Facts f, SoFar) { return Names{std::string{to_text(f.context.proof)}}; }},
        {Property::kind,
         "kind",
         listed,
         {"person", "automatic", "bounce"},
         !by_rules,
         single,
         [](Facts f, SoFar) { return Names{name_of_kind(f.kind)}; }},
        {Property::machine,
         "machine",
         listed,
         {"report", "ill", "well", "critical", "error", "warning", "information"},
         !by_rules,
         !single,
         machine_values},
        {Property::content,
         "content",
         listed,
         {"text", "empty", "image only", "attachment only"},
         !by_rules,
         single,
         [](Facts f, SoFar) { return Names{name_of_content(f.content)}; }},
        {Property::hours,
         "hours",
         listed,
         {"open", "closed"},
         !by_rules,
         single,
         [](Facts f, SoFar) { return Names{f.context.open ? "open" : "closed"}; }},
        {Property::calendar,
         "calendar",
         any,
         {},
         !by_rules,
         !single,
         [](Facts f, SoFar) { return f.context.layers; }},
        {Property::weekday, "weekday", listed, weekdays(), !by_rules, single,
         [](Facts f, SoFar) { return Names{weekday_of(f.context.date)}; }},
        {Property::evidence,
         "evidence",
         KnownValues::evidence,
         {},
         !by_rules,
         !single,
         [](Facts, SoFar d) { return d.weighed ? d.weighed->found : Names{}; }},
        {Property::proposed,
         "proposed",
         priorities,
         {},
         !by_rules,
         single,
         [](Facts, SoFar d) { return Names{d.proposed}; }},
        {Property::priority,
         "priority",
         priorities,
         {},
         by_rules,
         !single,
         [](Facts, SoFar d) { return Names{d.outcome.priority}; }},
        {Property::tagged,
         "tagged",
         any,
         {},
         by_rules,
         !single,
         [](Facts, SoFar d) { return d.outcome.tags; }},
        {Property::marked,
         "marked",
         any,
         {},
         by_rules,
         !single,
         [](Facts, SoFar d) { return d.marks; }},
        {Property::attachment_type,
         "attachment_type",
         any,
         {},
         !by_rules,
         !single,
         attachment_types},
        {Property::has_header, "has_header", any, {}, !by_rules, !single, header_names},
    };
}

}  // namespace

const std::vector<PropertyEntry>& property_table() {
    static const std::vector<PropertyEntry> table = make_table();
    return table;
}

const PropertyEntry& entry_of(Property property) {
    const PropertyEntry& entry = property_table()[static_cast<std::size_t>(property)];
    ensure(entry.property == property);
    return entry;
}

std::string name_of(Property property) {
    return entry_of(property).name;
}

bool is_decided_by_rules(Property property) {
    return entry_of(property).is_decided_by_rules;
}

}  // namespace bellhop::rules
