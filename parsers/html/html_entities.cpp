#include "parsers/html/html_entities.hpp"

#include <algorithm>
#include <array>

#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

struct Named {
    std::string_view name;
    char32_t value;
};

// The names of HTML 4, and those of HTML 5 for letters, punctuation, currency signs and symbols;
// sorted by byte.
// clang-format off
constexpr std::array<Named, 645> named = {{
    {"AElig", 0xC6}, {"AMP", 0x26}, {"Aacute", 0xC1}, {"Abreve", 0x102}, {"Acirc", 0xC2}, {"Acy", 0x410},
    {"Agrave", 0xC0}, {"Alpha", 0x391}, {"Amacr", 0x100}, {"Aogon", 0x104}, {"Aring", 0xC5}, {"Atilde", 0xC3},
    {"Auml", 0xC4}, {"Bcy", 0x411}, {"Beta", 0x392}, {"Bscr", 0x212C}, {"CHcy", 0x427}, {"COPY", 0xA9},
    {"Cacute", 0x106}, {"Cayleys", 0x212D}, {"Ccaron", 0x10C}, {"Ccedil", 0xC7}, {"Ccirc", 0x108},
    {"Cdot", 0x10A}, {"Cfr", 0x212D}, {"Chi", 0x3A7}, {"Copf", 0x2102}, {"DD", 0x2145}, {"DJcy", 0x402},
    {"DScy", 0x405}, {"DZcy", 0x40F}, {"Dagger", 0x2021}, {"Dcaron", 0x10E}, {"Dcy", 0x414}, {"Delta", 0x394},
    {"Dstrok", 0x110}, {"ENG", 0x14A}, {"ETH", 0xD0}, {"Eacute", 0xC9}, {"Ecaron", 0x11A}, {"Ecirc", 0xCA},
    {"Ecy", 0x42D}, {"Edot", 0x116}, {"Egrave", 0xC8}, {"Emacr", 0x112}, {"Eogon", 0x118}, {"Epsilon", 0x395},
    {"Escr", 0x2130}, {"Eta", 0x397}, {"Euml", 0xCB}, {"Fcy", 0x424}, {"Fscr", 0x2131}, {"GJcy", 0x403},
    {"GT", 0x3E}, {"Gamma", 0x393}, {"Gbreve", 0x11E}, {"Gcedil", 0x122}, {"Gcirc", 0x11C}, {"Gcy", 0x413},
    {"Gdot", 0x120}, {"HARDcy", 0x42A}, {"Hat", 0x5E}, {"Hcirc", 0x124}, {"Hfr", 0x210C}, {"Hopf", 0x210D},
    {"Hscr", 0x210B}, {"Hstrok", 0x126}, {"IEcy", 0x415}, {"IJlig", 0x132}, {"IOcy", 0x401}, {"Iacute", 0xCD},
    {"Icirc", 0xCE}, {"Icy", 0x418}, {"Idot", 0x130}, {"Ifr", 0x2111}, {"Igrave", 0xCC}, {"Im", 0x2111},
    {"Imacr", 0x12A}, {"Iogon", 0x12E}, {"Iota", 0x399}, {"Iscr", 0x2110}, {"Itilde", 0x128},
    {"Iukcy", 0x406}, {"Iuml", 0xCF}, {"Jcirc", 0x134}, {"Jcy", 0x419}, {"Jsercy", 0x408}, {"Jukcy", 0x404},
    {"KHcy", 0x425}, {"KJcy", 0x40C}, {"Kappa", 0x39A}, {"Kcedil", 0x136}, {"Kcy", 0x41A}, {"LJcy", 0x409},
    {"LT", 0x3C}, {"Lacute", 0x139}, {"Lambda", 0x39B}, {"Lcaron", 0x13D}, {"Lcedil", 0x13B}, {"Lcy", 0x41B},
    {"Lmidot", 0x13F}, {"Lscr", 0x2112}, {"Lstrok", 0x141}, {"Mcy", 0x41C}, {"Mellintrf", 0x2133},
    {"Mscr", 0x2133}, {"Mu", 0x39C}, {"NJcy", 0x40A}, {"Nacute", 0x143}, {"Ncaron", 0x147}, {"Ncedil", 0x145},
    {"Ncy", 0x41D}, {"NoBreak", 0x2060}, {"Nopf", 0x2115}, {"Ntilde", 0xD1}, {"Nu", 0x39D}, {"OElig", 0x152},
    {"Oacute", 0xD3}, {"Ocirc", 0xD4}, {"Ocy", 0x41E}, {"Odblac", 0x150}, {"Ograve", 0xD2}, {"Omacr", 0x14C},
    {"Omega", 0x3A9}, {"Omicron", 0x39F}, {"Oslash", 0xD8}, {"Otilde", 0xD5}, {"Ouml", 0xD6},
    {"OverBar", 0x203E}, {"Pcy", 0x41F}, {"Phi", 0x3A6}, {"Pi", 0x3A0}, {"Popf", 0x2119}, {"Prime", 0x2033},
    {"Psi", 0x3A8}, {"QUOT", 0x22}, {"Qopf", 0x211A}, {"REG", 0xAE}, {"Racute", 0x154}, {"Rcaron", 0x158},
    {"Rcedil", 0x156}, {"Rcy", 0x420}, {"Re", 0x211C}, {"Rfr", 0x211C}, {"Rho", 0x3A1}, {"Ropf", 0x211D},
    {"Rscr", 0x211B}, {"SHCHcy", 0x429}, {"SHcy", 0x428}, {"SOFTcy", 0x42C}, {"Sacute", 0x15A},
    {"Scaron", 0x160}, {"Scedil", 0x15E}, {"Scirc", 0x15C}, {"Scy", 0x421}, {"Sigma", 0x3A3},
    {"Square", 0x25A1}, {"THORN", 0xDE}, {"TRADE", 0x2122}, {"TSHcy", 0x40B}, {"TScy", 0x426}, {"Tau", 0x3A4},
    {"Tcaron", 0x164}, {"Tcedil", 0x162}, {"Tcy", 0x422}, {"Theta", 0x398}, {"ThinSpace", 0x2009},
    {"Tstrok", 0x166}, {"Uacute", 0xDA}, {"Ubrcy", 0x40E}, {"Ubreve", 0x16C}, {"Ucirc", 0xDB}, {"Ucy", 0x423},
    {"Udblac", 0x170}, {"Ugrave", 0xD9}, {"Umacr", 0x16A}, {"UnderBar", 0x5F}, {"Uogon", 0x172},
    {"Upsilon", 0x3A5}, {"Uring", 0x16E}, {"Utilde", 0x168}, {"Uuml", 0xDC}, {"Vcy", 0x412},
    {"Verbar", 0x2016}, {"Vert", 0x2016}, {"Wcirc", 0x174}, {"Xi", 0x39E}, {"YAcy", 0x42F}, {"YIcy", 0x407},
    {"YUcy", 0x42E}, {"Yacute", 0xDD}, {"Ycirc", 0x176}, {"Ycy", 0x42B}, {"Yuml", 0x178}, {"ZHcy", 0x416},
    {"Zacute", 0x179}, {"Zcaron", 0x17D}, {"Zcy", 0x417}, {"Zdot", 0x17B}, {"Zeta", 0x396}, {"Zfr", 0x2128},
    {"Zopf", 0x2124}, {"aacute", 0xE1}, {"abreve", 0x103}, {"acirc", 0xE2}, {"acute", 0xB4}, {"acy", 0x430},
    {"aelig", 0xE6}, {"af", 0x2061}, {"agrave", 0xE0}, {"alefsym", 0x2135}, {"aleph", 0x2135},
    {"alpha", 0x3B1}, {"amacr", 0x101}, {"amp", 0x26}, {"and", 0x2227}, {"ang", 0x2220}, {"aogon", 0x105},
    {"apos", 0x27}, {"aring", 0xE5}, {"ast", 0x2A}, {"asymp", 0x2248}, {"atilde", 0xE3}, {"auml", 0xE4},
    {"backprime", 0x2035}, {"bcy", 0x431}, {"bdquo", 0x201E}, {"bernou", 0x212C}, {"beta", 0x3B2},
    {"beth", 0x2136}, {"bigcirc", 0x25EF}, {"bigstar", 0x2605}, {"bprime", 0x2035}, {"brvbar", 0xA6},
    {"bsemi", 0x204F}, {"bsol", 0x5C}, {"bull", 0x2022}, {"bullet", 0x2022}, {"cacute", 0x107},
    {"cap", 0x2229}, {"caret", 0x2041}, {"ccaron", 0x10D}, {"ccedil", 0xE7}, {"ccirc", 0x109},
    {"cdot", 0x10B}, {"cedil", 0xB8}, {"cent", 0xA2}, {"chcy", 0x447}, {"check", 0x2713},
    {"checkmark", 0x2713}, {"chi", 0x3C7}, {"cir", 0x25CB}, {"circ", 0x2C6}, {"clubs", 0x2663},
    {"clubsuit", 0x2663}, {"colon", 0x3A}, {"comma", 0x2C}, {"commat", 0x40}, {"complexes", 0x2102},
    {"cong", 0x2245}, {"copy", 0xA9}, {"copysr", 0x2117}, {"crarr", 0x21B5}, {"cross", 0x2717},
    {"cup", 0x222A}, {"curren", 0xA4}, {"dArr", 0x21D3}, {"dagger", 0x2020}, {"daleth", 0x2138},
    {"darr", 0x2193}, {"dash", 0x2010}, {"dcaron", 0x10F}, {"dcy", 0x434}, {"dd", 0x2146},
    {"ddagger", 0x2021}, {"deg", 0xB0}, {"delta", 0x3B4}, {"diams", 0x2666}, {"divide", 0xF7},
    {"djcy", 0x452}, {"dollar", 0x24}, {"dscy", 0x455}, {"dstrok", 0x111}, {"dtri", 0x25BF},
    {"dtrif", 0x25BE}, {"dzcy", 0x45F}, {"eacute", 0xE9}, {"ecaron", 0x11B}, {"ecirc", 0xEA}, {"ecy", 0x44D},
    {"edot", 0x117}, {"ee", 0x2147}, {"egrave", 0xE8}, {"ell", 0x2113}, {"emacr", 0x113}, {"empty", 0x2205},
    {"emsp", 0x2003}, {"emsp13", 0x2004}, {"emsp14", 0x2005}, {"eng", 0x14B}, {"ensp", 0x2002},
    {"eogon", 0x119}, {"epsilon", 0x3B5}, {"equals", 0x3D}, {"equiv", 0x2261}, {"escr", 0x212F},
    {"eta", 0x3B7}, {"eth", 0xF0}, {"euml", 0xEB}, {"euro", 0x20AC}, {"excl", 0x21}, {"exist", 0x2203},
    {"fcy", 0x444}, {"female", 0x2640}, {"flat", 0x266D}, {"fltns", 0x25B1}, {"fnof", 0x192},
    {"forall", 0x2200}, {"frac12", 0xBD}, {"frac13", 0x2153}, {"frac14", 0xBC}, {"frac34", 0xBE},
    {"frasl", 0x2044}, {"gamma", 0x3B3}, {"gbreve", 0x11F}, {"gcirc", 0x11D}, {"gcy", 0x433}, {"gdot", 0x121},
    {"ge", 0x2265}, {"gimel", 0x2137}, {"gjcy", 0x453}, {"grave", 0x60}, {"gscr", 0x210A}, {"gt", 0x3E},
    {"hArr", 0x21D4}, {"hairsp", 0x200A}, {"hamilt", 0x210B}, {"hardcy", 0x44A}, {"harr", 0x2194},
    {"hbar", 0x210F}, {"hcirc", 0x125}, {"hearts", 0x2665}, {"heartsuit", 0x2665}, {"hellip", 0x2026},
    {"horbar", 0x2015}, {"hslash", 0x210F}, {"hstrok", 0x127}, {"hybull", 0x2043}, {"hyphen", 0x2010},
    {"iacute", 0xED}, {"ic", 0x2063}, {"icirc", 0xEE}, {"icy", 0x438}, {"iecy", 0x435}, {"iexcl", 0xA1},
    {"igrave", 0xEC}, {"ii", 0x2148}, {"iiota", 0x2129}, {"ijlig", 0x133}, {"imacr", 0x12B},
    {"image", 0x2111}, {"imagline", 0x2110}, {"imagpart", 0x2111}, {"imath", 0x131}, {"incare", 0x2105},
    {"infin", 0x221E}, {"inodot", 0x131}, {"int", 0x222B}, {"integers", 0x2124}, {"iocy", 0x451},
    {"iogon", 0x12F}, {"iota", 0x3B9}, {"iquest", 0xBF}, {"isin", 0x2208}, {"it", 0x2062}, {"itilde", 0x129},
    {"iukcy", 0x456}, {"iuml", 0xEF}, {"jcirc", 0x135}, {"jcy", 0x439}, {"jsercy", 0x458}, {"jukcy", 0x454},
    {"kappa", 0x3BA}, {"kcedil", 0x137}, {"kcy", 0x43A}, {"kgreen", 0x138}, {"khcy", 0x445}, {"kjcy", 0x45C},
    {"lArr", 0x21D0}, {"lacute", 0x13A}, {"lagran", 0x2112}, {"lambda", 0x3BB}, {"lang", 0x27E8},
    {"laquo", 0xAB}, {"larr", 0x2190}, {"lbrace", 0x7B}, {"lbrack", 0x5B}, {"lcaron", 0x13E},
    {"lcedil", 0x13C}, {"lceil", 0x2308}, {"lcub", 0x7B}, {"lcy", 0x43B}, {"ldquo", 0x201C},
    {"ldquor", 0x201E}, {"le", 0x2264}, {"lfloor", 0x230A}, {"ljcy", 0x459}, {"lltri", 0x25FA},
    {"lmidot", 0x140}, {"lowast", 0x2217}, {"lowbar", 0x5F}, {"loz", 0x25CA}, {"lozenge", 0x25CA},
    {"lpar", 0x28}, {"lrm", 0x200E}, {"lsaquo", 0x2039}, {"lsqb", 0x5B}, {"lsquo", 0x2018},
    {"lsquor", 0x201A}, {"lstrok", 0x142}, {"lt", 0x3C}, {"ltri", 0x25C3}, {"ltrif", 0x25C2}, {"macr", 0xAF},
    {"male", 0x2642}, {"malt", 0x2720}, {"maltese", 0x2720}, {"marker", 0x25AE}, {"mcy", 0x43C},
    {"mdash", 0x2014}, {"mho", 0x2127}, {"micro", 0xB5}, {"midast", 0x2A}, {"middot", 0xB7},
    {"minus", 0x2212}, {"mldr", 0x2026}, {"mu", 0x3BC}, {"nabla", 0x2207}, {"nacute", 0x144},
    {"napos", 0x149}, {"natur", 0x266E}, {"natural", 0x266E}, {"naturals", 0x2115}, {"nbsp", 0xA0},
    {"ncaron", 0x148}, {"ncedil", 0x146}, {"ncy", 0x43D}, {"ndash", 0x2013}, {"ne", 0x2260}, {"ni", 0x220B},
    {"njcy", 0x45A}, {"nldr", 0x2025}, {"not", 0xAC}, {"notin", 0x2209}, {"nsub", 0x2284}, {"ntilde", 0xF1},
    {"nu", 0x3BD}, {"num", 0x23}, {"numero", 0x2116}, {"numsp", 0x2007}, {"oacute", 0xF3}, {"ocirc", 0xF4},
    {"ocy", 0x43E}, {"odblac", 0x151}, {"oelig", 0x153}, {"ograve", 0xF2}, {"oline", 0x203E},
    {"omacr", 0x14D}, {"omega", 0x3C9}, {"omicron", 0x3BF}, {"oplus", 0x2295}, {"or", 0x2228},
    {"order", 0x2134}, {"orderof", 0x2134}, {"ordf", 0xAA}, {"ordm", 0xBA}, {"oscr", 0x2134},
    {"oslash", 0xF8}, {"otilde", 0xF5}, {"otimes", 0x2297}, {"ouml", 0xF6}, {"para", 0xB6}, {"part", 0x2202},
    {"pcy", 0x43F}, {"percnt", 0x25}, {"period", 0x2E}, {"permil", 0x2030}, {"perp", 0x22A5},
    {"pertenk", 0x2031}, {"phi", 0x3C6}, {"phmmat", 0x2133}, {"phone", 0x260E}, {"pi", 0x3C0}, {"piv", 0x3D6},
    {"planck", 0x210F}, {"planckh", 0x210E}, {"plankv", 0x210F}, {"plus", 0x2B}, {"plusmn", 0xB1},
    {"pound", 0xA3}, {"prime", 0x2032}, {"primes", 0x2119}, {"prod", 0x220F}, {"prop", 0x221D},
    {"psi", 0x3C8}, {"puncsp", 0x2008}, {"qprime", 0x2057}, {"quest", 0x3F}, {"quot", 0x22}, {"rArr", 0x21D2},
    {"racute", 0x155}, {"radic", 0x221A}, {"rang", 0x27E9}, {"raquo", 0xBB}, {"rarr", 0x2192},
    {"rationals", 0x211A}, {"rbrace", 0x7D}, {"rbrack", 0x5D}, {"rcaron", 0x159}, {"rcedil", 0x157},
    {"rceil", 0x2309}, {"rcub", 0x7D}, {"rcy", 0x440}, {"rdquo", 0x201D}, {"rdquor", 0x201D},
    {"real", 0x211C}, {"realine", 0x211B}, {"realpart", 0x211C}, {"reals", 0x211D}, {"rect", 0x25AD},
    {"reg", 0xAE}, {"rfloor", 0x230B}, {"rho", 0x3C1}, {"rlm", 0x200F}, {"rpar", 0x29}, {"rsaquo", 0x203A},
    {"rsqb", 0x5D}, {"rsquo", 0x2019}, {"rsquor", 0x2019}, {"rtri", 0x25B9}, {"rtrif", 0x25B8},
    {"rx", 0x211E}, {"sacute", 0x15B}, {"sbquo", 0x201A}, {"scaron", 0x161}, {"scedil", 0x15F},
    {"scirc", 0x15D}, {"scy", 0x441}, {"sdot", 0x22C5}, {"sect", 0xA7}, {"semi", 0x3B}, {"sext", 0x2736},
    {"sharp", 0x266F}, {"shchcy", 0x449}, {"shcy", 0x448}, {"shy", 0xAD}, {"sigma", 0x3C3}, {"sigmaf", 0x3C2},
    {"sim", 0x223C}, {"softcy", 0x44C}, {"sol", 0x2F}, {"spades", 0x2660}, {"spadesuit", 0x2660},
    {"squ", 0x25A1}, {"square", 0x25A1}, {"squarf", 0x25AA}, {"squf", 0x25AA}, {"star", 0x2606},
    {"starf", 0x2605}, {"sub", 0x2282}, {"sube", 0x2286}, {"sum", 0x2211}, {"sung", 0x266A}, {"sup", 0x2283},
    {"sup1", 0xB9}, {"sup2", 0xB2}, {"sup3", 0xB3}, {"supe", 0x2287}, {"szlig", 0xDF}, {"tau", 0x3C4},
    {"tcaron", 0x165}, {"tcedil", 0x163}, {"tcy", 0x442}, {"there4", 0x2234}, {"theta", 0x3B8},
    {"thetasym", 0x3D1}, {"thinsp", 0x2009}, {"thorn", 0xFE}, {"tilde", 0x2DC}, {"times", 0xD7},
    {"tprime", 0x2034}, {"trade", 0x2122}, {"triangle", 0x25B5}, {"tridot", 0x25EC}, {"tscy", 0x446},
    {"tshcy", 0x45B}, {"tstrok", 0x167}, {"uArr", 0x21D1}, {"uacute", 0xFA}, {"uarr", 0x2191},
    {"ubrcy", 0x45E}, {"ubreve", 0x16D}, {"ucirc", 0xFB}, {"ucy", 0x443}, {"udblac", 0x171}, {"ugrave", 0xF9},
    {"ultri", 0x25F8}, {"umacr", 0x16B}, {"uml", 0xA8}, {"uogon", 0x173}, {"upsih", 0x3D2},
    {"upsilon", 0x3C5}, {"uring", 0x16F}, {"urtri", 0x25F9}, {"utilde", 0x169}, {"utri", 0x25B5},
    {"utrif", 0x25B4}, {"uuml", 0xFC}, {"vcy", 0x432}, {"verbar", 0x7C}, {"vert", 0x7C}, {"wcirc", 0x175},
    {"weierp", 0x2118}, {"wp", 0x2118}, {"xcirc", 0x25EF}, {"xdtri", 0x25BD}, {"xi", 0x3BE},
    {"xutri", 0x25B3}, {"yacute", 0xFD}, {"yacy", 0x44F}, {"ycirc", 0x177}, {"ycy", 0x44B}, {"yen", 0xA5},
    {"yicy", 0x457}, {"yucy", 0x44E}, {"yuml", 0xFF}, {"zacute", 0x17A}, {"zcaron", 0x17E}, {"zcy", 0x437},
    {"zdot", 0x17C}, {"zeetrf", 0x2128}, {"zeta", 0x3B6}, {"zhcy", 0x436}, {"zwj", 0x200D}, {"zwnj", 0x200C},
}};
// clang-format on

constexpr std::size_t longest_name = 9;
constexpr std::size_t longest_number = 12;  // digits; more are read and mean U+FFFD

// What numbers 128 to 159 mean; HTML Living Standard, "numeric character reference end state".
constexpr std::array<char32_t, 32> windows_1252 = {
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
    0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

const Named* find_name(std::string_view name) {
    const auto* const found =
        std::lower_bound(named.begin(), named.end(), name,
                         [](const Named& a, std::string_view b) { return a.name < b; });
    return found != named.end() && found->name == name ? &*found : nullptr;
}

/// Names of HTML 2 may lack their ";": Latin-1, and these in either case.
bool may_lack_semicolon(const Named& entity) {
    constexpr std::array<std::string_view, 8> ascii = {"AMP", "GT", "LT", "QUOT",
                                                       "amp", "gt", "lt", "quot"};
    if (entity.value < 0x80)
        return std::find(ascii.begin(), ascii.end(), entity.name) != ascii.end();
    return entity.value >= 0xA0 && entity.value <= 0xFF;
}

int digit_of(char c, int base) {
    if (is_digit(c)) return c - '0';
    if (base == 16 && c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (base == 16 && c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

Entity numeric(std::string_view html) {
    const bool hexadecimal = html.size() > 2 && (html[2] == 'x' || html[2] == 'X');
    const int base = hexadecimal ? 16 : 10;
    const std::size_t first = hexadecimal ? 3 : 2;
    std::size_t at = first;
    char32_t value = 0;
    for (; at < html.size() && at - first < longest_number && digit_of(html[at], base) >= 0; ++at) {
        value =
            value * static_cast<char32_t>(base) + static_cast<char32_t>(digit_of(html[at], base));
        value = std::min<char32_t>(value, 0x110000);
    }
    if (at == first) return {};
    if (at < html.size() && html[at] == ';') ++at;
    if (value >= 0x80 && value <= 0x9F) value = windows_1252[value - 0x80];
    const bool none = value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF);
    return {none ? 0xFFFD : value, at};
}

}  // namespace

Entity entity_at(std::string_view html, EntityPlace place) {
    if (html.size() < 2 || html[0] != '&') return {};
    if (html[1] == '#') return numeric(html);
    std::size_t end = 1;
    while (end < html.size() && end <= longest_name &&
           (is_alpha(html[end]) || is_digit(html[end]))) {
        ++end;
    }
    if (end < html.size() && html[end] == ';') {
        if (const Named* const found = find_name(html.substr(1, end - 1)))
            return {found->value, end + 1};
    }
    if (place == EntityPlace::attribute && end < html.size() && html[end] == '=') return {};
    for (std::size_t shorter = end; shorter > 2; --shorter) {
        const Named* const found = find_name(html.substr(1, shorter - 1));
        if (found == nullptr || !may_lack_semicolon(*found)) continue;
        if (place == EntityPlace::attribute && shorter < end) return {};
        return {found->value, shorter};
    }
    return {};
}

}  // namespace bellhop::parsers
