#include "parsers/reply/signature.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "parsers/reply/disclaimer.hpp"
#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t max_mobile_bytes = 160;    // "Sent from my …, please excuse any typos."
constexpr std::size_t max_signature_lines = 20;  // behind "-- "; a longer text is no signature
constexpr std::size_t max_ruled_lines = 8;     // behind a line of dashes, which may part a text too
constexpr std::size_t max_contact_lines = 14;  // behind a greeting
constexpr std::size_t max_contact_line = 100;  // bytes

/// "Sent from my …": what makes it a signature is the device or program named behind.
constexpr std::array<std::string_view, 63> sent_from = {"sent from ",
                                                        "sent via ",
                                                        "sent with ",
                                                        "sent by ",
                                                        "sent using ",
                                                        "sent wirelessly",
                                                        "sent on the move",
                                                        "from my ",
                                                        "get outlook for",
                                                        "get [outlook for",
                                                        "get bluemail for",
                                                        "written on my",
                                                        "typed on my",
                                                        "envoyé depuis",
                                                        "envoyé de ",
                                                        "envoyé à partir",
                                                        "envoyé sans fil",
                                                        "envoyé avec",
                                                        "envoyé par",
                                                        "envoyé via",
                                                        "télécharger outlook pour",
                                                        "obtenir outlook pour",
                                                        "von meinem ",
                                                        "von unterwegs",
                                                        "gesendet von",
                                                        "gesendet mit",
                                                        "gesendet über",
                                                        "gesendet vom",
                                                        "diese nachricht wurde von mein",
                                                        "holen sie sich outlook",
                                                        "outlook für",
                                                        "enviado desde",
                                                        "enviado de",
                                                        "enviado do",
                                                        "enviado a partir",
                                                        "enviado con",
                                                        "enviado via",
                                                        "obtener outlook para",
                                                        "obter o outlook para",
                                                        "inviato da",
                                                        "inviato dal",
                                                        "inviato con",
                                                        "ottieni outlook per",
                                                        "verzonden met",
                                                        "verzonden vanaf",
                                                        "verzonden via",
                                                        "verstuurd vanaf",
                                                        "verstuurd met",
                                                        "outlook voor",
                                                        "skickat från",
                                                        "skickat med",
                                                        "sendt fra",
                                                        "sendt via",
                                                        "hent outlook",
                                                        "skaff deg outlook",
                                                        "hämta outlook",
                                                        "lähetetty ",
                                                        "wysłano z",
                                                        "wysłane z",
                                                        "odesláno z",
                                                        "odoslané z",
                                                        "отправлено с",
                                                        "отправлено из"};

constexpr std::array<std::string_view, 62> devices = {
    " my ",       "iphone",   "ipad",       "ipod",       "ios",       "android",     "galaxy",
    "samsung",    "htc",      "nokia",      "blackberry", "outlook",   " mail",       "windows",
    "mailbox",    "yahoo",    "airmail",    "phone",      "mobile",    "mobil",       "device",
    "tablet",     "cell",     "sparrow",    "acompli",    "proton",    "thunderbird", "tutanota",
    "gmail",      "k-9",      "huawei",     "xiaomi",     "sony",      "motorola",    "smart",
    "handy",      "gerät",    "téléphone",  "portable",   "mon ",      "mi ",         "meu ",
    "mio ",       "min ",     "mijn ",      "mojego",     "wireless",  "spark",       "newton",
    "superhuman", "canary",   "mailspring", "bluemail",   "unterwegs", "telefon",     "terminal",
    "puhelim",    "tabletti", "мобил",      "iphone",     "app",       "webmail"};

/// Whole lines in languages that put the device first.
constexpr std::array<std::string_view, 10> device_first = {
    "傳送",      "发送",     "發送",      "寄出",       "から送信",
    "에서 보냄", "gesendet", "gesendet.", "gönderildi", "lähetetty"};

constexpr std::array<std::string_view, 95> greetings = {"regards",
                                                        "best regards",
                                                        "kind regards",
                                                        "kindest regards",
                                                        "warm regards",
                                                        "warmest regards",
                                                        "with regards",
                                                        "many thanks",
                                                        "thanks",
                                                        "thank you",
                                                        "thanks in advance",
                                                        "thanks and regards",
                                                        "thanks & regards",
                                                        "thanks again",
                                                        "thank you very much",
                                                        "thanks so much",
                                                        "cheers",
                                                        "sincerely",
                                                        "yours sincerely",
                                                        "sincerely yours",
                                                        "yours faithfully",
                                                        "yours truly",
                                                        "best",
                                                        "best wishes",
                                                        "all the best",
                                                        "respectfully",
                                                        "kr",
                                                        "br",
                                                        "rgds",
                                                        "brgds",
                                                        "mit freundlichen grüßen",
                                                        "mit freundlichem gruß",
                                                        "freundliche grüße",
                                                        "mit freundlichen grüssen",
                                                        "freundliche grüsse",
                                                        "viele grüße",
                                                        "liebe grüße",
                                                        "beste grüße",
                                                        "schöne grüße",
                                                        "herzliche grüße",
                                                        "beste grüsse",
                                                        "viele grüsse",
                                                        "mfg",
                                                        "lg",
                                                        "vg",
                                                        "mit besten grüßen",
                                                        "vielen dank",
                                                        "danke",
                                                        "cordialement",
                                                        "bien cordialement",
                                                        "très cordialement",
                                                        "bien à vous",
                                                        "salutations",
                                                        "meilleures salutations",
                                                        "sincères salutations",
                                                        "cdlt",
                                                        "merci",
                                                        "merci d'avance",
                                                        "saludos",
                                                        "un saludo",
                                                        "atentamente",
                                                        "saludos cordiales",
                                                        "cordialmente",
                                                        "gracias",
                                                        "muchas gracias",
                                                        "cordiali saluti",
                                                        "distinti saluti",
                                                        "saluti",
                                                        "un saluto",
                                                        "grazie",
                                                        "grazie mille",
                                                        "atenciosamente",
                                                        "obrigado",
                                                        "obrigada",
                                                        "cumprimentos",
                                                        "com os melhores cumprimentos",
                                                        "met vriendelijke groet",
                                                        "met vriendelijke groeten",
                                                        "vriendelijke groet",
                                                        "groeten",
                                                        "groet",
                                                        "bedankt",
                                                        "mvg",
                                                        "med vänliga hälsningar",
                                                        "vänliga hälsningar",
                                                        "hälsningar",
                                                        "mvh",
                                                        "med venlig hilsen",
                                                        "venlig hilsen",
                                                        "hilsen",
                                                        "med vennlig hilsen",
                                                        "vennlig hilsen",
                                                        "ystävällisin terveisin",
                                                        "terveisin",
                                                        "z poważaniem"};

constexpr std::array<std::string_view, 10> more_greetings = {
    "pozdrawiam", "s pozdravem", "s pozdravom",  "üdvözlettel", "cu stima",
    "cu stimă",   "с уважением", "saygılarımla", "με εκτίμηση", "z pozdrowieniami"};

/// The first octets of `sent_from`: hardly a line begins with one of these words.
constexpr std::array<bool, 256> first_octets_of_sent_from = [] {
    std::array<bool, 256> first{};
    for (const std::string_view beginning : sent_from)
        first[static_cast<unsigned char>(beginning.front())] = true;
    return first;
}();

bool is_named_device(std::string_view words) {
    if (!first_octets_of_sent_from[static_cast<unsigned char>(words.front())]) return false;
    for (const std::string_view beginning : sent_from) {
        if (beginning.front() == words.front() && words.starts_with(beginning)) {
            if (beginning.starts_with("get ") || beginning.find("outlook") != beginning.npos)
                return true;
            const std::string_view rest = words.substr(beginning.size() - 1);
            return has_any(rest, devices) || beginning.find("mein") != beginning.npos;
        }
    }
    return false;
}

int digits_in(std::string_view text) {
    return static_cast<int>(std::count_if(text.begin(), text.end(), is_digit));
}

std::size_t words_in(std::string_view text) {
    std::size_t words = 0;
    bool inside = false;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\t';
        words += !blank && !inside ? 1 : 0;
        inside = !blank;
    }
    return words;
}

/// "15:50": digits that are no telephone number.
bool has_clock_time(std::string_view text) {
    for (std::size_t at = text.find(':'); at != text.npos; at = text.find(':', at + 1)) {
        const bool minutes =
            at + 2 < text.size() && is_digit(text[at + 1]) && is_digit(text[at + 2]);
        if (minutes && at > 0 && is_digit(text[at - 1])) return true;
    }
    return false;
}

/// A telephone number, a web address, a mail address.
bool is_contact_line(const TextLine& line) {
    const std::string_view low = stripped(line.low);
    if (low.size() > max_contact_line) return false;
    if (low.find('@') != low.npos || low.find("www.") != low.npos || low.find("http") != low.npos)
        return true;
    return digits_in(low) >= 7 && words_in(low) <= 8 && !has_clock_time(low);
}

/// A name or a company rather than a sentence.
bool is_name_like(const TextLine& line) {
    const std::string_view text = stripped(line.text);
    if (text.empty() || words_in(text) > 5 || text.size() > 60) return false;
    // "Received: today" is what a copier or a form says of something.
    return std::string_view{".?!:;"}.find(text.back()) == std::string_view::npos &&
           text.find(": ") == std::string_view::npos;
}

bool is_greeting(const TextLine& line) {
    if (line.low.size() > 60) return false;
    const std::string_view words = without_punctuation(line.low);
    return std::find(greetings.begin(), greetings.end(), words) != greetings.end() ||
           std::find(more_greetings.begin(), more_greetings.end(), words) != more_greetings.end();
}

struct Below {
    std::size_t lines = 0;  // not empty
    std::size_t contacts = 0;
    bool short_lines = true;
    bool question = false;
    const TextLine* first = nullptr;
};

Below look_below(std::span<const TextLine> lines) {
    Below below;
    for (const TextLine& each : lines) {
        if (each.is_empty()) continue;
        if (below.first == nullptr) below.first = &each;
        ++below.lines;
        below.contacts += is_contact_line(each) ? 1 : 0;
        below.short_lines = below.short_lines && each.text.size() <= max_contact_line;
        below.question = below.question || stripped(each.text).ends_with('?');
        if (below.lines > max_signature_lines) break;
    }
    return below;
}

/// "-- ", "--", or the dash that Apple's and other programs make of it.
bool is_signature_dash(std::string_view line) {
    line = stripped(line);
    return line == "--" || line == "—" || line == "–" || line == "- --";
}

bool is_signature_rule(std::span<const TextLine> lines, std::size_t at) {
    if (!is_rule(lines[at].text)) return false;
    const Below below = look_below(lines.subspan(at + 1));
    if (is_signature_dash(lines[at].text)) return below.lines <= max_signature_lines;
    if (below.lines == 0) return true;
    if (below.lines > max_ruled_lines) return false;
    // Nobody draws lines of underscores by hand.
    const std::string_view rule = stripped(lines[at].text);
    if (rule.starts_with("___")) return true;
    // What begins with a time of day is a machine's report.
    if (rule.size() < 3 || has_clock_time(below.first->low)) return false;
    return below.contacts > 0 || is_name_like(*below.first) ||
           below.first->low.starts_with("reply to this") || below.first->low.starts_with('[');
}

bool is_greeting_with_contacts(std::span<const TextLine> lines, std::size_t at) {
    // "Thank you." alone is the reply, whatever stands below.
    if (at == 0 || !is_greeting(lines[at])) return false;
    const Below below = look_below(lines.subspan(at + 1));
    return below.first != nullptr && below.lines <= max_contact_lines && below.contacts > 0 &&
           !below.question && below.short_lines && is_name_like(*below.first);
}

/// "-Ann" as the last line.
bool is_dashed_name(std::span<const TextLine> lines, std::size_t at) {
    const std::string_view text = stripped(lines[at].text);
    if (text.size() < 3 || text[0] != '-' || text[1] < 'A' || text[1] > 'Z' || words_in(text) > 3)
        return false;
    if (at == 0 || !lines[at - 1].is_empty()) return false;
    return std::none_of(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(at),
                        [](const TextLine& each) { return stripped(each.text).starts_with('-'); });
}

}  // namespace

bool is_mobile_signature(const TextLine& line) {
    const std::string_view low = stripped(line.low);
    if (low.size() < 8 || low.size() > max_mobile_bytes) return false;
    const std::size_t first = low.find_first_not_of("<([*_-~ ");
    if (first == low.npos) return false;
    const std::string_view words = low.substr(first);
    if (is_named_device(words)) return true;
    if (words_in(words) <= 4 &&
        (words.ends_with(" from mobile") || words.ends_with(" from my mobile")))
        return true;
    if (words.size() > 80) return false;
    const std::string_view bare = without_punctuation(words);
    return std::any_of(device_first.begin(), device_first.end(),
                       [&](std::string_view verb) { return bare.ends_with(verb); }) &&
           has_any(words, devices);
}

std::size_t signature_start(std::span<const TextLine> lines) {
    std::size_t end = lines.size();
    const auto cut = [&](std::size_t at) {
        end = at;
        while (end > 0 && lines[end - 1].is_empty()) --end;
    };
    cut(end);
    while (end > 0 && is_mobile_signature(lines[end - 1])) cut(end - 1);
    // What lies far above the end is no signature, and looking below each line costs its length.
    constexpr std::size_t window = 60;
    const std::size_t first = end > window ? end - window : 0;
    for (std::size_t i = first; i < end; ++i) {
        const bool starts_paragraph = i == 0 || lines[i - 1].is_empty();
        if (starts_paragraph && !lines[i].is_empty() && is_disclaimer(lines.first(end), i)) cut(i);
        if (i < end && is_school_creed(lines.first(end), i)) cut(i);
    }
    for (std::size_t i = first; i < end; ++i) {
        const auto shown = lines.first(end);
        if (is_signature_rule(shown, i) || is_greeting_with_contacts(shown, i)) cut(i);
    }
    if (end > 0 && is_dashed_name(lines.first(end), end - 1)) cut(end - 1);
    return end;
}

}  // namespace bellhop::parsers
