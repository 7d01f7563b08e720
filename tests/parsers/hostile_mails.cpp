#include "tests/parsers/hostile_mails.hpp"

namespace bellhop::parsers {
namespace {

const std::string head =
    "From: Ann <ann@school.example>\r\nTo: bob@school.example\r\nSubject: printer\r\n";

std::string repeated(std::string_view text, std::size_t times) {
    std::string result;
    result.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) result += text;
    return result;
}

std::string multipart(const std::string& boundary, const std::string& parts) {
    return head + "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\r\n\r\n" + parts +
           "--" + boundary + "--\r\n";
}

std::string encoded(std::string_view encoding, const std::string& body) {
    return head + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: " +
           std::string{encoding} + "\r\n\r\n" + body;
}

std::string in_charset(std::string_view charset, const std::string& body) {
    return head + "Content-Type: text/plain; charset=" + std::string{charset} + "\r\n\r\n" + body;
}

std::string html(const std::string& body) {
    return head + "Content-Type: text/html; charset=utf-8\r\n\r\n" + body;
}

std::string file(std::string_view encoding, const std::string& body) {
    return head + "Content-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: " +
           std::string{encoding} + "\r\n\r\n" + body;
}

std::string opened(std::size_t levels, const std::string& stem) {
    std::string text;
    for (std::size_t i = 0; i < levels; ++i) {
        const std::string boundary = stem.empty() ? "same" : stem + std::to_string(i) + "x";
        text += "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\r\n\r\n--" +
                boundary + "\r\n";
    }
    return text;
}

std::string nested(std::size_t levels, const std::string& stem) {
    std::string mail = head + opened(levels, stem) + "Content-Type: text/plain\r\n\r\ndeep\r\n";
    for (std::size_t i = levels; i-- > 0;)
        mail += "--" + (stem.empty() ? "same" : stem + std::to_string(i) + "x") + "--\r\n";
    return mail;
}

constexpr std::size_t kib = 1024;
constexpr std::size_t mib = 1024 * kib;

const std::vector<HostileMail> structures{
    {"nested multiparts", [](std::size_t n) { return nested(n, "b"); }, 10000, 1000,
     "nested_too_deep"},
    {"nested multiparts of one boundary", [](std::size_t n) { return nested(n, ""); }, 10000, 1000,
     "nested_too_deep"},
    {"nested multiparts never closed", [](std::size_t n) { return head + opened(n, "b"); }, 10000,
     1000, "nested_too_deep"},
    {"nested mails",
     [](std::size_t n) {
         return head + repeated("Content-Type: message/rfc822\r\n\r\n", n) + "deep\r\n";
     },
     10000, 1000, ""},
    {"parts", [](std::size_t n) { return multipart("b", repeated("--b\r\n\r\nx\r\n", n)); }, 100000,
     1500, "too_many_parts"},
    {"attachments",
     [](std::size_t n) {
         return multipart("b",
                          repeated("--b\r\nContent-Type: image/png; name=a.png\r\n\r\nx\r\n", n));
     },
     100000, 300, "too_many_attachments"},
    {"multiparts reopened after their end",
     [](std::size_t n) { return multipart("b", repeated("--b\r\n\r\nx\r\n--b--\r\n", n)); }, 100000,
     1000, "closed_too_early"},
    {"lines that nearly are the boundary",
     [](std::size_t n) { return multipart("BB", "--BB\r\n\r\n" + repeated("--B\r\n", n)); },
     4000000, 20000, ""},
    {"dashes below 50 open multiparts",
     [](std::size_t n) { return head + opened(50, "b") + repeated("--nothing\r\n", n); }, 1000000,
     10000, "unterminated_boundary"},
    {"a boundary that is a prefix of another",
     [](std::size_t n) {
         const std::string inner =
             "--abc\r\nContent-Type: multipart/mixed; boundary=abcdef\r\n\r\n"
             "--abcdef\r\n\r\nx\r\n--abcdef--\r\n";
         return multipart("abc", repeated(inner, n));
     },
     10000, 600, "too_many_parts"},
    {"a long boundary",
     [](std::size_t n) {
         const std::string boundary(n, 'B');
         return multipart(boundary, repeated("--" + boundary + "\r\n\r\nx\r\n", 5));
     },
     mib, 20 * kib, ""},
};

const std::vector<HostileMail> headers{
    {"one header field",
     [](std::size_t n) {
         return "X-Long: " + std::string(n, 'x') + "\r\n" + head + "\r\nbody\r\n";
     },
     10 * mib, 300 * kib, "header_too_large"},
    {"header fields",
     [](std::size_t n) { return head + repeated("X-A: b\r\n", n) + "\r\nbody\r\n"; }, 1000000, 2000,
     "header_too_large"},
    {"lines of one field",
     [](std::size_t n) {
         return head + "X-Folded: a" + repeated("\r\n abcdefghij", n) + "\r\n\r\nbody\r\n";
     },
     800000, 30000, "header_too_large"},
    {"lines that are no fields",
     [](std::size_t n) { return head + repeated("junk\r\n", n) + "X-A: b\r\n\r\nbody\r\n"; },
     1000000, 10000, "no_header_end"},
    {"junk between fields",
     [](std::size_t n) {
         return head + repeated(repeated("junk\r\n", 19) + "X-A: b\r\n", n) + "\r\nbody\r\n";
     },
     50000, 1000, "junk_in_header"},
    {"lines of blanks in the header",
     [](std::size_t n) { return head + repeated(" \r\n", n) + "X-A: b\r\n\r\nbody\r\n"; }, 1000000,
     20000, ""},
    {"no end of the header", [](std::size_t n) { return head + std::string(n, 'x'); }, 50 * mib,
     300 * kib, "no_header_end"},
    {"encoded words, 1 MiB",
     [](std::size_t n) { return "Subject: " + repeated("=?utf-8?q?a?=\r\n ", n) + "\r\n\r\nx"; },
     mib / 16, 2000, "no_author"},
    {"starts of encoded words",
     [](std::size_t n) { return "Subject: " + repeated("=?utf-8?b?", n) + "\r\n\r\nx"; }, mib / 10,
     5000, "no_author"},
    {"addresses",
     [](std::size_t n) {
         return "To: " + repeated("u@school.example,\r\n ", n) + "x@school.example\r\n\r\nx";
     },
     100000, 2000, "too_many_addresses"},
    {"addresses that never end",
     [](std::size_t n) {
         return "From: " + repeated("\"a\\", n) + "\r\nTo: " + repeated("(", n) +
                "\r\nCc: " + repeated("<@", n) + "\r\nReply-To: " + repeated("a:", n) + "\r\n\r\nx";
     },
     mib, 10000, "author_without_address"},
    {"parameters",
     [](std::size_t n) {
         return head + "Content-Type: text/plain" + repeated(";\r\n a=b", n) + "\r\n\r\nbody\r\n";
     },
     100000, 3000, "too_many_parameters"},
    {"pieces of one file name",
     [](std::size_t n) {
         std::string name;
         for (std::size_t i = 0; i < n; ++i)
             name += ";\r\n filename*" + std::to_string(i) + "*=%41";
         return head + "Content-Disposition: attachment" + name + "\r\n\r\nbody\r\n";
     },
     100000, 2000, "too_many_parameters"},
    {"references",
     [](std::size_t n) {
         return head + "References: " + repeated("<a@b.example>\r\n ", n) + repeated("<", n) +
                "\r\n\r\nbody\r\n";
     },
     100000, 2000, ""},
};

const std::vector<HostileMail> bodies{
    {"one line", [](std::size_t n) { return head + "\r\n" + std::string(n, 'x'); }, 50 * mib,
     2 * mib, "text_too_large"},
    {"one line of dashes",
     [](std::size_t n) { return multipart("b", "--b\r\n\r\n" + std::string(n, '-') + "\r\n"); },
     50 * mib, 300 * kib, ""},
    {"NUL bytes", [](std::size_t n) { return head + "\r\n" + std::string(n, '\0'); }, 10 * mib,
     300 * kib, "nul_bytes"},
    {"bare CR", [](std::size_t n) { return head + "\n" + std::string(n, '\r'); }, 10 * mib,
     100 * kib, "bare_cr"},
    {"bare CR from the start",
     [](std::size_t n) { return "Subject: printer\r\r" + repeated("line\r", n); }, mib, 5000,
     "bare_cr"},
    {"empty lines", [](std::size_t n) { return repeated("\r\n", n); }, 5 * mib, 100000,
     "no_author"},
    {"escape signs", [](std::size_t n) { return encoded("quoted-printable", std::string(n, '=')); },
     20 * mib, 300 * kib, "damaged_encoding"},
    {"blanks that nothing follows",
     [](std::size_t n) { return encoded("quoted-printable", std::string(n, ' ')); }, 20 * mib,
     300 * kib, ""},
    {"base64 of nothing but zeros",
     [](std::size_t n) { return file("base64", std::string(n, 'A')); }, 50 * mib, 300 * kib, ""},
    {"base64 with noise",
     [](std::size_t n) { return file("base64", repeated("\xFF\x80!*()={\r\n", n)); }, 2000000,
     30000, "damaged_encoding"},
    {"base64 within base64",
     [](std::size_t n) {
         const std::string part =
             "--b\r\nContent-Type: message/rfc822\r\n"
             "Content-Transfer-Encoding: base64\r\n\r\nU3ViamVjdDogeA0KDQo=\r\n";
         return multipart("b", repeated(part, n));
     },
     100000, 300, ""},
    {"uuencoded files",
     [](std::size_t n) { return head + "\r\n" + repeated("begin 644 x\n#0V%T\n", n); }, 500000,
     2000, ""},
    {"uuencoded files that end",
     [](std::size_t n) { return head + "\r\n" + repeated("begin 644 x\n#0V%T\n`\nend\n", n); },
     500000, 2000, "too_many_encoded_files"},
    {"escape sequences of iso-2022-jp",
     [](std::size_t n) { return in_charset("iso-2022-jp", repeated("\x1B$B", n)); }, mib, 10000,
     "undecodable_text"},
    {"byte order marks",
     [](std::size_t n) { return in_charset("utf-16", repeated("\xFF\xFE", n)); }, mib, 10000, ""},
    {"combining marks",
     [](std::size_t n) { return in_charset("utf-8", "e" + repeated("\xCC\x81", n)); }, mib, 5000,
     ""},
    {"marks out of order",
     [](std::size_t n) { return in_charset("utf-8", "e" + repeated("\xCC\x81\xCC\xA3", n)); },
     mib / 4, 2500, ""},
    {"bytes of no charset",
     [](std::size_t n) { return in_charset("", repeated("\x80\xFF\xC0", n)); }, mib, 5000,
     "unknown_charset"},
};

const std::vector<HostileMail> texts{
    {"quote marks", [](std::size_t n) { return head + "\r\n" + std::string(n, '>'); }, mib,
     50 * kib, ""},
    {"quoted lines ever deeper",
     [](std::size_t n) {
         std::string text;
         for (std::size_t i = 1; i <= n; ++i) text += std::string(i, '>') + " x\r\n";
         return head + "\r\n" + text;
     },
     1400, 150, ""},
    {"beginnings of quotation headers",
     [](std::size_t n) { return head + "\r\n" + repeated("On Monday Ann\r\n", n); }, 70000, 1000,
     ""},
    {"quotation headers",
     [](std::size_t n) { return head + "\r\n" + repeated("On 2 Mar 2026 Ann wrote:\r\n\r\n", n); },
     40000, 1000, ""},
    {"header lines of quoted mails",
     [](std::size_t n) {
         return head + "\r\n" + repeated("From: a\r\nSent: b\r\nTo: c\r\nSubject: d\r\n", n);
     },
     25000, 500, ""},
    {"signature separators",
     [](std::size_t n) { return head + "\r\n" + repeated("-- \r\nAnn\r\n", n); }, 100000, 1000, ""},
    {"forwarded in forwarded",
     [](std::size_t n) {
         return head + "\r\n" +
                repeated("---------- Forwarded message ---------\r\nFrom: a@b.example\r\n", n);
     },
     15000, 500, ""},
    {"elements within elements", [](std::size_t n) { return html(repeated("<div>", n)); }, mib / 5,
     3000, ""},
    {"tables within tables", [](std::size_t n) { return html(repeated("<table><tr><td>", n)); },
     mib / 15, 1500, ""},
    {"quotations within quotations",
     [](std::size_t n) { return html(repeated("<blockquote>x<br>", n)); }, mib / 17, 1500, ""},
    {"lists within lists", [](std::size_t n) { return html(repeated("<ul><li>x", n)); }, mib / 9,
     1500, ""},
    {"tags that never end", [](std::size_t n) { return html(repeated("<a b=\"", n)); }, mib / 6,
     5000, ""},
    {"comments that never end", [](std::size_t n) { return html(repeated("<!--", n)); }, mib / 4,
     5000, ""},
    {"end tags of nothing", [](std::size_t n) { return html(repeated("</b></div>", n)); }, mib / 10,
     3000, ""},
    {"attributes", [](std::size_t n) { return html("<p" + repeated(" a=b", n) + ">x"); }, mib / 4,
     5000, ""},
    {"references to characters", [](std::size_t n) { return html(repeated("&am", n)); }, mib / 3,
     5000, ""},
    {"scripts that never end", [](std::size_t n) { return html(repeated("<script></scrip", n)); },
     mib / 15, 2000, ""},
};

}  // namespace

const std::vector<HostileMail>& hostile_mails() {
    static const std::vector<HostileMail> all = [] {
        std::vector<HostileMail> mails;
        for (const auto* some : {&structures, &headers, &bodies, &texts})
            mails.insert(mails.end(), some->begin(), some->end());
        return mails;
    }();
    return all;
}

}  // namespace bellhop::parsers
