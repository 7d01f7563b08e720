#include "daemon/view/rule_output.hpp"

#include <fmt/format.h>

#include "daemon/view/output.hpp"
#include "parsers/text/lists.hpp"

namespace bellhop::daemon {
namespace {

boost::json::object to_json(const rules::ExplainedRule& rule) {
    boost::json::array because;
    for (const rules::ExplainedReason& reason : rule.because) {
        boost::json::object one{{"field", reason.field}, {"word", reason.word}};
        if (reason.at) {
            one["at"] = *reason.at;
            one["line"] = reason.line;
            one["excerpt"] = reason.excerpt;
        }
        if (!reason.evidence.empty()) one["evidence"] = reason.evidence;
        if (!reason.weight.empty()) one["weight"] = reason.weight;
        because.push_back(std::move(one));
    }
    boost::json::object object{{"name", rule.name}, {"matched", rule.matched}};
    object["because"] = std::move(because);
    object["did"] = boost::json::value_from(rule.did);
    if (!rule.why_not.empty()) object["why_not"] = rule.why_not;
    if (!rule.sum.empty()) object["sum"] = rule.sum;
    return object;
}

boost::json::object to_json(const rules::Outcome& outcome) {
    boost::json::object object{{"priority", outcome.priority},
                               {"team", outcome.team},
                               {"assignee", outcome.assignee},
                               {"category", outcome.category},
                               {"tags", boost::json::value_from(outcome.tags)},
                               {"restricted", outcome.restricted},
                               {"acknowledge", outcome.acknowledge},
                               {"handling", rules::name_of(outcome.handling)},
                               {"notify", boost::json::value_from(outcome.notify)},
                               {"notes", boost::json::value_from(outcome.notes)}};
    if (!outcome.acknowledgement.empty()) object["acknowledgement"] = outcome.acknowledgement;
    if (!outcome.approver.empty()) object["approver"] = outcome.approver;
    if (outcome.parent) object["parent"] = static_cast<std::int64_t>(*outcome.parent);
    return object;
}

constexpr std::size_t longest_word = 40;  // bytes; a keyword of many alternatives is cut

/// `+0.8 for P1  "anyone", subject: »anyone« else?`, or the name of evidence in place of the word.
std::string in_words(const rules::ExplainedReason& reason) {
    const bool is_cut = reason.word.size() > longest_word;
    const std::string word =
        '"' + harmless_text(reason.word.substr(0, longest_word)) + (is_cut ? "…" : "") + '"';
    std::string text = reason.weight.empty() ? "" : reason.weight + "  ";
    text += reason.evidence.empty() ? word : reason.evidence;
    if (!reason.at) return text + (reason.field == "evidence" ? "" : ", " + reason.field);
    if (reason.field != "body") text += ", " + reason.field;
    if (reason.field != "subject") text += fmt::format(", line {}", reason.line);
    return text + ": " + harmless_text(reason.excerpt);
}

std::string in_words(const rules::ExplainedRule& rule) {
    std::string text = (rule.matched ? "* " : "  ") + rule.name;
    if (!rule.matched) text += ": no, " + rule.why_not;
    if (!rule.sum.empty()) text += ": " + rule.sum;
    text += '\n';
    for (const rules::ExplainedReason& reason : rule.because)
        text += "      " + in_words(reason) + '\n';
    if (!rule.did.empty()) text += "      -> " + parsers::joined(rule.did, "; ") + '\n';
    return text;
}

std::string in_words(const rules::Outcome& outcome) {
    std::string text = "\npriority " + outcome.priority + '\n';
    const auto line = [&text](const char* name, const std::string& value) {
        if (!value.empty()) text += std::string{name} + ' ' + value + '\n';
    };
    line("team", outcome.team);
    line("assignee", outcome.assignee);
    line("category", outcome.category);
    line("tags", parsers::joined(outcome.tags, ", "));
    if (outcome.restricted) text += "restricted\n";
    if (outcome.handling != rules::Handling::accept)
        line("handling:", rules::name_of(outcome.handling));
    line("approval by", outcome.approver);
    line("acknowledgement", outcome.acknowledge ? outcome.acknowledgement : "none");
    line("notify", parsers::joined(outcome.notify, ", "));
    return text;
}

}  // namespace

boost::json::object to_json(const std::vector<rules::ExplainedRule>& explained,
                            const rules::Outcome& outcome) {
    boost::json::array all;
    for (const rules::ExplainedRule& rule : explained) all.push_back(to_json(rule));
    return {{"rules", all}, {"outcome", to_json(outcome)}};
}

std::string in_words(const std::vector<rules::ExplainedRule>& explained,
                     const rules::Outcome& outcome) {
    std::string text;
    for (const rules::ExplainedRule& rule : explained) text += in_words(rule);
    return text + in_words(outcome);
}

}  // namespace bellhop::daemon
