// In whose name an order is carried out: a person of people.toml, never a login of the machine.
#pragma once

#include <string>

#include "daemon/desk/desk.hpp"

namespace bellhop::daemon {

struct Actor {
    std::string name = {};       ///< "agent Tess Tech"; empty where nobody is meant
    std::string complaint = {};  ///< why nobody is; empty where somebody is
};

/// Whoever `by` means: the technician of that login, of that name, or the only one whose name has a
/// word that begins so. Where people.toml names no technicians, `by` itself, but for "root": it is
/// nobody.
Actor actor_of(const Desk& desk, const std::string& by);

}  // namespace bellhop::daemon
