#include "rules/access/provider_answer.hpp"

#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "parsers/text/ascii.hpp"

namespace bellhop::rules {
namespace {

/// What providers were seen to answer (in public threads and in their documentation, with names,
/// hosts and ids of our own), as it stands in the log, and the cause that was found then.
struct Recorded {
    const char* words;
    const char* cause;
};

const std::vector<Recorded> recorded{
    // Entra's token endpoint.
    {"no access token: login.microsoftonline.com: invalid_client: AADSTS7000222: The provided "
     "client secret keys for app '1b4e28ba-2fa1-11d2-883f-0016d3cca427' are expired. Visit the "
     "Azure portal to create new keys for your app: https://aka.ms/NewClientSecret",
     "secret_expired"},
    {"no access token: login.microsoftonline.com: invalid_client: AADSTS7000215: Invalid client "
     "secret provided. Ensure the secret being sent in the request is the client secret value, not "
     "the client secret ID, for a secret added to app '1b4e28ba-2fa1-11d2-883f-0016d3cca427'.",
     "secret_wrong"},
    {"no access token: login.microsoftonline.com: invalid_client: AADSTS700027: The certificate "
     "with identifier used to sign the client assertion is not registered on application. [Reason "
     "- The key was not found.]",
     "certificate_unknown"},
    {"no access token: login.microsoftonline.com: invalid_client: AADSTS700027: Client assertion "
     "contains an invalid signature. [Reason - The key used is expired.]",
     "certificate_unknown"},
    {"no access token: login.microsoftonline.com: invalid_client: AADSTS700024: Client assertion "
     "is not within its valid time range. Current time: 2026-12-11T23:52:19.6223401Z, assertion "
     "valid from 2026-12-11T20:30:22.0000000Z, expiry time of assertion "
     "2026-12-11T20:40:22.0000000Z.",
     "clock_wrong"},
    {"no access token: login.microsoftonline.com: unauthorized_client: AADSTS700016: Application "
     "with identifier '1b4e28ba-2fa1-11d2-883f-0016d3cca427' was not found in the directory "
     "'Hill School'. This can happen if the application has not been installed by the "
     "administrator of the tenant",
     "app_unknown"},
    {"no access token: login.microsoftonline.com: invalid_request: AADSTS90002: Tenant "
     "'hill.example' not found. Check to make sure you have the correct tenant ID and are signing "
     "into the correct cloud.",
     "tenant_unknown"},
    {"no access token: login.microsoftonline.com: invalid_grant: AADSTS65001: The user or "
     "administrator has not consented to use the application with ID '1b4e28ba' named 'desk'. "
     "Send an interactive authorization request for this user and resource.",
     "consent_missing"},
    {"no access token: login.microsoftonline.com: invalid_scope: AADSTS1002012: The provided value "
     "for scope https://outlook.office.com/IMAP.AccessAsUser.All is not valid. Client credential "
     "flows must have a scope value with /.default suffixed to the resource identifier "
     "(application ID URI).",
     "scope_wrong"},
    {"no access token: login.microsoftonline.com: access_denied: AADSTS53003: Access has been "
     "blocked by Conditional Access policies. The access policy does not allow token issuance.",
     "conditional_access"},
    {"no access token: login.microsoftonline.com: invalid_client: AADSTS7000218: The request body "
     "must contain the following parameter: 'client_assertion' or 'client_secret'.",
     "public_client_not_allowed"},
    {"no access token: login.microsoftonline.com: unauthorized_client: AADSTS7000112: Application "
     "'1b4e28ba'(desk) is disabled.",
     "client_disabled"},
    {"no access token: login.microsoftonline.com: invalid_grant: AADSTS700082: The refresh token "
     "has expired due to inactivity. The token was issued on 2026-06-01T08:00:00.0000000Z and was "
     "inactive for 90.00:00:00.",
     "login_again"},
    {"no access token: login.microsoftonline.com: invalid_grant: AADSTS50173: The provided grant "
     "has expired due to it being revoked, a fresh auth token is needed. The user might have "
     "changed or reset their password.",
     "login_again"},
    {"no access token: login.microsoftonline.com: invalid_grant: AADSTS50076: Due to a "
     "configuration change made by your administrator, or because you moved to a new location, you "
     "must use multi-factor authentication to access '00000002-0000-0ff1-ce00-000000000000'.",
     "second_factor"},
    {"no access token: login.microsoftonline.com: invalid_grant: AADSTS50105: The signed in user "
     "is not assigned to a role for the application",
     "not_assigned"},
    {"no access token: login.microsoftonline.com: invalid_resource: AADSTS500011: The resource "
     "principal named https://outlook.office365.com was not found in the tenant named Hill School.",
     "resource_missing"},
    {"refused by the server: login.microsoftonline.com: temporarily_unavailable: AADSTS90033: A "
     "transient error has occurred. Please try again.",
     "provider_unavailable"},

    // Google's token endpoint.
    {"no access token: oauth2.googleapis.com: unauthorized_client: Client is unauthorized to "
     "retrieve access tokens using this method, or client not authorized for any of the scopes "
     "requested.",
     "not_delegated"},
    {"no access token: oauth2.googleapis.com: access_denied: Requested client not authorized.",
     "not_delegated"},
    {"no access token: oauth2.googleapis.com: invalid_grant: Invalid JWT: Token must be a "
     "short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values "
     "in the JWT claim.",
     "clock_wrong"},
    {"no access token: oauth2.googleapis.com: invalid_grant: Invalid JWT Signature.", "key_wrong"},
    {"no access token: oauth2.googleapis.com: invalid_grant: Invalid email or User ID",
     "no_such_user"},
    {"no access token: oauth2.googleapis.com: invalid_grant: Invalid grant: account not found",
     "service_account_gone"},
    {"no access token: oauth2.googleapis.com: invalid_grant: Token has been expired or revoked.",
     "login_again"},
    {"no access token: oauth2.googleapis.com: invalid_grant: reauth related error (invalid_rapt)",
     "login_again"},
    {"no access token: oauth2.googleapis.com: disabled_client: The OAuth client was disabled.",
     "client_disabled"},
    {"no access token: oauth2.googleapis.com: invalid_client: The OAuth client was not found.",
     "app_unknown"},

    // Exchange Online, IMAP.
    {"login refused: L1 NO AUTHENTICATE failed.", "token_refused"},
    {"refused by the server: User is authenticated but not connected.", "no_mailbox_right"},
    {"the server said goodbye: Session invalidated - AccessTokenExpired", "token_ended"},
    {"refused by the server: Request is throttled. Suggested Backoff Time: 299910 milliseconds",
     "throttled"},
    {"the server said goodbye: Server Unavailable. 15", "provider_unavailable"},

    // Exchange Online, SMTP.
    {"535 5.7.3 Authentication unsuccessful [LO2P265CA0001.GBRP265.PROD.OUTLOOK.COM 2026-11-02]",
     "token_refused"},
    {"535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the "
     "Tenant. Visit https://aka.ms/smtp_auth_disabled for more information. [LO2P265CA0001]",
     "smtp_auth_off"},
    {"535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the "
     "Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information.",
     "smtp_auth_off"},
    {"535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be "
     "authenticated successfully. Contact your administrator.",
     "policy_forbids_login"},
    {"535 5.7.139 Authentication unsuccessful, basic authentication is disabled.",
     "passwords_not_taken"},
    {"550 5.7.30 Basic authentication is not supported for Client Submission.",
     "passwords_not_taken"},
    {"554 5.2.252 SendAsDenied; desk@hill.example not allowed to send as it@hill.example; "
     "STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied",
     "send_as_denied"},
    {"550 5.7.60 SMTP; Client does not have permissions to send as this sender", "send_as_denied"},
    {"430 4.2.0 STOREDRV; mailbox logon failure; Failed to process message due to a permanent "
     "exception with message Cannot open mailbox /o=ExchangeLabs",
     "no_mailbox_right"},
    {"432 4.3.2 Concurrent connections limit exceeded. Visit "
     "https://aka.ms/concurrent_sending for more information.",
     "too_many_connections"},
    {"530 5.7.57 Client not authenticated to send mail. Error: 535 5.7.3", "not_logged_in"},
    {"554 5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException",
     "mailbox_full"},
    {"550 5.1.90 Your message can't be sent because you've reached your daily limit for message "
     "recipients",
     "sending_quota"},
    {"550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP.",
     "account_blocked"},

    // Gmail, IMAP and SMTP.
    {"login refused: L1 NO [ALERT] IMAP access is disabled for your domain. Please contact your "
     "domain administrator for questions about this feature. (Failure)",
     "imap_off"},
    {"login refused: L1 NO [ALERT] Your account is not enabled for IMAP use. Please visit your "
     "Gmail settings page and enable your account for IMAP access. (Failure)",
     "imap_off"},
    {"login refused: A004 NO [ALERT] Application-specific password required: "
     "https://support.google.com/accounts/answer/185833 (Failure)",
     "passwords_not_taken"},
    {"refused by the server: NO [ALERT] Too many simultaneous connections. (Failure)",
     "too_many_connections"},
    {"login refused: L1 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure) (status 400, "
     "schemes Bearer, scope https://mail.google.com/)",
     "login_refused"},
    {"535 5.7.8 Username and Password not accepted. For more information, go to 5.7.8  "
     "https://support.google.com/mail/?p=BadCredentials - gsmtp",
     "login_refused"},
    {"550 5.4.5 Daily user sending limit exceeded. For more information on Gmail sending limits go "
     "to 5.4.5  https://support.google.com/a/answer/166852 - gsmtp",
     "sending_quota"},
    {"454 4.7.0 Too many login attempts, please try again later. - gsmtp", "throttled"},
    {"refused by the server: [OVERQUOTA] Account exceeded command or bandwidth limits.",
     "throttled"},
};

std::string cause_of(std::string_view words) {
    const ProviderAnswer* answer = provider_answer(words);
    return answer == nullptr ? "nothing" : std::string{answer->cause};
}

TEST(ProviderAnswer, NamesTheCauseOfWhatWasRecorded) {
    for (const Recorded& one : recorded) EXPECT_EQ(cause_of(one.words), one.cause) << one.words;
}

/// In any case, among other words, and cut off behind what tells.
TEST(ProviderAnswer, ReadsThemHoweverTheyStandThere) {
    for (const Recorded& one : recorded) {
        EXPECT_EQ(cause_of("mailbox \"support\": " + parsers::lower_case(one.words) + " (again)"),
                  one.cause);
    }
}

/// RFC 6749 section 5.2, RFC 8628 section 3.5: whatever server says them.
TEST(ProviderAnswer, KnowsWhatEveryServerMaySay) {
    const std::vector<Recorded> general{
        {"login.school.example: invalid_client", "client_refused"},
        {"login.school.example: invalid_client: Client authentication failed", "client_refused"},
        {"login.school.example: invalid_grant: Token is not active", "login_again"},
        {"login.school.example: unauthorized_client: not this grant", "client_not_allowed"},
        {"login.school.example: invalid_scope: unknown", "scope_wrong"},
        {"login.school.example: unsupported_grant_type", "grant_unknown"},
        {"login.school.example: invalid_request: missing parameter", "request_wrong"},
        {"login.school.example: server_error", "provider_unavailable"},
        {"login.school.example: temporarily_unavailable", "provider_unavailable"},
        {"login.school.example: access_denied", "login_denied"},
        {"login.school.example: authorization_declined", "login_denied"},
        {"login.school.example: expired_token", "code_expired"},
        {"login.school.example: interaction_required", "login_again"},
        {"login refused: L1 NO no (status invalid_token, scope mail)", "token_refused"},
    };
    for (const Recorded& one : general) EXPECT_EQ(cause_of(one.words), one.cause) << one.words;
}

TEST(ProviderAnswer, SaysNothingOfWhatItDoesNotKnow) {
    for (const char* words :
         {"", "connection lost: closed by the server", "550 5.1.1 no such user here",
          "451 4.7.1 Greylisted", "550 5.7.1 Recipient address rejected: Access denied",
          "250 2.0.0 OK", "AADSTS7000", "AADSTS70002150: another number",
          "550 5.7.300 not the number that we know", "550 15.7.60 nor this one"}) {
        EXPECT_EQ(cause_of(words), "nothing") << words;
        EXPECT_EQ(advice_on(words), "");
    }
}

TEST(ProviderAnswer, ReadsOnlySoMuch) {
    EXPECT_EQ(cause_of(std::string(10'000'000, 'x') + " AADSTS7000222"), "nothing");
}

TEST(ProviderAnswer, SaysWhatIsWrongAndWhatToDo) {
    EXPECT_EQ(advice_on("invalid_scope"),
              "The provider does not know the scope that is asked for. Leave scope out of "
              "[oauth.NAME]. For client credentials at Microsoft it is "
              "https://outlook.office365.com/.default.");
    for (const ProviderAnswer* one : all_provider_answers()) {
        EXPECT_FALSE(one->cause.empty());
        EXPECT_FALSE(one->what.empty()) << one->cause;
        EXPECT_NE(one->what.back(), '.') << one->cause;
        EXPECT_EQ(one->to_do.back(), '.') << one->cause;
    }
}

/// A row that another one above it always takes first says nothing.
TEST(ProviderAnswer, HasNoRowThatIsNeverReached) {
    for (const KnownAnswer& known : known_answers()) {
        std::string words;
        for (const std::string_view sign : known.signs) words += std::string{sign} + ' ';
        EXPECT_EQ(cause_of(words), known.meaning.cause) << words;
        for (const std::string_view sign : known.signs) {
            EXPECT_EQ(parsers::lower_case(sign), sign) << "signs are compared in lower case";
        }
    }
}

/// Two rows of one cause say the same.
TEST(ProviderAnswer, SaysTheSameOfOneCause) {
    std::map<std::string_view, const ProviderAnswer*> first;
    for (const ProviderAnswer* one : all_provider_answers()) {
        const auto [place, is_new] = first.emplace(one->cause, one);
        EXPECT_TRUE(is_new || place->second->to_do == one->to_do) << one->cause;
    }
}

}  // namespace
}  // namespace bellhop::rules
