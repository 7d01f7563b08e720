#include "daemon/work/furniture_work.hpp"

#include "parsers/message/own_words.hpp"
#include "rules/mail/learnt_furniture.hpp"

namespace bellhop::daemon {

void set_apart_known_furniture(parsers::Message& message, const storage::Store& store) {
    const std::string domain = parsers::furniture_domain(message);
    if (domain.empty()) return;
    const parsers::KnownFurniture known = rules::known_furniture(store.furniture.of_domain(domain));
    if (!known.is_empty()) parsers::find_own_words(message, known);
}

void learn_furniture(const parsers::Message& message,
                     rules::TicketId ticket,
                     std::chrono::sys_seconds at,
                     storage::Store& store) {
    const std::string domain = parsers::furniture_domain(message);
    if (domain.empty()) return;
    const rules::FurnitureSighting sighting = rules::sighting_in(message, ticket, at);
    if (sighting.paragraphs.empty() && sighting.images.empty()) return;
    for (const rules::LearntFurniture& one :
         rules::learnt_from(sighting, store.furniture.of_domain(domain))) {
        store.furniture.keep(domain, one);
    }
}

}  // namespace bellhop::daemon
