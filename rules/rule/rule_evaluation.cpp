#include "rules/rule/rule_evaluation.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "parsers/header/address.hpp"
#include "rules/rule/rule_effect.hpp"
#include "rules/words/wildcard.hpp"

namespace bellhop::rules {
namespace {

Reason reason(std::string field, std::string word) {
    Reason made;
    made.field = std::move(field);
    made.word = std::move(word);
    return made;
}

/// Where a "Re:" or "Fwd:" begins, after which a subject is somebody else's; its end where there is
/// none.
std::size_t reply_prefix(std::string_view subject) {
    static constexpr std::string_view prefixes[] = {"re", "fw", "fwd", "aw", "wg",
                                                    "sv", "vs", "tr",  "rv"};
    const std::string lower = folded_form(subject.substr(0, subject.find('\n')));
    for (std::size_t colon = lower.find(':'); colon != std::string::npos;
         colon = lower.find(':', colon + 1)) {
        const std::size_t before = lower.find_last_not_of("abcdefghijklmnopqrstuvwxyz", colon - 1);
        const std::size_t begin = colon == 0 ? 0 : before + 1;  // npos + 1 == 0
        const std::string_view word = std::string_view{lower}.substr(begin, colon - begin);
        if (std::find(std::begin(prefixes), std::end(prefixes), word) != std::end(prefixes))
            return begin;
    }
    return subject.size();
}

}  // namespace

std::string proposed_priority(const MailFacts& facts,
                              const Proposals& proposals,
                              const std::vector<std::string>& priorities) {
    const auto known = [&](std::string_view name) {
        const auto found =
            std::find_if(priorities.begin(), priorities.end(), [&](const std::string& priority) {
                return folded_form(priority) == folded_form(name);
            });
        return found == priorities.end() ? std::string{} : *found;
    };
    for (const std::string& header : proposals.headers) {
        const std::string found = known(text_of(facts, {TextField::header, header}));
        if (!found.empty()) return found;
    }
    const std::string_view own =
        std::string_view{facts.subject}.substr(0, reply_prefix(facts.subject));
    for (std::size_t open = own.find('[');
         proposals.in_subject && open != std::string_view::npos;) {
        const std::size_t close = own.find(']', open);
        if (close == std::string_view::npos) break;
        const std::string found = known(own.substr(open + 1, close - open - 1));
        if (!found.empty()) return found;
        open = own.find('[', close);
    }
    return {};
}

RuleEvaluation::RuleEvaluation(const RuleBook& book,
                               const RuleProgram& program,
                               const MailFacts& facts)
    : book_{book},
      program_{program},
      facts_{facts},
      texts_(program.texts.size()),
      scans_(program.texts.size()),
      may_match_(program.gate_texts.size()) {}

Decision RuleEvaluation::run() {
    decision_.digest = book_.digest;
    decision_.trace.reserve(2 + book_.rules.size() + book_.boosts.size());
    begin();
    for (std::uint32_t i = 0; i < book_.rules.size(); ++i) {
        look_at(program_.rules[i], book_.rules[i], StepKind::rule, i);
    }
    hold_back_stranger();
    stopped_ = false;
    for (std::uint32_t i = 0; i < book_.boosts.size(); ++i) {
        look_at(program_.boosts[i], book_.boosts[i], StepKind::boost, i);
    }
    if (facts_.context.arrival == Arrival::new_ticket) settle_doubt();
    return std::move(decision_);
}

void RuleEvaluation::begin() {
    const MailContext& context = facts_.context;
    if (context.arrival == Arrival::follow_up && context.ticket) {
        begin_as(*context.ticket);
        if (book_.weighing.has_scale()) weigh();
        return;
    }
    Step step{StepKind::start, 0, Verdict::matched};
    apply(book_.start, book_.priorities, std::nullopt, effects_, step.did);
    decision_.trace.push_back(std::move(step));
    if (book_.weighing.has_scale()) weigh();
    if (context.arrival == Arrival::new_ticket) take_proposal();
}

void RuleEvaluation::begin_as(const Ticket& ticket) {
    decision_.outcome.priority = ticket.priority;
    decision_.outcome.team = ticket.team;
    decision_.outcome.assignee = ticket.assignee;
    decision_.outcome.category = ticket.category;
    decision_.outcome.tags = ticket.tags;
    decision_.outcome.restricted = ticket.restricted;
}

void RuleEvaluation::take_proposal() {
    const Proposals& proposals = book_.proposals;
    decision_.proposed = proposed_priority(facts_, proposals, book_.priorities);
    if (decision_.proposed.empty()) return;
    Step step{StepKind::proposal, 0, Verdict::not_matched};
    const auto& groups = values_of(Property::group);
    const auto counts = std::find_if(groups.begin(), groups.end(), [&](const NamedValue& group) {
        return std::any_of(
            proposals.groups.begin(), proposals.groups.end(),
            [&](const std::string& allowed) { return folded_form(allowed) == group.folded; });
    });
    if (counts != groups.end()) {
        step.verdict = Verdict::matched;
        step.because.push_back(reason("proposed", decision_.proposed));
        step.because.push_back(reason("group", counts->value));
        RuleActions actions;
        actions.priority = decision_.proposed;
        actions.lower_to = proposals.at_most;
        apply(actions, book_.priorities, std::nullopt, effects_, step.did);
    }
    decision_.trace.push_back(std::move(step));
}

/// Whoever can write to the desk could else ring its bell: words of a stranger raise no alarm, on a
/// ticket that is there no more than on a new one.
void RuleEvaluation::hold_back_stranger() {
    const MailContext& context = facts_.context;
    if (!book_.strangers_at_most) return;
    std::string most = *book_.strangers_at_most;
    const bool has_more =
        context.arrival == Arrival::follow_up && context.ticket &&
        rank_of(context.ticket->priority, book_.priorities) < rank_of(most, book_.priorities);
    if (has_more) most = context.ticket->priority;
    if (rank_of(decision_.outcome.priority, book_.priorities) >= rank_of(most, book_.priorities)) {
        return;
    }
    Step step{StepKind::strangers, 0, Verdict::not_matched};
    if (context.is_from_stranger()) {
        step.verdict = Verdict::matched;
        step.because.push_back(context.standing == Standing::himself
                                   ? reason("group", "unknown")
                                   : reason("sender_proof", std::string{to_text(context.proof)}));
        RuleActions actions;
        actions.lower_to = most;
        apply(actions, book_.priorities, std::nullopt, effects_, step.did);
    }
    decision_.trace.push_back(std::move(step));
}

void RuleEvaluation::look_at(const CompiledRule& compiled,
                             const Rule& rule,
                             StepKind kind,
                             std::uint32_t index) {
    Step& step = decision_.trace.emplace_back();
    step.kind = kind;
    step.index = index;
    if (stopped_) {
        step.verdict = Verdict::not_reached;
    } else if (kind == StepKind::boost && facts_.context.is_from_stranger()) {
        step.verdict = Verdict::not_for_strangers;
    } else {
        step.verdict = verdict_on(compiled, rule, step);
    }
    if (step.verdict == Verdict::matched) {
        apply(rule.then, book_.priorities, surge_parent_, effects_, step.did);
        const bool joins_the_first = rule.then.parent && !rule.then.parent->ticket;
        if (joins_the_first && surge_parent_) decision_.outcome.parts = surge_parts_;
        stopped_ = rule.then.stop;
    }
}

Verdict RuleEvaluation::verdict_on(const CompiledRule& compiled, const Rule& rule, Step& step) {
    for (std::uint32_t i = compiled.begin; i < compiled.end; ++i) {
        const std::uint32_t condition = program_.rule_conditions[i];
        const auto known = static_cast<std::ptrdiff_t>(step.because.size());
        if (may_hold(program_.gates[condition]) && holds(condition, step.because)) continue;
        step.because.erase(step.because.begin(), step.because.begin() + known);
        step.failed = condition;
        return Verdict::not_matched;
    }
    surge_parent_.reset();
    surge_parts_.clear();
    return rule.surge && !has_surge(rule, step) ? Verdict::no_surge : Verdict::matched;
}

/// Counts the tickets that met the same rule's other conditions before, and this mail.
bool RuleEvaluation::has_surge(const Rule& rule, Step& step) {
    const SurgeTest& surge = *rule.surge;
    const MailContext& context = facts_.context;
    if (context.is_from_stranger()) return false;
    decision_.surge_rules.push_back(rule.name);
    std::set<std::string> people{parsers::address_key(facts_.from)};
    std::size_t tickets = 1;
    const RecentTicket* first = nullptr;
    for (const RecentTicket& recent : context.recent) {
        if (recent.at + surge.within < context.at || recent.at > context.at) continue;
        if (context.knows_people && recent.school.empty()) continue;  // a stranger's
        if (surge.same == SurgeScope::school && recent.school != context.school) continue;
        const auto& names = recent.surge_rules;
        if (std::find(names.begin(), names.end(), rule.name) == names.end()) continue;
        ++tickets;
        people.insert(parsers::address_key(recent.requester));
        if (!recent.parent) surge_parts_.push_back(recent.ticket);
        if (first == nullptr || recent.at < first->at) first = &recent;
    }
    if (tickets < surge.tickets || people.size() < surge.people) return false;
    if (first != nullptr) surge_parent_ = first->parent ? first->parent : first->ticket;
    std::erase(surge_parts_, surge_parent_.value_or(TicketId{}));
    step.because.push_back(reason(
        "surge", std::to_string(tickets) + " tickets from " + std::to_string(people.size()) +
                     " people within " + std::to_string(surge.within.count() / 60) + " minutes"));
    return true;
}

}  // namespace bellhop::rules
