#include "daemon/orders/actor.hpp"

#include "parsers/config/known_name.hpp"
#include "parsers/text/lists.hpp"

namespace bellhop::daemon {

Actor actor_of(const Desk& desk, const std::string& by) {
    if (by.empty()) return {{}, "say who orders it: --as NAME"};
    const rules::People* people = desk.rules.known_people();
    if (people == nullptr || people->technicians.empty()) {
        if (by == "root")
            return {{}, "\"root\" is nobody of the desk: say who you are with --as NAME"};
        return {"agent " + by, {}};
    }
    if (const std::string name = people->technician_logged_in(by); !name.empty()) {
        return {"agent " + name, {}};
    }
    const parsers::KnownName meant =
        parsers::known_name("technician", by, parsers::names_of(people->technicians));
    if (meant.complaint.empty()) return {"agent " + meant.name, {}};
    return {{},
            meant.complaint +
                "; say who you are with --as NAME, or give a technician of people.toml this login"};
}

}  // namespace bellhop::daemon
