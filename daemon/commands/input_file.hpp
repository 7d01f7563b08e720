// Files that are named on a command line, "-" among them.
#pragma once

#include <string>

#include <boost/system/result.hpp>

namespace bellhop::daemon {

/// The bytes of a file, or of standard input for "-". Errors: the system's; is_a_directory too.
boost::system::result<std::string> read_input(const std::string& name);

/// The same. Throws CommandFailure with `status` where it cannot be read.
std::string required_input(const std::string& name, int status);

}  // namespace bellhop::daemon
