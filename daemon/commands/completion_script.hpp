// What a shell completes behind "bellhop", written from the declarations of the commands.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/commands/command.hpp"

namespace bellhop::daemon {

/// "bash", "fish", "zsh".
std::vector<std::string> completed_shells();

/// The script that teaches `shell` all commands of `program`, their options, and the values of
/// those that know theirs; everything else is completed as file names are. Precondition: it is one
/// of completed_shells().
std::string completion_script(std::string_view shell,
                              const std::string& program,
                              const std::vector<Command>& commands);

}  // namespace bellhop::daemon
