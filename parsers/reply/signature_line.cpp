#include "parsers/reply/signature_line.hpp"

#include <algorithm>
#include <array>

#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t max_line = 160;  // bytes: role, school and three numbers in one line
constexpr std::size_t max_words = 12;  // that reach nobody
constexpr std::size_t phone_digits = 7;
constexpr std::size_t max_name_words = 4;

/// What stands before a number or an address.
constexpr std::array<std::string_view, 66> contact_labels = {
    "tel",       "telephone", "phone",     "mobile",    "mob",       "cell",      "fax",
    "email",     "e-mail",    "mail",      "e",         "t",         "m",         "f",
    "p",         "w",         "d",         "o",         "s",         "web",       "website",
    "direct",    "dir",       "ddi",       "ext",       "extension", "extn",      "switchboard",
    "office",    "main",      "reception", "tél",       "téléphone", "portable",  "telefon",
    "telefono",  "teléfono",  "móvil",     "cellulare", "mobiel",    "mobil",     "handy",
    "ffôn",      "ebost",     "gwefan",    "tlf",       "puh",       "twitter",   "facebook",
    "instagram", "linkedin",  "x",         "whatsapp",  "teams",     "skype",     "courriel",
    "durchwahl", "courrier",  "correo",    "tel/fax",   "tel./fax",  "phone/fax", "www",
    "web:",      "internet",  "tf"};

/// Words in small letters that stand in names, roles and places.
constexpr std::array<std::string_view, 98> small_words = {
    "of",        "the",        "and",         "for",
    "to",        "at",         "in",          "de",
    "la",        "le",         "les",         "des",
    "du",        "d",          "et",          "van",
    "von",       "der",        "den",         "und",
    "für",       "y",          "i",           "del",
    "di",        "da",         "do",          "dos",
    "e",         "og",         "och",         "a",
    "yr",        "manager",    "teacher",     "assistant",
    "officer",   "head",       "headteacher", "deputy",
    "support",   "technician", "admin",       "administrator",
    "secretary", "director",   "network",     "school",
    "college",   "primary",    "academy",     "trust",
    "office",    "year",       "department",  "dept",
    "team",      "it",         "ict",         "business",
    "finance",   "leader",     "lead",        "coordinator",
    "principal", "music",      "maths",       "science",
    "english",   "class",      "subject",     "senior",
    "junior",    "infant",     "nursery",     "high",
    "senco",     "bursar",     "caretaker",   "site",
    "premises",  "data",       "systems",     "services",
    "service",   "street",     "road",        "lane",
    "avenue",    "floor",      "hons",        "ba",
    "phd",       "mr",         "mrs",         "ms",
    "miss",      "dr"};

template <class Words>
bool is_one_of(std::string_view word, const Words& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_web_address(std::string_view low) {
    if (low.find("://") != low.npos || low.starts_with("www.")) return true;
    const std::size_t dot = low.rfind('.');
    if (dot == low.npos || dot == 0 || low.size() - dot < 3 || low.find("..") != low.npos)
        return false;
    const std::string_view last = low.substr(dot + 1);
    const std::string_view host = last.substr(0, last.find('/'));
    return host.size() >= 2 && std::all_of(host.begin(), host.end(), is_alpha) && low.find('.') > 1;
}

bool is_mail_address(std::string_view low) {
    const std::size_t at = low.find('@');
    return at != low.npos && at > 0 && low.find('.', at) != low.npos;
}

bool is_number(std::string_view low) {
    return std::all_of(low.begin(), low.end(),
                       [](char c) {
                           return is_digit(c) ||
                                  std::string_view{"+()-./:–"}.find(c) != std::string_view::npos ||
                                  is_octet_8bit(c);
                       }) &&
           std::any_of(low.begin(), low.end(), is_digit);
}

/// Whether the word begins with a capital letter, a digit or the like; scripts without capitals
/// never do.
bool is_capital(std::string_view text, std::string_view low) {
    if (is_digit(text[0]) || text[0] == '&' || text[0] == '#') return true;
    const std::size_t first = is_octet_8bit(text[0]) ? 2 : 1;
    return text.substr(0, first) != low.substr(0, first);
}

/// Reads a line word by word.
class Reader {
public:
    explicit Reader(const TextLine& line) : text_{line.text}, low_{line.low} {}

    SignatureLine read();

private:
    bool read_word(std::string_view text, std::string_view low, bool labels);

    std::string_view text_;
    std::string_view low_;
    SignatureLine line_ = {};
    std::size_t words_ = 0;
    std::size_t digits_ = 0;
    std::size_t labels_ = 0;
};

/// Returns false for a word that stands in no signature. `labels`: a colon stands behind it.
bool Reader::read_word(std::string_view text, std::string_view low, bool labels) {
    if (is_mail_address(low)) {
        line_.contact = true;
        if (line_.addresses++ == 0) line_.address = low.substr(low.starts_with("mailto:") ? 7 : 0);
        return true;
    }
    if (is_web_address(low)) {
        line_.contact = true;
        return true;
    }
    if (is_number(low)) {
        const bool time = low.find(':') != low.npos;
        digits_ +=
            time ? 0 : static_cast<std::size_t>(std::count_if(low.begin(), low.end(), is_digit));
        return true;
    }
    if (is_one_of(low, contact_labels) && (labels || labels_ == 0)) {
        ++labels_;
        return true;
    }
    ++words_;
    if (labels) return false;
    if (is_one_of(low, small_words)) return true;
    line_.names += is_capital(text, low) ? 1 : 0;
    return is_capital(text, low);
}

SignatureLine Reader::read() {
    constexpr std::string_view between = " \t,;|()[]<>{}\"*_/\\!?";
    constexpr std::string_view ornaments = ".:-'";
    const std::string_view shown = stripped(low_);
    if (shown.empty() || shown.size() > max_line || shown.ends_with('?') || shown.ends_with('!'))
        return {};
    for (std::size_t at = low_.find_first_not_of(between); at != low_.npos;) {
        std::size_t end = low_.find_first_of(" \t,;|()[]<>{}\"*", at);
        end = end == low_.npos ? low_.size() : end;
        std::size_t first = at;
        std::size_t last = end;
        while (first < last && ornaments.find(low_[first]) != ornaments.npos) ++first;
        const bool labels = last > first && low_[last - 1] == ':';
        while (last > first && ornaments.find(low_[last - 1]) != ornaments.npos) --last;
        const std::string_view low = low_.substr(first, last - first);
        const bool bullet = low == "–" || low == "—" || low == "·" || low == "•" || low == "¦";
        if (!low.empty() && !bullet && !read_word(text_.substr(first, low.size()), low, labels))
            return {};
        at = low_.find_first_not_of(between, end);
    }
    line_.contact = line_.contact || digits_ >= phone_digits;
    line_.possible = words_ <= max_words && !(shown.ends_with('.') && words_ > max_name_words + 2);
    line_.is_name = line_.possible && line_.names > 0 && words_ <= max_name_words + 1 &&
                    digits_ == 0 && !line_.contact && labels_ == 0 &&
                    is_capital(stripped(text_), shown);
    return line_;
}

}  // namespace

SignatureLine read_signature_line(const TextLine& line) {
    if (is_postscript(line)) return {};
    return Reader{line}.read();
}

bool is_postscript(const TextLine& line) {
    constexpr std::array<std::string_view, 10> beginnings = {"ps",   "p.s", "p.s.", "pps",  "nb",
                                                             "n.b.", "on",  "o.n.", "p.d.", "pd"};
    const std::string_view low = stripped(line.low);
    for (const std::string_view beginning : beginnings) {
        if (!low.starts_with(beginning)) continue;
        const std::string_view behind = low.substr(beginning.size());
        if (behind.starts_with(':') || behind.starts_with(". ") || behind.starts_with(" -"))
            return true;
        const bool speaks = behind.starts_with(' ') && beginning != "on";
        if (speaks && (beginning.ends_with('.') || beginning == "ps" || beginning == "pps"))
            return true;
    }
    return false;
}

}  // namespace bellhop::parsers
