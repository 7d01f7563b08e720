// Whether the password, or the like, of a server can be read.
#pragma once

#include <string>

#include "rules/doctor/finding.hpp"

namespace bellhop::rules {

struct SecretSeen {
    std::string what = {};    ///< "mailbox support"
    std::string source = {};  ///< "the file it.password"
    std::string words = {};   ///< why it cannot be read, never the secret
};

/// "...: password" of one that cannot be read. Pure.
Finding judge_secret(const SecretSeen& seen);

}  // namespace bellhop::rules
