// Who reads mail to an address, as far as its local part tells: the one list of such names.
#pragma once

#include <string_view>

namespace bellhop::parsers {

enum class AddressReader {
    person,
    role,     ///< "webmaster", "abuse": programs write from there, and somebody may read it
    program,  ///< "mailer-daemon", "staff-request", "bounces+12": what is sent there is not read
    nobody    ///< "no-reply": the address itself says so
};

/// Case, and what stands between the words of a name, do not matter: "No_Reply" is "noreply".
AddressReader reader_of(std::string_view address);

/// Whether mail to it reaches no person: a program's address, or nobody's.
bool is_robot_address(std::string_view address);

}  // namespace bellhop::parsers
