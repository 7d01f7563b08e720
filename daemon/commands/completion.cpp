// bellhop completion SHELL
#include <iostream>

#include "daemon/commands/command.hpp"
#include "daemon/commands/completion_script.hpp"

namespace bellhop::daemon {

Command completion_command() {
    Command command{"completion", "print what a shell completes behind \"bellhop\"",
                    "The Debian package has installed it already.\n\n"
                    "Example:\n"
                    "  source <(bellhop completion bash)"};
    command.options = {value("SHELL", "the shell").required().among(completed_shells())};
    command.run = [](const Arguments& given, Invocation&) {
        std::cout << completion_script(given.text("SHELL"), "bellhop", all_commands());
    };
    return command;
}

}  // namespace bellhop::daemon
