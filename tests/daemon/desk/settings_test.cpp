#include "daemon/desk/settings.hpp"

#include <cstdlib>

#include <gtest/gtest.h>

#include "tests/daemon/config_folder.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;

const std::string desk =
    "[desk]\nname = \"IT\"\nticket_tag = \"HELP\"\ntime_zone = \"Europe/London\"\n";
const std::string smtp = "[smtp]\nhost = \"localhost\"\n";
const std::string mailbox =
    "[[mailbox]]\nname = \"it\"\naddress = \"it@school.example\"\nhost = \"imap.school.example\"\n"
    "user = \"it\"\npassword_file = \"imap.password\"\n";

/// What an operator would see, without the folder's name.
std::string complaints_of(const std::string& text) {
    const ConfigFolder folder;
    folder.write("bellhop.toml", text);
    const auto settings = load_settings(folder.path());
    return settings ? "none" : folder.without_path(render_all(settings.error()));
}

std::string in_desk(const std::string& line) {
    return complaints_of(desk + line + smtp + mailbox);
}
std::string in_mailbox(const std::string& line) {
    return complaints_of(desk + smtp + mailbox + line);
}
std::string in_smtp(const std::string& line) {
    return complaints_of(desk + mailbox + smtp + line);
}
std::string at_top(const std::string& line) {
    return complaints_of(line + desk + smtp + mailbox);
}

Settings loaded(const ConfigFolder& folder, const std::string& text) {
    folder.write("bellhop.toml", text);
    auto settings = load_settings(folder.path());
    EXPECT_TRUE(settings.has_value()) << (settings ? "" : render_all(settings.error()));
    return settings ? *settings : Settings{};
}

TEST(Settings, HasDefaultsForAllButTheDeskAndTheServers) {
    const ConfigFolder folder;
    const Settings settings = loaded(folder, desk + smtp + mailbox);
    EXPECT_EQ(settings.folder, folder.path());
    EXPECT_EQ(settings.database, folder.path() / "data/bellhop.db");
    EXPECT_EQ(settings.default_priority, "P3");
    EXPECT_EQ(settings.log_level, "info");
    ASSERT_EQ(settings.mailboxes.size(), 1U);
    const MailboxSettings& box = settings.mailboxes.front();
    EXPECT_EQ(box.server.port, 993);
    EXPECT_EQ(box.server.security, Security::tls);
    EXPECT_EQ(box.server.authentication, Authentication::password);
    EXPECT_EQ(box.server.secret.file, folder.path() / "imap.password");
    EXPECT_EQ(box.folder, "INBOX");
    EXPECT_EQ(box.after_commit, AfterCommit::move);
    EXPECT_EQ(box.first_start, FirstStart::only_new);
    EXPECT_EQ(box.poll_interval, 30s);
    EXPECT_TRUE(box.idle);
    EXPECT_FALSE(box.proof.can_prove());
    EXPECT_EQ(settings.smtp.server.authentication, Authentication::none);
    EXPECT_EQ(settings.smtp.server.port, 465);
    EXPECT_TRUE(settings.acknowledgement.enabled);
    ASSERT_EQ(settings.acknowledgement.limits.size(), 3U);
    EXPECT_EQ(settings.acknowledgement.limits[2].count, 10);
    EXPECT_EQ(settings.acknowledgement.limits[2].window, 24h);
    EXPECT_EQ(settings.limits.message_bytes, 25'000'000U);
    EXPECT_EQ(settings.limits.attempts, 2);
    EXPECT_EQ(settings.desk.send_delay, 60s);
}

const std::string everything =
    "database = \"/srv/bellhop.db\"\nlog_level = \"debug\"\ndefault_priority = \"low\"\n"
    "[desk]\nname = \"B\u00fcro\"\nticket_tag = \"T-1\"\ntime_zone = \"Asia/Kolkata\"\n"
    "phone = \"01632 960001\"\nown_addresses = [\"a@b.example\", \"c@d.example\"]\n"
    "send_delay = \"2 min\"\n"
    "[[mailbox]]\nname = \"x\"\naddress = \"x@b.example\"\nhost = \"::1\"\nport = 1143\n"
    "security = \"none\"\nauthentication = \"xoauth2\"\nuser = \"u\"\n"
    "password_credential = \"imap\"\nca_file = \"ca.pem\"\nfolder = \"INBOX/Neu\"\n"
    "after_commit = \"flag\"\nprocessed_folder = \"Done\"\nprocessed_flag = \"$Done\"\n"
    "sent_folder = \"Sent Items\"\n"
    "first_start = \"everything\"\npoll_interval = \"5 min\"\nidle = false\n"
    "[smtp]\nhost = \"mx.example\"\nsecurity = \"starttls\"\nuser = \"u\"\npassword_env = \"PW\"\n"
    "helo_name = \"desk.example\"\nenvelope_sender = \"bounce@b.example\"\n"
    "idle_timeout = \"1 min\"\n"
    "[acknowledgement]\nenabled = false\nlimits = [\"1 in 1h\"]\n"
    "[limits]\nmessage_size = \"10MB\"\nfree_disk = \"1 GiB\"\nattempts = 3\n";

TEST(Settings, TakesEveryKeyOfAMailbox) {
    const ConfigFolder folder;
    folder.write("ca.pem", "x");
    const Settings settings = loaded(folder, everything);
    ASSERT_EQ(settings.mailboxes.size(), 1U);
    const MailboxSettings& box = settings.mailboxes.front();
    EXPECT_EQ(box.server.host, "::1");
    EXPECT_EQ(box.server.port, 1143);
    EXPECT_EQ(box.server.security, Security::none);
    EXPECT_EQ(box.server.authentication, Authentication::xoauth2);
    EXPECT_EQ(box.server.secret.credential, "imap");
    EXPECT_EQ(box.server.ca_file, folder.path() / "ca.pem");
    EXPECT_EQ(box.folder, "INBOX/Neu");
    EXPECT_EQ(box.sent_folder, "Sent Items");
    EXPECT_EQ(box.after_commit, AfterCommit::flag);
    EXPECT_EQ(box.processed_flag, "$Done");
    EXPECT_EQ(box.first_start, FirstStart::everything);
    EXPECT_EQ(box.poll_interval, 5min);
    EXPECT_FALSE(box.idle);
}

TEST(Settings, TakesEveryOtherKey) {
    const ConfigFolder folder;
    folder.write("ca.pem", "x");
    const Settings settings = loaded(folder, everything);
    EXPECT_EQ(settings.database, "/srv/bellhop.db");
    EXPECT_EQ(settings.log_level, "debug");
    EXPECT_EQ(settings.default_priority, "low");
    EXPECT_EQ(settings.desk.name, "B\u00fcro");
    EXPECT_EQ(settings.desk.time_zone, "Asia/Kolkata");
    EXPECT_EQ(settings.desk.own_addresses.size(), 2U);
    EXPECT_EQ(settings.desk.send_delay, 2min);
    EXPECT_EQ(settings.smtp.server.port, 587);
    EXPECT_EQ(settings.smtp.server.secret.environment, "PW");
    EXPECT_EQ(settings.smtp.helo_name, "desk.example");
    EXPECT_EQ(settings.smtp.envelope_sender, "bounce@b.example");
    EXPECT_EQ(settings.smtp.idle_timeout, 1min);
    EXPECT_FALSE(settings.acknowledgement.enabled);
    EXPECT_EQ(settings.acknowledgement.limits.size(), 1U);
    EXPECT_EQ(settings.limits.message_bytes, 10'000'000U);
    EXPECT_EQ(settings.limits.free_disk_bytes, std::size_t{1} << 30);
    EXPECT_EQ(settings.limits.attempts, 3);
}

TEST(Settings, TakesTheStateDirectoryOfTheService) {
    const ConfigFolder folder;
    setenv("STATE_DIRECTORY", "/var/lib/bellhop:/var/lib/other", 1);
    const Settings settings = loaded(folder, desk + smtp + mailbox);
    unsetenv("STATE_DIRECTORY");
    EXPECT_EQ(settings.database, "/var/lib/bellhop/bellhop.db");
}

TEST(Settings, SaysThatTheFolderHoldsNoConfiguration) {
    const auto settings = load_settings("/nonexistent");
    EXPECT_EQ(render_all(settings.error()),
              "/nonexistent/bellhop.toml:1:1: error: cannot be read: No such file or directory\n"
              "      = bellhop init /nonexistent writes a configuration to start from\n"
              "1 error\n");
}

TEST(Settings, SaysWhatAMailboxMisses) {
    EXPECT_EQ(complaints_of("[[mailbox]]\n"),
              "bellhop.toml:1:1: error: missing section \"desk\"\n"
              "    1 | [[mailbox]]\n"
              "      | ^\n"
              "      = for example: [desk]\n"
              "bellhop.toml:1:1: error: missing key \"name\"\n"
              "    1 | [[mailbox]]\n"
              "      | ^~~~~~~~~~~\n"
              "      = for example: name = \"it\"\n"
              "bellhop.toml:1:1: error: missing key \"address\"\n"
              "    1 | [[mailbox]]\n"
              "      | ^~~~~~~~~~~\n"
              "      = for example: address = \"it@example.org\"\n"
              "bellhop.toml:1:1: error: missing key \"host\"\n"
              "    1 | [[mailbox]]\n"
              "      | ^~~~~~~~~~~\n"
              "      = for example: host = \"imap.example.org\"\n"
              "bellhop.toml:1:1: error: missing key \"user\"\n"
              "    1 | [[mailbox]]\n"
              "      | ^~~~~~~~~~~\n"
              "      = for example: user = \"it@example.org\"\n"
              "bellhop.toml:1:1: error: no source of the password\n"
              "    1 | [[mailbox]]\n"
              "      | ^~~~~~~~~~~\n"
              "      = name one of: password_file, password_credential, password_env\n"
              "bellhop.toml:1:1: error: missing section \"smtp\"\n"
              "    1 | [[mailbox]]\n"
              "      | ^\n"
              "      = for example: [smtp]\n"
              "7 errors\n");
}

TEST(Settings, SaysWhatTheDeskMisses) {
    EXPECT_EQ(complaints_of("[desk]\n" + smtp),
              "bellhop.toml:1:1: error: missing key \"name\"\n"
              "    1 | [desk]\n"
              "      | ^~~~~~\n"
              "      = for example: name = \"IT Support\"\n"
              "bellhop.toml:1:1: error: missing key \"ticket_tag\"\n"
              "    1 | [desk]\n"
              "      | ^~~~~~\n"
              "      = for example: ticket_tag = \"HELP\"\n"
              "bellhop.toml:1:1: error: missing key \"time_zone\"\n"
              "    1 | [desk]\n"
              "      | ^~~~~~\n"
              "      = for example: time_zone = \"Europe/London\"\n"
              "bellhop.toml:1:1: error: missing section \"mailbox\"\n"
              "    1 | [desk]\n"
              "      | ^\n"
              "      = for example: [[mailbox]]\n"
              "4 errors\n");
}

TEST(Settings, RefusesAnUnknownZone) {
    EXPECT_EQ(
        complaints_of("[desk]\nname = \"IT\"\nticket_tag = \"H\"\ntime_zone = \"Europe/Londom\"\n" +
                      smtp + mailbox),
        "bellhop.toml:4:13: error: unknown time zone \"Europe/Londom\"\n"
        "    4 | time_zone = \"Europe/Londom\"\n"
        "      |             ^~~~~~~~~~~~~~~\n"
        "      = a name of the tz database, for example: \"Europe/London\"\n"
        "1 error\n");
}

TEST(Settings, RefusesATagThatCouldNotBeFoundInASubject) {
    EXPECT_EQ(complaints_of("[desk]\nname = \"IT\"\nticket_tag = \"IT #\"\ntime_zone = \"UTC\"\n" +
                            smtp + mailbox),
              "bellhop.toml:3:14: error: not a tag: \"IT #\"\n"
              "    3 | ticket_tag = \"IT #\"\n"
              "      |              ^~~~~~\n"
              "      = letters, digits, - and _, as in [HELP#1042]\n"
              "1 error\n");
}

TEST(Settings, RefusesToHoldAnswersBackForTooLong) {
    EXPECT_NE(in_desk("send_delay = \"2 h\"\n").find("bellhop.toml:5:14: error"), std::string::npos)
        << in_desk("send_delay = \"2 h\"\n");
}

TEST(Settings, RefusesWrongAddresses) {
    EXPECT_EQ(in_desk("own_addresses = [\"a@b\", \"it\"]\n"),
              "bellhop.toml:5:25: error: not a mail address: \"it\"\n"
              "    5 | own_addresses = [\"a@b\", \"it\"]\n"
              "      |                         ^~~~\n"
              "1 error\n");
    EXPECT_EQ(in_smtp("envelope_sender = \"<>\"\n"),
              "bellhop.toml:13:19: error: not a mail address: \"<>\"\n"
              "   13 | envelope_sender = \"<>\"\n"
              "      |                   ^~~~\n"
              "      = leave it out for the null reverse-path\n"
              "1 error\n");
    EXPECT_EQ(
        complaints_of("[[mailbox]]\naddress = \"IT <it@x.example>\"\nname = \"a\"\nhost = \"h\"\n"
                      "user = \"u\"\npassword_env = \"P\"\n" +
                      desk + smtp),
        "bellhop.toml:2:11: error: not a mail address: \"IT <it@x.example>\"\n"
        "    2 | address = \"IT <it@x.example>\"\n"
        "      |           ^~~~~~~~~~~~~~~~~~~\n"
        "      = for example: address = \"it@example.org\"\n"
        "1 error\n");
}

TEST(Settings, RefusesControlCharacters) {
    EXPECT_EQ(in_desk("phone = \"1\\n2\"\n"),
              "bellhop.toml:5:9: error: \"phone\" must be one line without control characters\n"
              "    5 | phone = \"1\\n2\"\n"
              "      |         ^~~~~~\n"
              "1 error\n");
}

TEST(Settings, RefusesClearTextBeyondThisMachine) {
    EXPECT_EQ(in_mailbox("security = \"none\"\n"),
              "bellhop.toml:13:12: error: mail and password would cross the network in clear text\n"
              "   13 | security = \"none\"\n"
              "      |            ^~~~~~\n"
              "      = \"none\" is for this machine only (localhost)\n"
              "      = expected one of: tls, starttls\n"
              "1 error\n");
    EXPECT_EQ(in_smtp("security = \"none\"\n"), "none");
}

TEST(Settings, RefusesAPortInTheHost) {
    EXPECT_EQ(complaints_of(desk + mailbox + "[smtp]\nhost = \"mx.example:587\"\n"),
              "bellhop.toml:12:8: error: not a host name: \"mx.example:587\"\n"
              "   12 | host = \"mx.example:587\"\n"
              "      |        ^~~~~~~~~~~~~~~~\n"
              "      = write the port as a key of its own: port = 587\n"
              "1 error\n");
    EXPECT_EQ(complaints_of(desk + mailbox + "[smtp]\nhost = \"smtps://mx.example\"\n"),
              "bellhop.toml:12:8: error: not a host name: \"smtps://mx.example\"\n"
              "   12 | host = \"smtps://mx.example\"\n"
              "      |        ^~~~~~~~~~~~~~~~~~~~\n"
              "      = for example: host = \"smtp.example.org\"\n"
              "1 error\n");
}

TEST(Settings, RefusesAPortOutOfRange) {
    EXPECT_EQ(in_smtp("port = 0\n"),
              "bellhop.toml:13:8: error: \"port\" is out of range: 0\n"
              "   13 | port = 0\n"
              "      |        ^\n"
              "      = expected 1 to 65535\n"
              "1 error\n");
}

/// With the wrong one each side waits for the other, for five minutes.
TEST(Settings, RefusesThePortOfAnotherSecurity) {
    EXPECT_EQ(in_smtp("port = 465\nsecurity = \"starttls\"\n"),
              "bellhop.toml:13:8: error: port 465 speaks TLS from the first byte\n"
              "   13 | port = 465\n"
              "      |        ^~~\n"
              "      = security = \"tls\", or port = 587\n"
              "1 error\n");
    EXPECT_EQ(in_mailbox("port = 143\n"),
              "bellhop.toml:13:8: error: port 143 begins in clear text (STARTTLS)\n"
              "   13 | port = 143\n"
              "      |        ^~~\n"
              "      = security = \"starttls\", or port = 993\n"
              "1 error\n");
    EXPECT_EQ(in_smtp("port = 25\nsecurity = \"starttls\"\n"), "none");
    EXPECT_EQ(in_smtp("port = 2525\nsecurity = \"tls\"\n"), "none");
}

TEST(Settings, RefusesASecretInTheFile) {
    EXPECT_EQ(in_smtp("user = \"u\"\npassword = \"hunter2\"\n"),
              "bellhop.toml:14:1: error: a secret never stands in this file\n"
              "   14 | password = \"hunter2\"\n"
              "      | ^~~~~~~~\n"
              "      = write it into a file that only the service may read, and name it: "
              "password_file = \"imap.password\"\n"
              "1 error\n");
}

TEST(Settings, WantsOneSourceOfThePassword) {
    EXPECT_EQ(in_mailbox("password_env = \"P\"\n"),
              "bellhop.toml:7:1: error: several sources of the password\n"
              "    7 | [[mailbox]]\n"
              "      | ^~~~~~~~~~~\n"
              "      = keep one of: password_file, password_credential, password_env\n"
              "1 error\n");
    EXPECT_EQ(in_smtp("user = \"u\"\npassword_env = \"A B\"\n"),
              "bellhop.toml:14:16: error: not the name of a variable: \"A B\"\n"
              "   14 | password_env = \"A B\"\n"
              "      |                ^~~~~\n"
              "      = for example: password_env = \"BELLHOP_IMAP_PASSWORD\"\n"
              "1 error\n");
    EXPECT_EQ(in_smtp("user = \"u\"\npassword_credential = \"../x\"\n"),
              "bellhop.toml:14:23: error: not a name: \"../x\"\n"
              "   14 | password_credential = \"../x\"\n"
              "      |                       ^~~~~~\n"
              "      = LoadCredential=NAME:/path in the unit, and NAME here\n"
              "1 error\n");
    EXPECT_EQ(in_smtp("user = \"u\"\nauthentication = \"none\"\n"),
              "bellhop.toml:13:8: error: a user needs authentication\n"
              "   13 | user = \"u\"\n"
              "      |        ^~~\n"
              "      = leave out authentication = \"none\", or the user\n"
              "1 error\n");
}

const std::string school =
    "[oauth.school]\nprovider = \"microsoft365\"\ntenant = \"t.example\"\nclient_id = \"c\"\n"
    "secret_file = \"s\"\n";

TEST(Settings, ReadsALoginWithAccessTokens) {
    const ConfigFolder folder;
    folder.write("bellhop.toml", desk + mailbox +
                                     "[smtp]\nhost = \"mx.example\"\nuser = \"u\"\n"
                                     "oauth = \"school\"\n" +
                                     school);
    const auto settings = load_settings(folder.path());
    ASSERT_TRUE(settings) << render_all(settings.error());
    EXPECT_EQ(settings->smtp.server.oauth, "school");
    EXPECT_EQ(settings->smtp.server.authentication, Authentication::token);
    ASSERT_EQ(settings->applications.size(), 1U);
    EXPECT_EQ(settings->applications.front().name, "school");
    EXPECT_EQ(settings->mailboxes.front().server.authentication, Authentication::password);
}

TEST(Settings, RefusesALoginWithTokensThatComeFromNowhere) {
    const std::string relay = "[smtp]\nhost = \"mx.example\"\n";
    EXPECT_EQ(complaints_of(desk + mailbox + relay + "oauth = \"school\"\nuser = \"u\"\n"),
              "bellhop.toml:13:9: error: no section [oauth.school]\n"
              "   13 | oauth = \"school\"\n"
              "      |         ^~~~~~~~\n"
              "      = it says how to get an access token; see bellhop.toml(5)\n"
              "1 error\n");
    EXPECT_EQ(complaints_of(desk + mailbox + relay + "oauth = \"scool\"\nuser = \"u\"\n" + school),
              "bellhop.toml:13:9: error: no section [oauth.scool]\n"
              "   13 | oauth = \"scool\"\n"
              "      |         ^~~~~~~\n"
              "      = there are: school\n"
              "1 error\n");
    EXPECT_EQ(complaints_of(desk + mailbox + relay + "oauth = \"school\"\n" + school),
              "bellhop.toml:11:1: error: missing key \"user\"\n"
              "   11 | [smtp]\n"
              "      | ^~~~~~\n"
              "      = for example: user = \"it@example.org\"\n"
              "1 error\n");
}

TEST(Settings, RefusesAPasswordBesideAToken) {
    const std::string relay = "[smtp]\nhost = \"mx.example\"\noauth = \"school\"\nuser = \"u\"\n";
    EXPECT_EQ(complaints_of(desk + mailbox + relay + "password_file = \"p\"\n" + school),
              "bellhop.toml:13:1: error: both a password and an access token\n"
              "   13 | oauth = \"school\"\n"
              "      | ^~~~~\n"
              "      = keep oauth, or the password\n"
              "1 error\n");
    EXPECT_EQ(complaints_of(desk + mailbox + relay + "authentication = \"password\"\n" + school),
              "bellhop.toml:15:18: error: an access token is no password\n"
              "   15 | authentication = \"password\"\n"
              "      |                  ^~~~~~~~~~\n"
              "      = leave it out, or say one of: xoauth2, oauthbearer\n"
              "1 error\n");
}

TEST(Settings, RefusesAPasswordFileThatOthersMayRead) {
    const ConfigFolder folder;
    folder.write("imap.password", "secret", 0640);
    folder.write("bellhop.toml", desk + smtp + mailbox);
    const auto settings = load_settings(folder.path());
    ASSERT_TRUE(settings.has_error());
    EXPECT_EQ(folder.without_path(render_all(settings.error())),
              "bellhop.toml:12:17: error: others may read \"imap.password\"\n"
              "   12 | password_file = \"imap.password\"\n"
              "      |                 ^~~~~~~~~~~~~~~\n"
              "      = chmod 600 imap.password\n"
              "1 error\n");
}

TEST(Settings, RefusesACertificateThatIsNotThere) {
    EXPECT_EQ(in_smtp("ca_file = \"/nonexistent/ca\"\n"),
              "bellhop.toml:13:11: error: cannot read \"/nonexistent/ca\": No such file or "
              "directory\n"
              "   13 | ca_file = \"/nonexistent/ca\"\n"
              "      |           ^~~~~~~~~~~~~~~~~\n"
              "1 error\n");
}

TEST(Settings, RefusesTwinMailboxes) {
    EXPECT_EQ(complaints_of(desk + smtp + mailbox + mailbox),
              "bellhop.toml:14:8: error: two mailboxes are called \"it\"\n"
              "   14 | name = \"it\"\n"
              "      |        ^~~~\n"
              "      = the first one stands in line 7\n"
              "1 error\n");
    std::string other = mailbox;
    other.replace(other.find("\"it\""), 4, "\"b\"");
    EXPECT_EQ(complaints_of(desk + smtp + mailbox + other),
              "bellhop.toml:13:1: error: reads the same folder as mailbox \"it\"\n"
              "   13 | [[mailbox]]\n"
              "      | ^~~~~~~~~~~\n"
              "      = the first one stands in line 7\n"
              "1 error\n");
    EXPECT_EQ(complaints_of(desk + smtp + mailbox + other + "folder = \"Phones\"\n"), "none");
    EXPECT_NE(complaints_of(desk + smtp + mailbox + other +
                            "folder = \"Phones\"\nsent_folder = \"inbox\"\n")
                  .find("reads the same folder as mailbox \"it\""),
              std::string::npos)
        << "what comes in to the one would be the desk's own words to the other";
    EXPECT_NE(complaints_of(desk + smtp + mailbox + "sent_folder = \"Sent\"\n" + other +
                            "folder = \"Sent\"\n")
                  .find("reads the same folder"),
              std::string::npos);
    EXPECT_NE(complaints_of(desk + smtp + mailbox + "sent_folder = \"Done\"\n" + other +
                            "folder = \"Phones\"\nprocessed_folder = \"Done\"\n")
                  .find("reads the same folder"),
              std::string::npos);
}

TEST(Settings, RefusesWrongNamesOfMailboxes) {
    std::string odd = mailbox;
    odd.replace(odd.find("\"it\""), 4, "\"IT desk\"");
    EXPECT_EQ(complaints_of(desk + smtp + odd),
              "bellhop.toml:8:8: error: not a name of a mailbox: \"IT desk\"\n"
              "    8 | name = \"IT desk\"\n"
              "      |        ^~~~~~~~~\n"
              "      = letters, digits, - and _, for example: name = \"it\"\n"
              "1 error\n");
}

rules::ProofPolicy proof_of(const std::string& lines) {
    const ConfigFolder folder;
    return loaded(folder, desk + smtp + mailbox + lines).mailboxes.front().proof;
}

TEST(Settings, TakesWhoseServersProveASender) {
    using enum rules::MailProvider;
    EXPECT_EQ(proof_of("provider = \"microsoft365\"\n"), (rules::ProofPolicy{microsoft365, {}}));
    EXPECT_EQ(proof_of("provider = \"google\"\n"), (rules::ProofPolicy{google, {}}));
    EXPECT_EQ(proof_of("authserv_id = [\"mx.school.example\", \"mx2.school.example\"]\n"),
              (rules::ProofPolicy{rfc8601, {"mx.school.example", "mx2.school.example"}}));
    EXPECT_EQ(proof_of("provider = \"rfc8601\"\nauthserv_id = [\"mx.school.example\"]\n"),
              (rules::ProofPolicy{rfc8601, {"mx.school.example"}}));
}

TEST(Settings, RefusesWhatProvesNobody) {
    EXPECT_EQ(in_mailbox("provider = \"exchange\"\n"),
              "bellhop.toml:13:12: error: unknown provider \"exchange\"\n"
              "   13 | provider = \"exchange\"\n"
              "      |            ^~~~~~~~~~\n"
              "      = expected one of: microsoft365, google, rfc8601\n"
              "1 error\n");
    EXPECT_EQ(in_mailbox("provider = \"rfc8601\"\n"),
              "bellhop.toml:13:12: error: \"rfc8601\" proves nobody without authserv_id\n"
              "   13 | provider = \"rfc8601\"\n"
              "      |            ^~~~~~~~~\n"
              "      = for example: authserv_id = [\"mx.school.example\"]\n"
              "1 error\n");
    EXPECT_EQ(in_mailbox("provider = \"microsoft365\"\nauthserv_id = [\"mx.school.example\"]\n"),
              "bellhop.toml:14:15: error: the servers of microsoft365 have no authserv-id\n"
              "   14 | authserv_id = [\"mx.school.example\"]\n"
              "      |               ^~~~~~~~~~~~~~~~~~~~~\n"
              "      = leave it out\n"
              "1 error\n");
    for (const char* id : {"", "mx school", "mx.school.example; dmarc=pass", "<mx@school>"}) {
        EXPECT_NE(in_mailbox("authserv_id = [\"" + std::string{id} + "\"]\n")
                      .find("error: not an authserv-id: "),
                  std::string::npos)
            << id;
    }
}

/// Whoever could put a mail into that folder would speak for the desk.
TEST(Settings, RefusesToTakeWhatComesInForWhatIsSent) {
    EXPECT_EQ(in_mailbox("sent_folder = \"Inbox\"\n"),
              "bellhop.toml:13:15: error: mail that comes in would count as sent by the desk\n"
              "   13 | sent_folder = \"Inbox\"\n"
              "      |               ^~~~~~~\n"
              "      = the folder in which mail programs keep what is sent from the mailbox, for "
              "example: sent_folder = \"Sent\"\n"
              "1 error\n");
    EXPECT_NE(in_mailbox("processed_folder = \"Done\"\nsent_folder = \"Done\"\n"), "none");
    EXPECT_EQ(in_mailbox("sent_folder = \"Sent Items\"\n"), "none");
}

TEST(Settings, RefusesToMoveMailInCircles) {
    EXPECT_EQ(
        in_mailbox("processed_folder = \"INBOX\"\n"),
        "bellhop.toml:13:20: error: mail would be moved into the folder that it is taken from\n"
        "   13 | processed_folder = \"INBOX\"\n"
        "      |                    ^~~~~~~\n"
        "      = for example: processed_folder = \"Processed\"\n"
        "1 error\n");
    EXPECT_EQ(in_mailbox("processed_flag = \"\\\\Seen\"\n"),
              "bellhop.toml:13:18: error: not an IMAP keyword: \"\\Seen\"\n"
              "   13 | processed_flag = \"\\\\Seen\"\n"
              "      |                  ^~~~~~~~\n"
              "      = for example: processed_flag = \"$BellhopProcessed\"\n"
              "1 error\n");
}

TEST(Settings, RefusesWrongLimits) {
    EXPECT_EQ(in_smtp("[acknowledgement]\nlimits = [\"3 per hour\"]\n"),
              "bellhop.toml:14:11: error: not a limit: \"3 per hour\"\n"
              "   14 | limits = [\"3 per hour\"]\n"
              "      |           ^~~~~~~~~~~~\n"
              "      = for example: limits = [\"3 in 10min\", \"10 in 24h\"]\n"
              "1 error\n");
    EXPECT_EQ(
        in_smtp("[acknowledgement]\nlimits = []\n"),
        "bellhop.toml:14:10: error: without a limit two robots would answer each other for ever\n"
        "   14 | limits = []\n"
        "      |          ^~\n"
        "      = for example: limits = [\"3 in 10min\", \"10 in 24h\"]\n"
        "1 error\n");
    EXPECT_EQ(in_smtp("[limits]\nattempts = 0\n"),
              "bellhop.toml:14:12: error: \"attempts\" is out of range: 0\n"
              "   14 | attempts = 0\n"
              "      |            ^\n"
              "      = expected 1 to 10\n"
              "1 error\n");
}

TEST(Settings, RefusesOddNamesElsewhere) {
    EXPECT_EQ(at_top("default_priority = \"very high\"\n"),
              "bellhop.toml:1:20: error: not a name of a priority: \"very high\"\n"
              "    1 | default_priority = \"very high\"\n"
              "      |                    ^~~~~~~~~~~\n"
              "      = for example: default_priority = \"P3\"\n"
              "1 error\n");
    EXPECT_EQ(at_top("log_level = \"verbose\"\n"),
              "bellhop.toml:1:13: error: unknown log level \"verbose\"\n"
              "    1 | log_level = \"verbose\"\n"
              "      |             ^~~~~~~~~\n"
              "      = expected one of: debug, info, warn, error\n"
              "1 error\n");
    EXPECT_EQ(in_smtp("helo_name = \"my desk\"\n"),
              "bellhop.toml:13:13: error: not a host name: \"my desk\"\n"
              "   13 | helo_name = \"my desk\"\n"
              "      |             ^~~~~~~~~\n"
              "      = for example: helo_name = \"desk.example.org\"\n"
              "1 error\n");
}

TEST(Settings, RefusesUnknownKeys) {
    EXPECT_EQ(in_mailbox("pol_interval = \"30s\"\n"),
              "bellhop.toml:13:1: error: unknown key \"pol_interval\"\n"
              "   13 | pol_interval = \"30s\"\n"
              "      | ^~~~~~~~~~~~\n"
              "      = did you mean \"poll_interval\"?\n"
              "1 error\n");
}

TEST(RenderAll, CountsErrorsAndWarnings) {
    EXPECT_EQ(render_all({{{"/nonexistent", 1, 1, 1}, "a"},
                          {{"/nonexistent", 2, 1, 1}, "b", {}, parsers::Severity::warning}}),
              "/nonexistent:1:1: error: a\n"
              "/nonexistent:2:1: warning: b\n"
              "1 error, 1 warning\n");
}

}  // namespace
}  // namespace bellhop::daemon
