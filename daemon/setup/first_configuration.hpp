// A first configuration, written from what `quickstart` has found out and asked.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "daemon/desk/config_folder.hpp"
#include "rules/setup/mail_hosting.hpp"

namespace bellhop::daemon {

/// What a first configuration is made of.
struct FirstDesk {
    std::filesystem::path folder = {};
    std::string address = {};  ///< of the mailbox, and of its account
    std::string desk = "IT Support";
    std::string manager = {};  ///< an address: who hears of new tickets and of troubles
    std::string preset = "school";
    std::string time_zone = "Europe/London";
    rules::MailHosting hosting = {};
    std::string tenant = {};     ///< Microsoft's: "school.onmicrosoft.com", or an id
    std::string client_id = {};  ///< of the application there
};

/// "support" of "support@school.example": how the mailbox is called, in letters, digits and "-".
std::string mailbox_name(const FirstDesk& desk);

/// Where the service keeps its configuration and database: it gets secrets from the service
/// manager.
bool is_for_service(const FirstDesk& desk);

/// The file that the secret belongs into: the mailbox's password, the application's secret, or the
/// key of the service account.
std::filesystem::path secret_file(const FirstDesk& desk);

/// All files, by path: those of the preset, with bellhop.toml, people.toml and calendar.toml
/// written for this desk, and without what only the preset's invented people are for.
std::vector<NewFile> first_files(const FirstDesk& desk);

/// The steps that are left to be done by a person, numbered: at the provider, on this machine.
std::string next_steps(const FirstDesk& desk);

}  // namespace bellhop::daemon
