// A command line, read with the declarations of the commands, and run.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "daemon/commands/command.hpp"

namespace bellhop::daemon {

struct Program {
    std::string name = {};
    std::string what = {};
    std::string version = {};                  ///< the whole answer to --version
    std::filesystem::path config_folder = {};  ///< without --config
    std::vector<Command> commands = {};
};

/// Runs the command that `words` (without the program's name) ask for. Help goes to `out`,
/// complaints to `complaints`. Returns the exit status: EX_USAGE where the words are wrong,
/// EX_SOFTWARE where the command ended with an exception other than CommandFailure.
int run(const Program& program,
        const std::vector<std::string>& words,
        std::ostream& out,
        std::ostream& complaints);

}  // namespace bellhop::daemon
