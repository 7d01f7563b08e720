// The program: the command line goes to one of daemon/commands/.
#include <cstdlib>
#include <iostream>

#include "daemon/commands/command_line.hpp"

namespace {

std::filesystem::path default_config_folder() {
    const char* folder = std::getenv("BELLHOP_CONFIG");
    return folder != nullptr && *folder != '\0' ? folder : "/etc/bellhop";
}

}  // namespace

int main(int argc, char** argv) {
    using namespace bellhop::daemon;
    const Program program{"bellhop", "bellhop - email-to-ticket gateway for school help desks",
                          "bellhop " BELLHOP_VERSION, default_config_folder(), all_commands()};
    return run(program, {argv + 1, argv + argc}, std::cout, std::cerr);
}
