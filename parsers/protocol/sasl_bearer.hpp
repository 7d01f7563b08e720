// Logging in with an access token: OAUTHBEARER (RFC 7628), and XOAUTH2, which came before it and is
// what Exchange Online takes.
//
//     C: A1 AUTHENTICATE OAUTHBEARER <initial response>
//     S: + <challenge>                        only where the token is refused: why, as JSON
//     C: AQ==                                 XOAUTH2: an empty line
//     S: A1 NO [AUTHENTICATIONFAILED] ...
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bellhop::parsers {

enum class BearerMechanism { oauthbearer, xoauth2 };

/// As in AUTHENTICATE and AUTH.
std::string_view name_of(BearerMechanism mechanism);

struct BearerLogin {
    std::string user = {};
    std::string host = {};  ///< of the server, as it was connected to
    std::uint16_t port = 0;
    std::string token = {};
};

/// The initial client response, in base64 (RFC 7628 section 3.1).
std::string initial_response(BearerMechanism mechanism, const BearerLogin& login);

/// What the client answers to the challenge that tells of a refusal (RFC 7628 section 3.2.3).
std::string answer_to_refusal(BearerMechanism mechanism);

/// What a challenge says, for a person: "status 401, schemes Bearer, scope https://mail.example/".
/// One line; empty where it is no base64 or says nothing.
std::string challenge_words(std::string_view base64);

/// What a server offers for logging in.
struct LoginOffer {
    bool oauthbearer = false;
    bool xoauth2 = false;
    bool initial_response = false;  ///< it may travel with the command (RFC 4959; SMTP: always)
    std::string mechanisms = {};    ///< all that it names, for a complaint: "PLAIN, XOAUTH2"
};

/// Of what an IMAP server said until now: the last list of capabilities counts, since one before
/// STARTTLS may be anybody's (RFC 9051 section 6.2.1).
LoginOffer imap_login_offer(std::string_view said);

/// Of what an SMTP server said until now: the last reply to EHLO counts (RFC 3207 section 4.2).
LoginOffer smtp_login_offer(std::string_view said);

}  // namespace bellhop::parsers
