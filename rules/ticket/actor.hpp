// Who has done something, as a ticket's log names him.
#pragma once

#include <string>
#include <string_view>

namespace bellhop::rules {

/// "Tess Tech" of "agent Tess Tech"; any other actor as it is.
inline std::string name_in_actor(std::string_view actor) {
    constexpr std::string_view agent = "agent ";
    return std::string{actor.starts_with(agent) ? actor.substr(agent.size()) : actor};
}

}  // namespace bellhop::rules
