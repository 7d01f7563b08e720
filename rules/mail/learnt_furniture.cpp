#include "rules/mail/learnt_furniture.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "parsers/header/address.hpp"
#include "parsers/text/digest.hpp"
#include "parsers/text/lists.hpp"

namespace bellhop::rules {
namespace {

constexpr std::size_t most_people = 8;
constexpr int enough = 3;
constexpr int enough_bare = 6;
constexpr std::size_t people_for_bare = 4;
constexpr int enough_images_of_one = 5;
// What is known already is written again only so often: a mail should cost no write.
constexpr std::chrono::days noted_again{30};

/// Few enough bits that they name nobody, enough to tell a handful of people apart.
std::string person_of(const parsers::Message& message) {
    if (!message.from) return {};
    const std::string key = parsers::address_key(message.from->address);
    return parsers::hex(parsers::sha256(key)).substr(0, 4);
}

bool is_picture_of_text(const parsers::Attachment& attachment) {
    return attachment.content_type.starts_with("image/") &&
           (attachment.disposition == parsers::Disposition::inline_part ||
            !attachment.content_id.empty());
}

/// `one`, seen once more.
LearntFurniture counted(LearntFurniture one, const FurnitureSighting& sighting, parsers::Apart by) {
    const bool is_new_person = !parsers::contains(one.people, sighting.person);
    const bool is_new_mail = one.last_ticket != sighting.ticket || is_new_person;
    if (is_new_mail) {
        one.in_place += by == parsers::Apart::place ? 1 : 0;
        one.worded += by == parsers::Apart::words ? 1 : 0;
        one.bare += by == parsers::Apart::nothing ? 1 : 0;
    }
    if (is_new_person && one.people.size() < most_people) one.people.push_back(sighting.person);
    one.last_ticket = sighting.ticket;
    one.last_seen = sighting.at;
    return one;
}

/// Whether it has to be written down that it was seen.
bool is_worth_noting(const LearntFurniture& before, const FurnitureSighting& sighting) {
    return !is_furniture(before) || sighting.at - before.last_seen > noted_again;
}

class Learner {
public:
    Learner(const FurnitureSighting& sighting, std::span<const LearntFurniture> known)
        : sighting_{sighting}, known_{known} {}

    std::vector<LearntFurniture> learn() {
        for (const parsers::SetOffParagraph& one : sighting_.paragraphs) {
            LearntFurniture fresh;
            fresh.print = one.print;
            see(fresh, one.by, [&](const LearntFurniture& other) {
                return other.image.empty() && are_alike(other.print, one.print);
            });
        }
        for (const std::string& image : sighting_.images) {
            LearntFurniture fresh;
            fresh.image = image;
            see(fresh, parsers::Apart::place,
                [&](const LearntFurniture& other) { return other.image == image; });
        }
        return std::move(learnt_);
    }

private:
    template <class IsSame>
    void see(const LearntFurniture& fresh, parsers::Apart by, IsSame is_same) {
        if (std::any_of(learnt_.begin(), learnt_.end(), is_same)) return;
        const auto found = std::find_if(known_.begin(), known_.end(), is_same);
        if (found == known_.end()) {
            learnt_.push_back(counted(fresh, sighting_, by));
        } else if (is_worth_noting(*found, sighting_)) {
            learnt_.push_back(counted(*found, sighting_, by));
        }
    }

    const FurnitureSighting& sighting_;
    std::span<const LearntFurniture> known_;
    std::vector<LearntFurniture> learnt_ = {};
};

}  // namespace

bool is_furniture(const LearntFurniture& one) {
    const int all = one.in_place + one.worded + one.bare;
    if (!one.image.empty())
        return (all >= enough && one.people.size() > 1) || all >= enough_images_of_one;
    const bool is_told = one.in_place > 0 || one.worded >= enough;
    return one.in_place >= enough || (all >= enough && is_told && one.people.size() > 1) ||
           (all >= enough_bare && one.people.size() >= people_for_bare);
}

parsers::KnownFurniture known_furniture(std::span<const LearntFurniture> learnt) {
    parsers::KnownFurniture known;
    for (const LearntFurniture& one : learnt) {
        if (!is_furniture(one)) continue;
        if (one.image.empty()) {
            known.paragraphs.push_back(one.print);
        } else {
            known.images.push_back(one.image);
        }
    }
    return known;
}

FurnitureSighting sighting_in(const parsers::Message& message,
                              TicketId ticket,
                              std::chrono::sys_seconds at) {
    FurnitureSighting sighting;
    sighting.ticket = ticket;
    sighting.at = at;
    sighting.person = person_of(message);
    if (message.kind != parsers::MessageKind::human) return sighting;
    sighting.paragraphs = parsers::set_off_paragraphs(message.text, message.pieces);
    for (const parsers::Attachment& attachment : message.attachments) {
        if (is_picture_of_text(attachment)) sighting.images.push_back(attachment.sha256);
    }
    return sighting;
}

std::vector<LearntFurniture> learnt_from(const FurnitureSighting& sighting,
                                         std::span<const LearntFurniture> known) {
    return Learner{sighting, known}.learn();
}

}  // namespace bellhop::rules
