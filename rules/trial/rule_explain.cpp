#include "rules/trial/rule_explain.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "rules/evidence/points.hpp"
#include "rules/rule/property_table.hpp"
#include "rules/words/folded_text.hpp"

namespace bellhop::rules {
namespace {

constexpr std::size_t words_shown = 4;  // of a condition; the file has the rest

std::string quoted(const std::string& word) {
    return '"' + word + '"';
}

/// "a", "b" or 3 more
std::string shortened(const std::vector<std::string>& words) {
    std::string all;
    for (std::size_t i = 0; i < words.size() && i < words_shown; ++i) {
        all += (i == 0 ? "" : ", ") + quoted(words[i]);
    }
    if (words.size() > words_shown)
        all += " or " + std::to_string(words.size() - words_shown) + " more";
    return all;
}

std::string reason_against(const TextTest& test) {
    std::vector<std::string> words;
    for (const Keyword& keyword : test.words.keywords) words.push_back(keyword.written);
    words.insert(words.end(), test.contains.begin(), test.contains.end());
    words.insert(words.end(), test.regexes.begin(), test.regexes.end());
    std::string where;
    for (const TextSource& source : test.in)
        where += (where.empty() ? "" : " or ") + name_of(source);
    const std::string what = test.at_least > 1
                                 ? "fewer than " + std::to_string(test.at_least) + " of "
                                 : std::string{"none of "};
    return what + shortened(words) + " in " + where;
}

std::string reason_against(const AddressTest& test) {
    return (test.field == AddressField::from ? "from is not " : "to is not ") +
           shortened(test.patterns);
}

std::string reason_against(const PropertyTest& test) {
    switch (test.property) {
        case Property::evidence:
            return "no evidence of " + shortened(test.values);
        case Property::machine:
            return "no machine's mail that is called " + shortened(test.values);
        case Property::marked:
            return "no mark " + shortened(test.values);
        case Property::tagged:
            return "no tag " + shortened(test.values);
        default:
            break;
    }
    return name_of(test.property) + " is not " + shortened(test.values);
}

std::string reason_against(const AttachmentTest& test) {
    return test.present ? "there are no attachments" : "there are attachments";
}

std::string date_text(std::chrono::year_month_day date) {
    const auto two = [](unsigned number) {
        return (number < 10 ? "0" : "") + std::to_string(number);
    };
    return std::to_string(static_cast<int>(date.year())) + '-' +
           two(static_cast<unsigned>(date.month())) + '-' + two(static_cast<unsigned>(date.day()));
}

std::string reason_against(const DateTest& test) {
    return "today is not from " + date_text(test.from) + " to " + date_text(test.to);
}

std::string reason_against(const CombinedTest& test) {
    if (test.quantifier == Quantifier::none) return "something speaks against it";
    std::string all;
    for (const Condition& condition : test.conditions) {
        all += (all.empty() ? "" : "; ") + why_not(condition);
    }
    if (test.quantifier == Quantifier::any || test.conditions.size() == 1) return all;
    return "not all of this holds: " + all;
}

std::size_t line_of(std::string_view text, std::size_t at) {
    const std::string_view before = text.substr(0, at);
    return 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
}

std::vector<ExplainedReason> explained(const std::vector<Reason>& reasons, const MailFacts& facts) {
    std::vector<ExplainedReason> all;
    for (const Reason& reason : reasons) {
        ExplainedReason made{reason.field, reason.word};
        if (reason.has_place) {
            made.at = reason.at;
            const std::string text = text_of(facts, reason.source);
            made.line = line_of(text, reason.at);
            made.excerpt = excerpt(text, reason.at, reason.until);
        }
        all.push_back(std::move(made));
    }
    return all;
}

constexpr std::size_t pieces_shown = 10;  // of what weighs; the rest is lighter

/// "+0.6 for P1": what it gives to one more than to the other.
std::string given(double points, const std::string& one, const std::string& other) {
    const long tenths = std::lround(points * 10);
    return '+' + std::to_string(std::labs(tenths) / 10) + '.' +
           std::to_string(std::labs(tenths) % 10) + " for " + (tenths < 0 ? other : one);
}

/// Between the first choice and the next likely.
std::string weight_of(const WeighedPiece& piece, const Weighed& weighed, const Weighing& weighing) {
    const std::string text =
        given(piece.points[weighed.grade] - piece.points[weighed.second],
              weighing.priorities[weighed.grade], weighing.priorities[weighed.second]);
    if (!weighed.is_safeguarding) return text;
    return text + ", " +
           given(piece.points[static_cast<std::size_t>(Scale::safeguarding)], "safeguarding",
                 "no safeguarding");
}

/// "P1 62 %, P2 30 %, P3 6 %, P4 2 %; safeguarding 0 %"
std::string shares_of(const Weighed& weighed, const Weighing& weighing) {
    const auto shares = likelihoods(weighed.sums);
    std::string text;
    for (std::size_t grade = 0; grade < grade_count; ++grade) {
        text += (grade == 0 ? "" : ", ") + weighing.priorities[grade] + ' ' +
                std::to_string(std::lround(100 * shares[grade])) + " %";
    }
    const double risk = likelihood_of_safeguarding(weighed.sums);
    return text + "; safeguarding " + std::to_string(std::lround(100 * risk)) + " %";
}

ExplainedRule explained_weighing(const RuleSet& rules,
                                 const MailFacts& facts,
                                 const Step& step,
                                 const Weighed& weighed) {
    const Weighing& weighing = rules.book().weighing;
    ExplainedRule made{rules.name_of(step), true, {}, step.did, {}, shares_of(weighed, weighing)};
    for (const WeighedPiece& piece : rules.heaviest(facts, pieces_shown)) {
        ExplainedReason reason = explained({piece.because}, facts).front();
        reason.evidence = piece.evidence;
        reason.weight = weight_of(piece, weighed, weighing);
        made.because.push_back(std::move(reason));
    }
    made.sum += weighing.tables.empty() ? std::string{", without a table"}
                                        : ", by the table \"" + versions_of(weighing.tables) + '"';
    return made;
}

std::string reason_against(const RuleSet& rules, const Step& step) {
    switch (step.verdict) {
        case Verdict::matched:
            return {};
        case Verdict::no_surge:
            return "too few such tickets so far";
        case Verdict::not_reached:
            return "an earlier rule has stopped";
        case Verdict::not_for_strangers:
            return "the desk does not know the sender, or does not believe that it is him";
        case Verdict::not_matched:
            break;
    }
    if (step.kind == StepKind::proposal) return "this sender's proposals do not count";
    if (step.kind == StepKind::strangers) return "the sender is no stranger";
    return why_not(rules.condition(step.failed));
}

}  // namespace

std::string why_not(const Condition& condition) {
    return std::visit([](const auto& test) { return reason_against(test); }, condition.test);
}

std::vector<ExplainedRule> explain(const RuleSet& rules,
                                   const MailFacts& facts,
                                   const Decision& decision) {
    std::vector<ExplainedRule> all;
    for (const Step& step : decision.trace) {
        if (step.kind == StepKind::weighing) {
            all.push_back(explained_weighing(rules, facts, step, *decision.weighed));
            continue;
        }
        all.push_back({rules.name_of(step),
                       step.verdict == Verdict::matched,
                       explained(step.because, facts),
                       step.did,
                       reason_against(rules, step),
                       {}});
    }
    return all;
}

}  // namespace bellhop::rules
