#include "rules/mail/withheld_mail.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

constexpr int sessions_to_give_up = 2;
constexpr auto time_to_give_up = 10min;    // between the first and the last time alone
constexpr int losses_to_ask_alone = 2;     // connections
constexpr int losses_to_put_aside = 3;     // connections
constexpr int refusals_of_everything = 3;  // mails in a row
constexpr auto once_given_up = 24h;
constexpr auto time_to_be_all = 1min;  // between two equal texts in doubt
constexpr auto time_to_scan = 15min;   // Exchange Online takes two, and has been seen to take more

/// Before a mail is asked for again, after so many setbacks in vain (from 1): most servers are well
/// again within a minute.
std::chrono::seconds pause_after(int times) {
    constexpr std::array<std::chrono::seconds, 8> steps{10s,  30s,   1min,  2min,
                                                        5min, 10min, 30min, 1h};
    return steps[static_cast<std::size_t>(std::clamp(times, 1, static_cast<int>(steps.size())) -
                                          1)];
}

/// Losses befall whole mailboxes: the first ones only make the mail one to be watched.
int times_that_count(const WithheldMail& mail) {
    return mail.setbacks - std::min(mail.losses, losses_to_put_aside - 1);
}

bool counts_against_the_mail(const SetbackEvent& event) {
    return event.alone && event.kind != Setback::server_unwell;
}

}  // namespace

WithheldMail after_setback(WithheldMail mail, const SetbackEvent& event) {
    if (mail.setbacks == 0) mail.since = event.at;
    ++mail.setbacks;
    if (event.kind == Setback::lost || event.kind == Setback::server_unwell) ++mail.losses;
    if (counts_against_the_mail(event)) {
        if (!mail.first_alone_at) mail.first_alone_at = event.at;
        if (mail.last_session_at != event.session_begun) ++mail.sessions;
        mail.last_session_at = event.session_begun;
        mail.last_alone_at = event.at;
    }
    mail.words = event.words;
    mail.doubtful_digest = event.digest;
    const int times = times_that_count(mail);
    mail.ask_at = event.at;
    if (mail.given_up) {
        mail.ask_at += once_given_up;
    } else if (times > 0) {
        mail.ask_at += pause_after(times);
    }
    return mail;
}

bool is_to_be_given_up(const WithheldMail& mail) {
    return !mail.given_up && mail.others_came && is_apology_final(mail);
}

bool is_apology_final(const WithheldMail& mail) {
    return mail.sessions >= sessions_to_give_up && mail.first_alone_at && mail.last_alone_at &&
           *mail.last_alone_at - *mail.first_alone_at >= time_to_give_up;
}

bool is_scan_overdue(const WithheldMail& mail, std::chrono::sys_seconds now) {
    return mail.setbacks > 0 && now - mail.since >= time_to_scan;
}

bool needs_new_session(const WithheldMail& mail,
                       std::chrono::sys_seconds session_begun,
                       std::chrono::sys_seconds now) {
    return mail.sessions == sessions_to_give_up - 1 && mail.last_session_at == session_begun &&
           mail.first_alone_at && now - *mail.first_alone_at >= time_to_give_up;
}

bool is_asked_for_alone(const WithheldMail& mail) {
    return mail.losses >= losses_to_ask_alone || mail.setbacks > mail.losses;
}

bool is_all_there_is(const WithheldMail& mail, const SetbackEvent& event) {
    return !event.digest.empty() && mail.doubtful_digest == event.digest &&
           event.at - mail.since >= time_to_be_all;
}

bool is_server_unwell(int refused_in_a_row) {
    return refused_in_a_row >= refusals_of_everything;
}

}  // namespace bellhop::rules
