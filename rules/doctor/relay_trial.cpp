#include "rules/doctor/relay_trial.hpp"

#include "parsers/text/ascii.hpp"

namespace bellhop::rules {
namespace {

bool is_yes(const RelayAnswer& answer) {
    return answer.code / 100 == 2;
}

bool passes(const RelayAnswer& answer) {
    return answer.code / 100 == 4;
}

bool has(const RelayAnswer& answer, std::string_view words) {
    return parsers::lower_case(answer.words).find(words) != std::string::npos;
}

/// 4yz, or no answer at all.
Finding not_now(std::string check, const RelayAnswer& answer) {
    return doubtful(std::move(check), "not now: " + answer.words,
                    "mail waits and is tried again; if it stays so, ask whoever runs the relay");
}

Finding sender(const RelayTrial& trial, const EnvelopeTried& tried) {
    const std::string check = trial.what + ": sender " + tried.address;
    if (is_yes(tried.answer)) return well(check, "taken: " + tried.answer.words);
    if (passes(tried.answer) || tried.answer.code == 0) return not_now(check, tried.answer);
    if (tried.answer.stage == SmtpStage::recipient &&
        (has(tried.answer, "user unknown") || has(tried.answer, "does not exist") ||
         enhanced_status(tried.answer.words) == "5.1.1")) {
        return failing(check, "the relay does not know the mailbox: " + tried.answer.words,
                       "correct address in [[mailbox]]; customers cannot reach it either");
    }
    if (trial.user.empty()) {
        return failing(check, "refused: " + tried.answer.words,
                       "give user and password in [smtp], or let the relay know this machine by "
                       "its address");
    }
    return failing(check, "refused: " + tried.answer.words,
                   "let " + trial.user + " send as " + tried.address +
                       " (\"send as\", \"sender login\"), or sign in to [smtp] with the mailbox's "
                       "own account");
}

Finding null_sender(const RelayTrial& trial, const EnvelopeTried& tried) {
    const std::string check = trial.what + ": null sender";
    if (is_yes(tried.answer)) return well(check, "taken: " + tried.answer.words);
    if (passes(tried.answer) || tried.answer.code == 0) return not_now(check, tried.answer);
    if (trial.has_envelope_sender) {
        return well(check, "refused, and not used: envelope_sender is set");
    }
    return doubtful(check, "refused: " + tried.answer.words,
                    "write envelope_sender = \"" + tried.address +
                        "\" in [smtp]; until then the gateway learns it anew, by a refusal, after "
                        "each start");
}

/// Only a refusal to relay says something: whether that address exists is not our affair.
Findings outside(const RelayTrial& trial, const EnvelopeTried& tried) {
    const std::string check = trial.what + ": mail to others";
    if (is_yes(tried.answer)) return {well(check, "relayed: " + tried.answer.words)};
    const bool refuses_to_relay = has(tried.answer, "relay") || has(tried.answer, "authenticat") ||
                                  tried.answer.code == 530 ||
                                  enhanced_status(tried.answer.words) == "5.7.1";
    if (tried.answer.code / 100 != 5 || !refuses_to_relay) return {};
    return {
        failing(check, "the relay takes no mail for other domains: " + tried.answer.words,
                trial.user.empty()
                    ? "give user and password in [smtp], or let the relay know this machine by "
                      "its address"
                    : "let " + trial.user +
                          " send to addresses outside; or write as host the "
                          "server for outgoing mail (port 587 or 465), not the one that takes mail "
                          "in")};
}

}  // namespace

Findings judge_relay(const RelayTrial& trial) {
    Findings all;
    for (const EnvelopeTried& tried : trial.envelopes) {
        switch (tried.way) {
            case EnvelopeTried::Way::to_desk:
                all.push_back(sender(trial, tried));
                break;
            case EnvelopeTried::Way::null:
                all.push_back(null_sender(trial, tried));
                break;
            case EnvelopeTried::Way::outside:
                for (Finding& one : outside(trial, tried)) all.push_back(std::move(one));
                break;
        }
    }
    return all;
}

}  // namespace bellhop::rules
