#include "parsers/reply/sent_from.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t max_bytes = 160;  // "Sent from my …, please excuse any typos."

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

/// The first octets of `sent_from`: hardly a line begins with one of these words.
constexpr std::array<bool, 256> first_octets_of_sent_from = [] {
    std::array<bool, 256> first{};
    for (const std::string_view beginning : sent_from)
        first[static_cast<unsigned char>(beginning.front())] = true;
    return first;
}();

/// Words that stand between the names of devices and programs.
constexpr std::array<std::string_view, 69> small_words = {
    "from",       "for",         "on",       "my",       "an",       "a",      "the",
    "with",       "via",         "and",      "using",    "by",       "mobile", "secure",
    "email",      "e-mail",      "mail",     "all-new",  "new",      "sent",   "mon",
    "ma",         "mi",          "il",       "mio",      "meu",      "minha",  "mijn",
    "min",        "mitt",        "meinem",   "meiner",   "mein",     "der",    "dem",
    "die",        "mit",         "von",      "vom",      "gesendet", "wurde",  "verschickt",
    "versendet",  "dispositivo", "móvil",    "de",       "do",       "le",     "pour",
    "per",        "para",        "appareil", "toestel",  "til",      "from:",  "free",
    "smartphone", "device",      "network",  "wireless", "on",       "sur",    "réseau",
    "par",        "sans",        "fil",      "en",       "mode",     "phone"};

/// What follows a comma without making a sentence of it.
constexpr std::array<std::string_view, 16> apologies = {
    "excuse",      "apolog",   "typo",       "brevity",     "sorry for", "auto-correct",
    "autocorrect", "spelling", "tippfehler", "entschuldig", "kürze",     "désolé pour",
    "excusez",     "disculp",  "scus",       "errori"};

bool is_link(std::string_view word) {
    return word.find("://") != word.npos || word.find("www.") != word.npos ||
           word.find('@') != word.npos;
}

/// A word of the line that names no device, and could not stand in its name: "arrives".
bool is_free_word(std::string_view text, std::string_view low) {
    constexpr unsigned char first_without_capitals = 0xD6;  // Hebrew, and what follows it in UTF-8
    if (static_cast<unsigned char>(text[0]) >= first_without_capitals) return false;
    if (text[0] != low[0] || std::any_of(low.begin(), low.end(), is_digit)) return false;
    if (low.size() > 1 && text.substr(0, 2) != low.substr(0, 2)) return false;  // "iPhone", "Ä"
    if (is_link(low) || has_any(low, devices)) return false;
    return std::find(small_words.begin(), small_words.end(), low) == small_words.end();
}

/// Whether all words of a clause could stand in the name of a device or a program.
bool names_only(std::string_view text, std::string_view low) {
    constexpr std::string_view between = " \t,.;:!()[]<>-*_\"'";
    for (std::size_t at = low.find_first_not_of(between); at != low.npos;) {
        std::size_t end = low.find_first_of(" \t,;()[]<>", at);
        end = end == low.npos ? low.size() : end;
        std::size_t last = end;
        while (last > at && between.find(low[last - 1]) != between.npos) --last;
        if (last > at && is_free_word(text.substr(at, last - at), low.substr(at, last - at)))
            return false;
        at = low.find_first_not_of(between, end);
    }
    return true;
}

/// "my iPhone, please excuse typos": a name, and nothing else but an apology.
bool is_named_device(std::string_view text, std::string_view low) {
    if (names_only(text, low)) return true;
    for (std::size_t at = low.find_first_of(",.;-("); at != low.npos;
         at = low.find_first_of(",.;-(", at + 1)) {
        const bool breaks = at + 1 == low.size() || is_blank(low[at + 1]) || low[at] == '(';
        if (breaks && names_only(text.substr(0, at), low.substr(0, at)))
            return has_any(low.substr(at), apologies);
    }
    return false;
}

/// Where the name of the device begins, or npos where the line does not begin with "sent from" in
/// any language.
std::size_t behind_sent_from(std::string_view low) {
    if (!first_octets_of_sent_from[static_cast<unsigned char>(low.front())]) return low.npos;
    for (const std::string_view beginning : sent_from) {
        if (!low.starts_with(beginning)) continue;
        // "von mein" is the beginning of "von meinem"; "outlook" of a name, too.
        std::size_t at = beginning.size();
        if (beginning.ends_with("mein")) at = std::min(low.find(' ', at), low.size());
        const bool program = beginning.starts_with("get ") || beginning.find("outlook") != low.npos;
        const bool is_device = program || beginning.find("mein") != low.npos ||
                               has_any(low.substr(beginning.size() - 1), devices);
        return is_device ? at : low.npos;
    }
    return low.npos;
}

bool ends_with_verb(std::string_view low) {
    const std::string_view bare = without_punctuation(low);
    return std::any_of(device_first.begin(), device_first.end(),
                       [&](std::string_view verb) { return bare.ends_with(verb); });
}

}  // namespace

bool is_sent_from(const TextLine& line) {
    std::string_view low = stripped(line.low);
    if (low.size() < 8 || low.size() > max_bytes || low.ends_with('?')) return false;
    const auto offset = static_cast<std::size_t>(low.data() - line.low.data());
    const std::size_t first = low.find_first_not_of("<([*_-~ ");
    if (first == low.npos) return false;
    const std::string_view text = line.text.substr(offset + first, low.size() - first);
    low.remove_prefix(first);
    if (const std::size_t at = behind_sent_from(low); at != low.npos)
        return is_named_device(text.substr(at), low.substr(at));
    constexpr std::size_t max_device_first = 80;  // bytes
    return low.size() <= max_device_first && ends_with_verb(low) && has_any(low, devices) &&
           names_only(text, low);
}

bool is_from_mobile(const TextLine& line) {
    constexpr std::size_t longest = 40;  // bytes
    const std::string_view low = stripped(line.low);
    return low.size() < longest && std::count(low.begin(), low.end(), ' ') < 4 &&
           low.ends_with(" from mobile");
}

}  // namespace bellhop::parsers
