// Whether the configuration folder is safe from others: who may change it decides what is answered,
// to whom, and with which password.
#pragma once

#include <filesystem>

#include "parsers/config/diagnostic.hpp"

namespace bellhop::daemon {

/// What is wrong with owners, modes and links: the folder, a folder below it or a file of the
/// configuration that everybody may write, that belongs to somebody who is neither root, nor the
/// user of this process, nor the owner of `database` (of the folder that will hold it, where there
/// is none yet), or that is a link to something else. What may not be looked at is left out.
parsers::Diagnostics folder_faults(const std::filesystem::path& folder,
                                   const std::filesystem::path& database);

/// Whether a file of the configuration may have this name: nothing else is read as one, or shown in
/// a complaint, so that no secret is.
bool is_configuration_file(const std::filesystem::path& file);

}  // namespace bellhop::daemon
