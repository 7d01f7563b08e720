// What a script may touch: the copy of the configuration, and the mails beside it.
#include "daemon/replay/replay.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/daemon/config_folder.hpp"

namespace bellhop::daemon {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class ReplayFiles : public ::testing::Test {
protected:
    /// The complaints about a script with `entry` at its first instant, in the folder of scripts.
    std::string played(const std::string& entry, const std::string& setup = {}) {
        const auto script = parse_replay_script(
            "s.txt", "preset school\n\n" + setup + "Mon 2026-11-02 09:00  " + entry);
        EXPECT_TRUE(script.has_value()) << render_all(script.error());
        Replay replay{{}, [this](const ReplayedStep& step) { told_ += step.what + '\n'; }};
        const parsers::Diagnostics complaints = replay.play(*script, scripts_.path());
        return complaints.empty() ? std::string{} : render_all(complaints);
    }

    ConfigFolder scripts_ = {};
    std::string told_ = {};
};

constexpr const char* text = "\n    victim = true\n";

TEST_F(ReplayFiles, WritesNowhereButIntoItsCopy) {
    const auto victim = scripts_.write("victim.toml", "mine\n");
    const std::filesystem::path up = std::filesystem::path{"../.."} / victim.relative_path();
    for (const std::string& name :
         {victim.string(), up.string(), "templates/../../" + victim.filename().string(),
          std::string{"../victim.toml"}, std::string{"passwords"}, std::string{"rules.toml/x.toml"},
          std::string{"replay.db"}, std::string{"missing/new.toml"}, std::string{"."}}) {
        const std::string verb = name.size() % 2 == 0 ? "write " : "append ";
        EXPECT_THAT(
            played(verb + name + text),
            testing::AnyOf(HasSubstr("is no file of a configuration"), HasSubstr("cannot write")))
            << name;
        EXPECT_THAT(told_, testing::Not(HasSubstr("is changed"))) << name;
    }
    EXPECT_EQ(scripts_.read("victim.toml"), "mine\n");
}

TEST_F(ReplayFiles, WritesFilesOfAConfiguration) {
    EXPECT_THAT(played("write templates/acknowledgement.txt\n    Subject: Hello\n\n    Hello.\n"),
                IsEmpty());
    EXPECT_THAT(told_, HasSubstr("templates/acknowledgement.txt is changed"));
}

TEST_F(ReplayFiles, ReadsMailsBesideTheScriptOnly) {
    const ConfigFolder elsewhere;
    const auto secret = elsewhere.write("secret.eml", "From: a@b.example\nSubject: secret\n\nx\n");
    scripts_.write("mail.eml", "From: ann@hill.example\nSubject: Lamp\n\nIt is dark.\n");
    std::filesystem::create_symlink(secret, scripts_.path() / "link.eml");
    for (const std::string& name : {secret.string(), std::string{"link.eml"},
                                    "../" + elsewhere.path().filename().string() + "/secret.eml",
                                    std::string{"missing.eml"}, std::string{"."}}) {
        EXPECT_THAT(played("file " + name + "\n"), HasSubstr("cannot read")) << name;
    }
    EXPECT_THAT(told_, testing::Not(HasSubstr("secret")));
    EXPECT_THAT(played("file mail.eml\n"), IsEmpty());
    EXPECT_THAT(told_, HasSubstr("opened by ann@hill.example: Lamp"));
}

TEST_F(ReplayFiles, TakesEveryFileThatAConfigurationNames) {
    const ConfigFolder desk;
    std::filesystem::create_directories(desk.path() / "sub");
    desk.write("bellhop.toml", R"(
database = "d.db"
[desk]
name = "IT"
ticket_tag = "HELP"
time_zone = "Europe/London"
[[mailbox]]
name = "it"
address = "it@desk.example"
host = "imap.desk.example"
user = "it"
password_env = "P"
ca_file = "sub/ca.pem"
[smtp]
host = "smtp.desk.example"
authentication = "none"
)");
    desk.write("sub/ca.pem", "a certificate");
    desk.write("rules.toml",
               "include = [\"sub/more.toml\"]\npriorities = [\"P1\", \"P3\"]\n[default]\npriority "
               "= \"P3\"\n");
    desk.write("sub/more.toml", "[words]\nlamp = [\"lamp\"]\n");
    desk.write("sub/imap.password", "secret");
    Replay replay{desk.path(), [](const ReplayedStep&) {}};
    const parsers::Diagnostics complaints = replay.load();
    EXPECT_TRUE(complaints.empty()) << render_all(complaints);
}

/// A certificate of any name, in the folder, above it, or named in full.
TEST(Replay, FindsACertificateWhereverServeDoes) {
    const ConfigFolder place;
    const std::filesystem::path desk = place.path() / "a/desk";
    place.write("a/desk/ca.cer", "a certificate", 0600);
    place.write("a/ca.pem", "a certificate");
    place.write("above", "a certificate");
    for (const std::string& file :
         {std::string{"ca.cer"}, std::string{"../ca.pem"}, std::string{"../../above"},
          (place.path() / "above").string()}) {
        place.write("a/desk/bellhop.toml",
                    "[desk]\nname = \"IT\"\nticket_tag = \"HELP\"\ntime_zone = \"Etc/UTC\"\n"
                    "[[mailbox]]\nname = \"it\"\naddress = \"it@desk.example\"\n"
                    "host = \"imap.desk.example\"\nuser = \"it\"\npassword_env = \"P\"\n"
                    "ca_file = \"" +
                        file +
                        "\"\n[smtp]\nhost = \"smtp.desk.example\"\nauthentication = \"none\"\n");
        Replay replay{desk, [](const ReplayedStep&) {}};
        const parsers::Diagnostics complaints = replay.load();
        EXPECT_TRUE(complaints.empty()) << file << "\n" << render_all(complaints);
    }
}

}  // namespace
}  // namespace bellhop::daemon
