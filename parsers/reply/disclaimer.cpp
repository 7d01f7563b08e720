#include "parsers/reply/disclaimer.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "parsers/text/ensure.hpp"
#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t max_disclaimer_head = 800;  // bytes of a paragraph that are looked at

/// Words of which a disclaimer holds several.
constexpr std::array<std::string_view, 45> legal_words = {"confidential",
                                                          "intended recipient",
                                                          "intended solely",
                                                          "intended only",
                                                          "addressee",
                                                          "privileged",
                                                          "disclos",
                                                          "prohibited",
                                                          "unauthori",
                                                          "notify the sender",
                                                          "inform the sender",
                                                          "in error",
                                                          "delete",
                                                          "liab",
                                                          "dissemination",
                                                          "copying",
                                                          "virus",
                                                          "attachments",
                                                          "vertraulich",
                                                          "empfänger",
                                                          "irrtümlich",
                                                          "vernichten",
                                                          "unbefugt",
                                                          "löschen",
                                                          "anhänge",
                                                          "rechtlich geschützt",
                                                          "confidentiel",
                                                          "destinataire",
                                                          "divulgation",
                                                          "interdit",
                                                          "pièces jointes",
                                                          "par erreur",
                                                          "confidencial",
                                                          "destinatario",
                                                          "prohibid",
                                                          "por error",
                                                          "confidenziali",
                                                          "riservat",
                                                          "vertrouwelijk",
                                                          "geadresseerde",
                                                          "bijlage",
                                                          "destinatário",
                                                          "privilegiad",
                                                          "poufn",
                                                          "konfidenti"};

/// Of these every disclaimer holds one.
constexpr std::array<std::string_view, 13> legal_stems = {
    "confiden", "vertraulich", "poufn", "konfidenti", "riservat",      "privileg", "intended",
    "destinat", "empfänger",   "virus", "recipient",  "vertrouwelijk", "addressee"};

constexpr std::array<std::string_view, 30> boilerplate_beginnings = {
    "disclaimer:",
    "email disclaimer:",
    "legal disclaimer:",
    "confidentiality notice:",
    "unsubscribe:",
    "to unsubscribe",
    "you received this message because",
    "you are receiving this",
    "this email has been checked for viruses",
    "this e-mail has been checked for viruses",
    "this email was checked for viruses",
    "this email has been scanned",
    "this message has been scanned",
    "virus-free.",
    "virenfrei",
    "virenfrei.",
    "diese e-mail wurde auf viren",
    "cet e-mail a été vérifié",
    "cet email a été vérifié",
    "sans virus.",
    "please consider the environment",
    "think before you print",
    "bitte denken sie an die umwelt",
    "bitte prüfen sie, ob diese",
    "pensez à l'environnement",
    "p please consider the environment",
    "scanned by",
    "este mensaje ha sido analizado",
    "questo messaggio e' stato analizzato",
    "deze e-mail is gecontroleerd op virussen"};

/// What schools print below every mail. It speaks of children in danger, and of none.
constexpr std::array<std::string_view, 8> creed_words = {"committed to safeguarding",
                                                         "committed to the safeguarding",
                                                         "commitment to safeguarding",
                                                         "safeguarding is everyone",
                                                         "safeguarding is our",
                                                         "if you have a safeguarding concern",
                                                         "safeguarding and promoting the welfare",
                                                         "child protection is everyone"};
constexpr std::size_t most_lines_below_creed = 6;

}  // namespace

bool is_disclaimer(std::span<const TextLine> lines, std::size_t at) {
    ensure(at < lines.size());
    const std::string_view first = without_punctuation(lines[at].low.substr(0, 200));
    if (starts_with_any(first, boilerplate_beginnings)) return true;
    std::string head;
    for (std::size_t i = at;
         i < lines.size() && head.size() < max_disclaimer_head && !lines[i].is_empty(); ++i) {
        head += lines[i].low.substr(0, max_disclaimer_head);
        head += ' ';
    }
    if (head.size() < 120) {
        const bool heading =
            first.find("confidentiality notice") != first.npos || first == "disclaimer";
        return heading && at + 1 < lines.size();
    }
    if (!has_any(head, legal_stems)) return false;
    const auto found =
        std::count_if(legal_words.begin(), legal_words.end(),
                      [&](std::string_view word) { return head.find(word) != std::string::npos; });
    return found >= 4;
}

bool is_school_creed(std::span<const TextLine> lines, std::size_t at) {
    if (at == 0) return false;
    const std::string_view low = lines[at].low;
    const bool tells_whom_to_call =
        low.starts_with("if ") && low.find(" child ") != std::string::npos &&
        has_any(low, std::array<std::string_view, 4>{"call ", "dial ", "contact ", "ring "});
    if (!tells_whom_to_call && !has_any(low, creed_words)) return false;
    const auto below = lines.subspan(at + 1);
    const auto filled = std::count_if(below.begin(), below.end(),
                                      [](const TextLine& line) { return !line.is_empty(); });
    return static_cast<std::size_t>(filled) <= most_lines_below_creed;
}

}  // namespace bellhop::parsers
