// What is learnt of the furniture in a domain's mails: paragraphs and images that come back, nearly
// alike, in mails of different people or about different things. Nobody wrote them this time.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "parsers/message/message.hpp"
#include "parsers/message/own_words.hpp"
#include "parsers/text/text_print.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

/// A paragraph or an image, and in how many mails it has been seen.
struct LearntFurniture {
    std::int64_t id = 0;  ///< of the store; 0: not kept yet
    parsers::TextPrint print = {};
    std::string image = {};  ///< SHA-256 in hexadecimal; empty: it is a paragraph
    int in_place = 0;        ///< mails in which it stood below a name, or above a greeting
    int worded = 0;          ///< ... or as the last paragraph, with words of the law in it
    int bare = 0;            ///< ... or as the last paragraph
    std::vector<std::string> people = {};  ///< 16 bits of a digest each, in hexadecimal; at most 8
    TicketId last_ticket = {};
    std::chrono::sys_seconds last_seen = {};

    friend bool operator==(const LearntFurniture&, const LearntFurniture&) = default;
};

constexpr std::size_t most_furniture = 300;       // of one domain
constexpr std::chrono::days furniture_kept{400};  // since it was seen: a year's pause is none

/// Whether it has been seen often enough that nobody can have written it each time: three times
/// where it stood apart; three times from two people where it did so once, or its words tell; and
/// six times from four people where nothing does. An image: three times from two people, or five
/// times.
bool is_furniture(const LearntFurniture& one);

/// What of it counts, for the reading of a mail.
parsers::KnownFurniture known_furniture(std::span<const LearntFurniture> learnt);

/// What a mail shows that might be furniture.
struct FurnitureSighting {
    std::vector<parsers::SetOffParagraph> paragraphs = {};
    std::vector<std::string> images = {};  ///< SHA-256 in hexadecimal
    std::string person = {};               ///< 16 bits of a digest of his address
    TicketId ticket = {};
    std::chrono::sys_seconds at = {};
};

/// Nothing of a mail that a program wrote: what a robot repeats is what it has to say.
FurnitureSighting sighting_in(const parsers::Message& message,
                              TicketId ticket,
                              std::chrono::sys_seconds at);

/// What has to be kept, new or changed, once a mail has shown this: a mail about the same ticket by
/// the same person counts once. `known`: of the domain.
std::vector<LearntFurniture> learnt_from(const FurnitureSighting& sighting,
                                         std::span<const LearntFurniture> known);

}  // namespace bellhop::rules
