#include "rules/access/provider_answer_table.hpp"

#include <array>

namespace bellhop::rules {
namespace {

// ---- What is said of several answers

constexpr ProviderAnswer secret_expired{
    "secret_expired", "the client secret of the app registration has expired",
    "Entra admin centre > App registrations > the app > Certificates & secrets > New client "
    "secret. Put its Value (not its Secret ID) into the file that secret_file or "
    "secret_credential names, and its last day into secret_expires."};

constexpr ProviderAnswer secret_wrong{
    "secret_wrong", "the client secret is wrong; most often its ID was pasted instead of its value",
    "Entra admin centre > App registrations > the app > Certificates & secrets: the column Value "
    "is shown only once, so make a new client secret and copy that column."};

constexpr ProviderAnswer certificate_unknown{
    "certificate_unknown",
    "the certificate that signs for us is not registered at the app, has expired, or the key is "
    "not its own",
    "Entra admin centre > App registrations > the app > Certificates & secrets > Certificates > "
    "Upload certificate: upload the certificate (without its key) of the file that "
    "certificate_file names. It must not have expired."};

constexpr ProviderAnswer clock_wrong{
    "clock_wrong", "the clock of this machine is wrong, so what it signs is not valid now",
    "Look at \"timedatectl\", and switch on time synchronisation (timedatectl set-ntp true)."};

constexpr ProviderAnswer app_unknown{
    "app_unknown", "the tenant does not know the application",
    "Compare client_id with Application (client) ID and tenant with Directory (tenant) ID on the "
    "app's Overview page (Entra admin centre > App registrations). Where the app is another "
    "tenant's, an administrator has to consent to it first."};

constexpr ProviderAnswer tenant_unknown{
    "tenant_unknown", "there is no tenant of that name",
    "Set tenant to Directory (tenant) ID of the app's Overview page (Entra admin centre > App "
    "registrations), and cloud to the cloud that the tenant is in."};

constexpr ProviderAnswer consent_missing{
    "consent_missing", "nobody has consented to what the application asks for",
    "Entra admin centre > App registrations > the app > API permissions > Grant admin consent."};

constexpr ProviderAnswer scope_wrong{
    "scope_wrong", "the provider does not know the scope that is asked for",
    "Leave scope out of [oauth.NAME]. For client credentials at Microsoft it is "
    "https://outlook.office365.com/.default."};

constexpr ProviderAnswer login_again{
    "login_again", "the login of the person who lent the mailbox has ended or was taken back",
    "Log in anew: bellhop login MAILBOX. A changed password, a policy, or 90 days without use end "
    "it; an application of its own (client credentials) needs no person."};

constexpr ProviderAnswer conditional_access{
    "conditional_access", "a Conditional Access policy of the tenant forbids it",
    "Entra admin centre > Protection > Conditional Access: leave the application out of the "
    "policy, or add this machine's address to its trusted locations. The sign-in logs name the "
    "policy."};

constexpr ProviderAnswer public_client{
    "public_client_not_allowed", "the app registration allows no login by device code",
    "Entra admin centre > App registrations > the app > Authentication > Allow public client "
    "flows: Yes. Where it has a secret or a certificate instead, name it in [oauth.NAME]."};

constexpr ProviderAnswer no_mailbox_right{
    "no_mailbox_right",
    "the login is right, and the mailbox is not opened to it: no permission on the mailbox, the "
    "wrong mailbox, IMAP switched off for it, or too many connections",
    "Exchange Online PowerShell: Get-MailboxPermission MAILBOX must show FullAccess for the "
    "application. New-ServicePrincipal wants the Object ID of the Enterprise application, not that "
    "of the App registration. Get-CASMailbox MAILBOX must show ImapEnabled: True. Changes count "
    "after up to two hours."};

constexpr ProviderAnswer smtp_auth_off{
    "smtp_auth_off", "SMTP AUTH is switched off for the mailbox or for the whole tenant",
    "Exchange Online PowerShell: Set-CASMailbox MAILBOX -SmtpClientAuthenticationDisabled $false. "
    "It overrides the tenant's setting; security defaults must allow it. It counts after an hour "
    "or so."};

constexpr ProviderAnswer passwords_gone{
    "passwords_not_taken", "the provider takes no passwords any more",
    "Set up OAuth: an [oauth.NAME] section, and oauth = \"NAME\" in the place of the password. See "
    "docs/microsoft365.md or docs/google.md."};

constexpr ProviderAnswer token_refused{
    "token_refused", "the server refuses the access token",
    "It may be for another service (scope), for an application without the permission "
    "(IMAP.AccessAsApp and SMTP.SendAsApp at Microsoft, domain-wide delegation at Google), or "
    "without a right on this mailbox. Look whether user is the mailbox's own address."};

constexpr ProviderAnswer not_delegated{
    "not_delegated", "domain-wide delegation does not cover this client and scope",
    "Google Admin console > Security > Access and data control > API controls > Manage domain-wide "
    "delegation: the numeric Client ID of the service account, with the scope "
    "https://mail.google.com/. It counts after minutes, at most 24 hours."};

constexpr ProviderAnswer no_such_user{
    "no_such_user", "the address that the service account acts for is no user of the domain",
    "Set user to the primary address of the mailbox. An alias or a group has no mailbox of its "
    "own; a suspended user does not count."};

constexpr ProviderAnswer send_as{
    "send_as_denied", "the account may not send with the address in From",
    "Let the mailbox's address be that of the account, or give the right: Exchange admin centre > "
    "Recipients > Mailboxes > the mailbox > Delegation > Send as (Add-RecipientPermission for an "
    "application)."};

constexpr ProviderAnswer throttled{
    "throttled", "the provider slows us down: too many requests in a short time",
    "Nothing: Bellhop waits as long as it is told. Where it lasts, another program uses the same "
    "mailbox; poll_interval may be longer."};

constexpr ProviderAnswer too_many_connections{
    "too_many_connections", "the account has as many connections as it may have",
    "Find out what else is connected: mail programs, phones, a second gateway. Microsoft allows "
    "three for sending from one mailbox, Google 15 for reading."};

constexpr ProviderAnswer provider_down{
    "provider_unavailable", "the provider is out of order for a while",
    "Nothing: it is asked again. The provider's status page says how long."};

constexpr ProviderAnswer imap_off{
    "imap_off", "IMAP is switched off for the account",
    "Google Admin console > Apps > Google Workspace > Gmail > End User Access > POP and IMAP "
    "access. Exchange: Set-CASMailbox MAILBOX -ImapEnabled $true."};

constexpr ProviderAnswer client_disabled{
    "client_disabled", "the application is switched off or deleted at the provider",
    "Entra admin centre > Enterprise applications > the app > Properties > Enabled for users to "
    "sign in: Yes. Google Cloud console > IAM & Admin > Service accounts: enable it, or make "
    "another one."};

constexpr ProviderAnswer google_key_wrong{
    "key_wrong", "the key of the service account is not, or no longer, registered there",
    "Google Cloud console > IAM & Admin > Service accounts > the account > Keys > Add key: put the "
    "new JSON file in the place of the old one."};

constexpr ProviderAnswer quota{
    "sending_quota", "the account has sent as much as it may in a day",
    "Nothing: mail goes on when the provider lets it, most often within 24 hours. Look whether "
    "something else sends through this account."};

constexpr ProviderAnswer blocked{
    "account_blocked", "the provider has blocked the account or the tenant for sending",
    "Microsoft Defender portal > Email & collaboration > Review > Restricted entities: find out "
    "why, and unblock it there. Change what has leaked first."};

constexpr ProviderAnswer mailbox_full{
    "mailbox_full",
    "the mailbox is full; what is sent through SMTP AUTH fills its own Sent Items as well",
    "Empty Sent Items and Deleted Items of the mailbox, or give it a retention policy or an "
    "archive."};

constexpr ProviderAnswer login_refused{
    "login_refused", "the server does not accept the login",
    "A password: log in with it by hand; Google and Microsoft take no password of an account. An "
    "access token: look whether user is the mailbox's own address, and whether delegation or "
    "consent covers the scope. See docs/google.md or docs/microsoft365.md."};

constexpr ProviderAnswer app_disabled_resource{
    "resource_missing", "the tenant does not know the service that the token is for",
    "The scope names a service that the tenant has no subscription of, or cloud names another "
    "cloud than the tenant's. Leave scope out, and look at cloud."};

// ---- The answers

constexpr auto answers = std::to_array<KnownAnswer>({
    // Entra, by the number: what stands behind it is for people and changes.
    {{"aadsts7000222"}, secret_expired},
    {{"aadsts7000215"}, secret_wrong},
    {{"aadsts700027"}, certificate_unknown},
    {{"aadsts700030"}, certificate_unknown},
    {{"aadsts5002730"}, certificate_unknown},
    {{"aadsts700024"}, clock_wrong},
    {{"aadsts700021"},
     {"assertion_wrong", "the assertion names another application or another endpoint",
      "Compare client_id and tenant with the app's Overview page (Entra admin centre > App "
      "registrations), and leave token_endpoint out."}},
    {{"aadsts700016"}, app_unknown},
    {{"aadsts900023"}, tenant_unknown},
    {{"aadsts90002"}, tenant_unknown},
    {{"aadsts90038"},
     {"wrong_cloud", "the tenant is in another of Microsoft's clouds",
      "Set cloud to \"gcc_high\" or \"china\", or leave it out."}},
    {{"aadsts65001"}, consent_missing},
    {{"aadsts650052"}, app_disabled_resource},
    {{"aadsts650051"}, consent_missing},
    {{"aadsts500011"}, app_disabled_resource},
    {{"aadsts500014"}, app_disabled_resource},
    {{"aadsts53003"}, conditional_access},
    {{"aadsts530003"}, conditional_access},
    {{"aadsts53000"}, conditional_access},
    {{"aadsts530034"},
     {"admin_has_blocked", "an administrator has blocked this kind of login",
      "Entra admin centre > Sign-in logs name what has blocked it."}},
    {{"aadsts50105"},
     {"not_assigned", "the application may be used by assigned people only",
      "Entra admin centre > Enterprise applications > the app > Users and groups: assign the "
      "person; or Properties > Assignment required: No."}},
    {{"aadsts7000112"}, client_disabled},
    {{"aadsts700054"}, client_disabled},
    {{"aadsts7000218"}, public_client},
    {{"aadsts7000216"}, public_client},
    {{"aadsts7000214"}, public_client},
    {{"aadsts7000219"}, public_client},
    {{"aadsts1002012"}, scope_wrong},
    {{"aadsts70011"}, scope_wrong},
    {{"aadsts900144"},
     {"parameter_missing", "the request lacks something that the provider wants",
      "Look at client_id and scope of [oauth.NAME]: one of them is empty."}},
    {{"aadsts70002"}, secret_wrong},
    {{"aadsts700082"}, login_again},
    {{"aadsts70043"}, login_again},
    {{"aadsts700084"}, login_again},
    {{"aadsts70008"}, login_again},
    {{"aadsts70000"}, login_again},
    {{"aadsts50173"}, login_again},
    {{"aadsts54005"}, login_again},
    {{"aadsts50076"},
     {"second_factor", "the tenant wants a second factor, which only a person has",
      "Log in anew and confirm it: bellhop login MAILBOX. An application of its own (client "
      "credentials) needs none."}},
    {{"aadsts50079"},
     {"second_factor", "the tenant wants a second factor, which only a person has",
      "Log in anew and confirm it: bellhop login MAILBOX. An application of its own (client "
      "credentials) needs none."}},
    {{"aadsts50057"},
     {"account_disabled", "the account of the person who logged in is disabled",
      "Entra admin centre > Users: enable it, or log in as somebody else: bellhop login "
      "MAILBOX."}},
    {{"aadsts50034"},
     {"account_unknown", "the tenant does not know the account that logged in",
      "Log in as an account of the tenant: bellhop login MAILBOX; and look at tenant."}},
    {{"aadsts50020"},
     {"account_unknown", "the account that logged in is another tenant's",
      "Log in as an account of the tenant: bellhop login MAILBOX; and look at tenant."}},
    {{"aadsts90033"}, provider_down},
    {{"aadsts90006"}, provider_down},
    {{"aadsts50196"}, throttled},

    // Google's token endpoint.
    {{"unauthorized_client", "retrieve access tokens"}, not_delegated},
    {{"unauthorized_client", "unauthorized client or scope"}, not_delegated},
    {{"access_denied", "client not authorized"}, not_delegated},
    {{"invalid_scope", "empty or missing scope"}, scope_wrong},
    {{"invalid_grant", "short-lived token"}, clock_wrong},
    {{"invalid_grant", "invalid jwt signature"}, google_key_wrong},
    {{"invalid_grant", "no valid verifier"}, google_key_wrong},
    {{"invalid_grant", "account not found"},
     {"service_account_gone", "the service account does not exist any more",
      "Google Cloud console > IAM & Admin > Service accounts: make one, register its numeric "
      "client id for domain-wide delegation, and put its JSON file in the place of the old "
      "one."}},
    {{"invalid_grant", "email or user id"}, no_such_user},
    {{"invalid_grant", "not a valid email"}, no_such_user},
    {{"invalid_grant", "invalid_rapt"}, login_again},
    {{"invalid_grant", "expired or revoked"}, login_again},
    {{"invalid_client", "client was not found"}, app_unknown},
    {{"invalid_client", "client secret is invalid"}, secret_wrong},
    {{"disabled_client"}, client_disabled},
    {{"deleted_client"}, client_disabled},
    {{"admin_policy_enforced"},
     {"admin_has_blocked", "a policy of the organisation forbids the application",
      "Google Admin console > Security > API controls > App access control: trust the "
      "application."}},

    // Exchange Online, IMAP and SMTP.
    {{"accesstokenexpired"},
     {"token_ended", "the access token has ended in the middle of a session",
      "Nothing: a new session is made with a new one. Where it comes again and again, the clock "
      "of this machine is wrong."}},
    {{"authenticated but not connected"}, no_mailbox_right},
    {{"smtpclientauthentication is disabled"}, smtp_auth_off},
    {{"smtp_auth_disabled"}, smtp_auth_off},
    {{"basic authentication is"}, passwords_gone},
    {{"5.7.139", "criteria"},
     {"policy_forbids_login", "security defaults or an authentication policy forbid this login",
      "Entra admin centre > Overview > Properties > Manage security defaults, or the mailbox's "
      "authentication policy; logging in with OAuth is not touched by either where SMTP AUTH is "
      "allowed for the mailbox."}},
    {{"5.7.139"}, smtp_auth_off},
    {{"5.7.30"}, passwords_gone},
    {{"sendasdenied"}, send_as},
    {{"5.2.252"}, send_as},
    {{"5.7.60"}, send_as},
    {{"storedrv", "cannot open mailbox"}, no_mailbox_right},
    {{"mailbox logon failure"}, no_mailbox_right},
    {{"5.7.57"},
     {"not_logged_in", "the server wants a login before it takes mail",
      "Set user and oauth in [smtp]; a relay that knows you by your address is another host "
      "(TENANT.mail.protection.outlook.com), which needs a connector."}},
    {{"concurrent connections limit"}, too_many_connections},
    {{"too many simultaneous connections"}, too_many_connections},
    {{"suggested backoff time"}, throttled},
    {{"request is throttled"}, throttled},
    {{"5.1.90"}, quota},
    {{"submissionquotaexceeded"}, quota},
    {{"5.1.8"}, blocked},
    {{"5.7.501"}, blocked},
    {{"5.7.502"}, blocked},
    {{"5.7.503"}, blocked},
    {{"5.7.705"}, blocked},
    {{"5.7.708"}, blocked},
    {{"5.7.750"}, blocked},
    {{"5.2.2", "full"}, mailbox_full},

    // Gmail, IMAP and SMTP.
    {{"imap access is disabled"}, imap_off},
    {{"not enabled for imap"}, imap_off},
    {{"application-specific password"}, passwords_gone},
    {{"log in via your web browser"}, passwords_gone},
    {{"5.4.5", "limit"}, quota},
    {{"too many login attempts"}, throttled},
    {{"exceeded command or bandwidth limits"}, throttled},
    {{"5.7.8", "not accepted"}, login_refused},
    {{"invalid credentials"}, login_refused},

    // What says less.
    {{"5.7.3", "authentication unsuccessful"}, token_refused},
    {{"authenticate failed"}, token_refused},
    {{"invalid_token"}, token_refused},
    {{"schemes bearer"}, token_refused},
    {{"maximum number of concurrent connections"}, too_many_connections},
    {{"server unavailable"}, provider_down},
    {{"certificate required"},
     {"client_certificate", "the server wants to see a certificate of its clients",
      "Name one, with its private key, as client_certificate_file."}},
    {{"wrong version number"},
     {"wrong_security", "the port begins in clear text, and security says TLS from the first byte",
      "Is this a STARTTLS port (143, 587)? Set security = \"starttls\" for it, or port to 993 or "
      "465."}},

    // What every OAuth server may say (RFC 6749 section 5.2, RFC 8628 section 3.5).
    {{"temporarily_unavailable"}, provider_down},
    {{"server_error"}, provider_down},
    {{"interaction_required"}, login_again},
    {{"consent_required"}, consent_missing},
    {{"invalid_client"},
     {"client_refused", "the provider does not accept client_id with its secret or certificate",
      "Compare client_id and tenant with the application's page at the provider, and make a new "
      "secret or upload the certificate there."}},
    {{"unauthorized_client"},
     {"client_not_allowed", "the application may not ask for a token in this way",
      "Give the application the permission at the provider: client credentials with admin consent "
      "at Microsoft, domain-wide delegation at Google, device code for bellhop login."}},
    {{"invalid_grant"}, login_again},
    {{"invalid_scope"}, scope_wrong},
    {{"unsupported_grant_type"},
     {"grant_unknown", "the token endpoint does not know this way of asking",
      "Look at grant and token_endpoint of [oauth.NAME]."}},
    {{"access_denied"},
     {"login_denied", "the person, or an administrator, has said no",
      "Log in anew, and accept what is asked for: bellhop login MAILBOX."}},
    {{"authorization_declined"},
     {"login_denied", "the person, or an administrator, has said no",
      "Log in anew, and accept what is asked for: bellhop login MAILBOX."}},
    {{"expired_token"},
     {"code_expired", "nobody has entered the code in time",
      "Begin again: bellhop login MAILBOX."}},
    {{"invalid_request"},
     {"request_wrong", "the token endpoint does not understand the request",
      "Look at tenant, token_endpoint and scope of [oauth.NAME]."}},
});

}  // namespace

std::span<const KnownAnswer> known_answers() {
    return answers;
}

}  // namespace bellhop::rules
