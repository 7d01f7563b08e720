#include "rules/doctor/round_trip.hpp"

#include <algorithm>
#include <cstdlib>

#include "parsers/text/ascii.hpp"
#include "parsers/text/lists.hpp"
#include "parsers/text/quantity.hpp"
#include "rules/calendar/instant.hpp"

namespace bellhop::rules {
namespace {

using std::chrono::seconds;

std::string domain_of(std::string_view address) {
    return std::string{address.substr(std::min(address.rfind('@') + 1, address.size()))};
}

constexpr const char* results_field = "Authentication-Results";
// Exchange Online's: whether it was sent from inside, and the server that says so.
constexpr const char* inside_field = "X-MS-Exchange-Organization-AuthAs";
constexpr const char* source_field = "X-MS-Exchange-Organization-AuthSource";

bool is_called(const parsers::HeaderField& field, const char* name) {
    return parsers::equal_ignoring_case(field.name, name);
}

/// The fields of ours that have stayed. That of Exchange has no room for a mark: it has stayed
/// where the one beside it has.
class ForgedFields {
public:
    explicit ForgedFields(const RoundTrip& trip) : mark_(trip.mark) {
        for (const parsers::HeaderField& field : trip.message.fields) {
            has_source_ = has_source_ || (is_called(field, source_field) && is_marked(field));
        }
    }
    bool contains(const parsers::HeaderField& field) const {
        if (is_called(field, inside_field)) return has_source_;
        return (is_called(field, results_field) || is_called(field, source_field)) &&
               is_marked(field);
    }

private:
    bool is_marked(const parsers::HeaderField& field) const {
        return !mark_.empty() && field.body.find(mark_) != std::string::npos;
    }

    const std::string& mark_;
    bool has_source_ = false;
};

Finding came_back(const RoundTrip& trip) {
    const std::string check = trip.what + ": round trip";
    if (!trip.is_sent) {
        return failing(check, "a mail to itself was not sent: " + trip.words,
                       "see the lines of smtp above");
    }
    if (trip.seen_at) {
        const seconds took = std::max(*trip.seen_at - trip.sent_at, seconds{0});
        const std::string seen = "a mail to " + trip.address + " came back after " +
                                 std::to_string(took.count()) + " s, into " + trip.found_in;
        if (!trip.is_junk) return well(check, seen);
        return failing(check, seen + ", the folder of unwanted mail",
                       "let the filter pass what comes from " + trip.address +
                           ": what customers write may lie there, too, and the gateway does not "
                           "look there");
    }
    const bool is_loop = parsers::lower_case(trip.report).find("loop") != std::string::npos ||
                         parsers::lower_case(trip.report).find("hop") != std::string::npos ||
                         trip.report.find("5.4.6") != std::string::npos;
    if (is_loop) {
        return failing(check, "the mail went round in circles: " + trip.report,
                       "two servers hand the mail of " + domain_of(trip.address) +
                           " to each other: correct the forwarding or the MX entry of the domain");
    }
    if (!trip.report.empty()) {
        return failing(check, "the mail could not be delivered: " + trip.report,
                       "correct address in [[mailbox]], or have the mailbox made; customers cannot "
                       "reach it either");
    }
    return failing(check,
                   "the relay took a mail to " + trip.address + ", and within " +
                       parsers::duration_text(trip.patience) + " it was not in the mailbox",
                   "look whether " + trip.address +
                       " is delivered into this mailbox, and not into the junk folder or a "
                       "quarantine; a slow relay: --patience 10min");
}

/// The mail as it would be without what was forged.
parsers::Message without_forged(const RoundTrip& trip) {
    const ForgedFields forged{trip};
    parsers::Message message = trip.message;
    std::erase_if(message.fields, [&forged](const auto& field) { return forged.contains(field); });
    return message;
}

std::vector<std::string> kept_fields(const RoundTrip& trip) {
    const ForgedFields forged{trip};
    std::vector<std::string> names;
    for (const parsers::HeaderField& field : trip.message.fields) {
        const bool is_new = !parsers::contains(names, field.name);
        if (is_new && forged.contains(field)) names.push_back(field.name);
    }
    return names;
}

Finding forgery(const RoundTrip& trip) {
    const std::string check = trip.what + ": forged fields";
    const std::vector<std::string> kept = kept_fields(trip);
    if (kept.empty()) return well(check, "the server takes away what only it may write");
    const std::string names = parsers::joined(kept, ", ");
    const SenderProof with = sender_proof(trip.message, trip.policy);
    const SenderProof without = sender_proof(without_forged(trip), trip.policy);
    if (with.level != without.level) {
        return failing(check,
                       "the server keeps " + names + " as the sender wrote it, and it counts: " +
                           std::string{to_text(with.level)} + ", " + with.reason,
                       "leave authserv_id and provider out of [[mailbox]] until the server takes "
                       "such fields away from mail of strangers (RFC 8601 section 5)");
    }
    return well(check, "the server keeps " + names +
                           " as the sender wrote it; it stands where nothing is believed");
}

seconds distance(const ClockSeen& seen) {
    if (seen.theirs < seen.before) return seen.before - seen.theirs;
    return seen.theirs > seen.after ? seen.theirs - seen.after : seconds{0};
}

}  // namespace

std::vector<ForgedField> forged_fields(std::string_view address,
                                       const ProofPolicy& policy,
                                       std::string_view mark) {
    const std::string domain = domain_of(address);
    const std::string comment = " (" + std::string{mark} + ")";
    const bool has_no_id = policy.provider == MailProvider::microsoft365;
    const std::string id = !policy.authserv_ids.empty()              ? policy.authserv_ids.front()
                           : policy.provider == MailProvider::google ? "mx.google.com"
                                                                     : domain;
    const std::string results =
        "spf=pass" + comment + " smtp.mailfrom=" + domain + "; dmarc=pass header.from=" + domain;
    return {{results_field, has_no_id ? results : id + "; " + results},
            {inside_field, "Internal"},
            {source_field, std::string{mark} + ".invalid"}};
}

Findings judge_round_trip(const RoundTrip& trip) {
    Findings all{came_back(trip)};
    if (trip.seen_at) all.push_back(forgery(trip));
    return all;
}

Finding judge_unsent(const std::string& what) {
    return doubtful(
        what + ": round trip",
        "not tried: the key of this gateway's mails (bellhop.key beside the database) is "
        "not there, or not readable",
        "start the gateway once, and run this as root");
}

Finding judge_clock(const std::vector<ClockSeen>& seen, std::optional<bool> is_kept) {
    const std::string check = "clock";
    const std::string remedy = "set the clock, and let it be kept: timedatectl set-ntp true";
    if (seen.empty()) {
        if (is_kept && !*is_kept) {
            return doubtful(check, "no server's clock was seen, and nothing keeps this one",
                            remedy);
        }
        return well(check, is_kept ? "kept by the system; no server's clock was seen"
                                   : "no server's clock was seen");
    }
    // Where the servers disagree, the nearest one vouches for ours.
    const auto nearest =
        std::min_element(seen.begin(), seen.end(),
                         [](const auto& a, const auto& b) { return distance(a) < distance(b); });
    const seconds off = distance(*nearest);
    const bool is_behind = nearest->theirs > nearest->after;
    const std::string words = off == seconds{0}
                                  ? "agrees with " + nearest->whose
                                  : parsers::duration_text(off) +
                                        (is_behind ? " behind " : " ahead of ") + nearest->whose;
    if (off >= clock_failure) {
        return failing(check, words, remedy);
    }
    if (off >= clock_notice) return doubtful(check, words, remedy);
    return well(check, words);
}

}  // namespace bellhop::rules
