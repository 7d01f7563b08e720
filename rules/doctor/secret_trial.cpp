#include "rules/doctor/secret_trial.hpp"

#include <array>
#include <string_view>

namespace bellhop::rules {
namespace {

struct Advice {
    std::string_view sign;  ///< in the words of why it cannot be read
    std::string_view remedy;
};

constexpr std::array<Advice, 7> advices{{
    {"No such file", "write it, one line: install -m 600 /dev/stdin FILE <<<'the password'"},
    {"Permission denied", "run this as root, or as the user that the service runs as"},
    {"others may read", "chmod 600, and change the password: who could read it may have"},
    {"it is empty", "write it, one line: install -m 600 /dev/stdin FILE <<<'the password'"},
    {"more than one line", "leave the password in it, and nothing else: one line"},
    {"gives no credentials",
     "run this as root: it then reads the file in credentials/ that the service is given"},
    {"it is not set", "set the variable in the service's environment; better: password_file"},
}};

}  // namespace

Finding judge_secret(const SecretSeen& seen) {
    std::string remedy = "look at " + seen.source;
    for (const Advice& each : advices) {
        if (seen.words.find(each.sign) == std::string::npos) continue;
        remedy = seen.source + ": " + std::string{each.remedy};
        break;
    }
    return failing(seen.what + ": password", seen.words, std::move(remedy));
}

}  // namespace bellhop::rules
