#include "daemon/setup/first_configuration.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "daemon/desk/desk.hpp"
#include "daemon/desk/desk_lint.hpp"
#include "tests/daemon/config_folder.hpp"

namespace bellhop::daemon {
namespace {

FirstDesk desk_at(const std::filesystem::path& folder) {
    FirstDesk desk;
    desk.folder = folder;
    desk.address = "support@school.test";
    desk.manager = "helen.head@school.test";
    desk.hosting = rules::hosting_by(rules::HostedBy::own, "school.test");
    return desk;
}

std::string text_of(const FirstDesk& desk, const std::string& path) {
    for (const NewFile& file : first_files(desk)) {
        if (file.path == path) return file.text;
    }
    return {};
}

bool has(const std::string& text, const std::string& words) {
    return text.find(words) != std::string::npos;
}

TEST(FirstConfiguration, IsValidAndReachesSomebody) {
    const ConfigFolder folder;
    const FirstDesk desk = desk_at(folder.path());
    ASSERT_TRUE(write_files(desk.folder, first_files(desk), Overwriting::refused).existing.empty());
    make_data_folder(desk.folder);
    folder.write("support.password", "secret\n");
    const auto loaded = load_desk(folder.path());
    ASSERT_TRUE(loaded.has_value()) << render_all(loaded.error());
    const parsers::Diagnostics findings =
        lint_desk(*loaded, std::chrono::sys_days{std::chrono::year{2026} / 12 / 1});
    EXPECT_FALSE(parsers::has_errors(findings)) << render_all(findings);
    EXPECT_EQ(loaded->settings.mailboxes.front().address, "support@school.test");
    EXPECT_EQ(rules::staff_addresses(staff_of(*loaded), rules::Ticket{}, {"team"}),
              (std::vector<std::string>{"helen.head@school.test"}));
}

TEST(FirstConfiguration, WhateverIsTypedStaysAText) {
    const ConfigFolder folder;
    FirstDesk desk = desk_at(folder.path());
    desk.desk = "IT \"Support\"\\ [desk]";
    desk.manager = "o'brien-smith.jr@school.test";
    desk.time_zone = "America/New_York";
    write_files(desk.folder, first_files(desk), Overwriting::refused);
    folder.write("support.password", "secret\n");
    const auto loaded = load_desk(folder.path());
    ASSERT_TRUE(loaded.has_value()) << render_all(loaded.error());
    EXPECT_EQ(loaded->settings.desk.name, desk.desk);
    EXPECT_EQ(loaded->settings.desk.time_zone, "America/New_York");
}

TEST(FirstConfiguration, LoadsForWhoeverKeepsTheMail) {
    using rules::HostedBy;
    for (const auto& [by, provider] :
         {std::pair{HostedBy::microsoft365, rules::MailProvider::microsoft365},
          std::pair{HostedBy::google, rules::MailProvider::google}}) {
        const ConfigFolder folder;
        FirstDesk desk = desk_at(folder.path());
        desk.hosting = rules::hosting_by(by, "school.test");
        write_files(desk.folder, first_files(desk), Overwriting::refused);
        const auto loaded = load_desk(folder.path());
        ASSERT_TRUE(loaded.has_value()) << render_all(loaded.error());
        EXPECT_EQ(loaded->settings.applications.size(), 1U);
        EXPECT_EQ(loaded->settings.mailboxes.front().server.oauth,
                  loaded->settings.applications.front().name);
        EXPECT_EQ(loaded->settings.mailboxes.front().proof.provider, provider);
    }
}

TEST(FirstConfiguration, NothingOfThePresetsPeopleIsLeft) {
    const FirstDesk desk = desk_at("/srv/desk");
    for (const NewFile& file : first_files(desk)) {
        EXPECT_FALSE(has(file.text, "hill.example.org")) << file.path;
    }
    EXPECT_TRUE(text_of(desk, "tests.toml").empty());
}

TEST(FirstConfiguration, TheServiceKeepsSecretsAndDatabaseElsewhere) {
    const FirstDesk desk = desk_at("/etc/bellhop");
    EXPECT_TRUE(has(text_of(desk, "bellhop.toml"), "database = \"/var/lib/bellhop/bellhop.db\""));
    EXPECT_TRUE(has(text_of(desk, "bellhop.toml"), "password_credential = \"password_support\""));
    EXPECT_EQ(secret_file(desk), "/etc/bellhop/credentials/support");
    EXPECT_EQ(secret_file(desk_at("/srv/desk")), "/srv/desk/support.password");
    EXPECT_TRUE(is_for_service(desk_at("/etc/bellhop/")));
}

TEST(FirstConfiguration, MicrosoftAndGoogleGiveTokens) {
    FirstDesk desk = desk_at("/etc/bellhop");
    desk.hosting = rules::hosting_by(rules::HostedBy::microsoft365, "school.test");
    desk.tenant = "school.onmicrosoft.com";
    desk.client_id = "11111111-2222-3333-4444-555555555555";
    const std::string settings = text_of(desk, "bellhop.toml");
    for (const char* line :
         {"oauth = \"microsoft365\"", "[oauth.microsoft365]", "tenant = \"school.onmicrosoft.com\"",
          "client_id = \"11111111-2222-3333-4444-555555555555\"",
          "secret_credential = \"password_microsoft365\"", "host = \"outlook.office365.com\"",
          "security = \"starttls\"", "envelope_sender = \"support@school.test\""}) {
        EXPECT_TRUE(has(settings, line)) << line;
    }
    EXPECT_FALSE(has(settings, "password_file"));
    const std::string steps = next_steps(desk);
    for (const char* step :
         {"IMAP.AccessAsApp", "New-ServicePrincipal -AppId 11111111",
          "Add-MailboxPermission -Identity support@school.test",
          "-SmtpClientAuthenticationDisabled $false", "/etc/bellhop/credentials/microsoft365"}) {
        EXPECT_TRUE(has(steps, step)) << step;
    }
    desk.hosting = rules::hosting_by(rules::HostedBy::google, "school.test");
    EXPECT_TRUE(
        has(text_of(desk, "bellhop.toml"), "service_account_credential = \"password_google\""));
    EXPECT_TRUE(has(next_steps(desk), "domain-wide"));
}

TEST(FirstConfiguration, SaysWhatWasGuessed) {
    FirstDesk desk = desk_at("/srv/desk");
    EXPECT_TRUE(has(next_steps(desk), "they are guesses"));
    desk.hosting.is_guessed = false;
    EXPECT_FALSE(has(next_steps(desk), "guesses"));
    EXPECT_TRUE(has(next_steps(desk), "install -m 600 /dev/stdin /srv/desk/support.password"));
}

TEST(FirstConfiguration, AMailboxHasAPlainName) {
    FirstDesk desk = desk_at("/srv/desk");
    desk.address = "IT.Help+desk@school.test";
    EXPECT_EQ(mailbox_name(desk), "it-help-desk");
    desk.address = std::string(60, 'a') + "@school.test";
    EXPECT_EQ(mailbox_name(desk).size(), 40U);
}

}  // namespace
}  // namespace bellhop::daemon
