// What an SMTP server answers (RFC 5321 section 4.2), and the texts we send to it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bellhop::parsers {

struct SmtpReply {
    int code = 0;  ///< 200 to 599
    std::vector<std::string> lines =
        {};  ///< without code and line end; control characters replaced by "?"

    bool is_positive() const { return code / 100 == 2; }
    bool is_transient() const { return code / 100 == 4; }
    bool is_permanent() const { return code / 100 == 5; }

    /// Code and all lines in one: "451 4.7.1 Greylisted, come back later".
    std::string text() const;

    friend bool operator==(const SmtpReply&, const SmtpReply&) = default;
};

constexpr std::size_t max_reply_text =
    4 * 1024;  // bytes kept of one reply; the rest is read and dropped
constexpr std::size_t max_reply_lines = 100;        // more is no reply but an attack
constexpr std::size_t max_reply_bytes = 64 * 1024;  // read of one reply

/// Takes the bytes of a connection in pieces of any size.
class SmtpReplyParser {
public:
    enum class State {
        more,   ///< everything was taken, the reply is not yet whole
        reply,  ///< one reply is whole: take() it before the next feed()
        fault,  ///< not SMTP, or beyond the limits; for good
    };
    struct Step {
        std::size_t taken = 0;  ///< bytes of the argument; the rest belongs to the next reply
        State state = State::more;
    };

    /// Takes bytes up to the end of one reply.
    Step feed(std::string_view bytes);

    /// The reply that feed() has completed. Precondition: it said so.
    SmtpReply take();

private:
    State end_line();

    std::string line_ = {};
    SmtpReply reply_ = {};
    std::size_t kept_ = 0;
    std::size_t read_ = 0;
    State state_ = State::more;
};

/// What the reply to EHLO offers, as far as the gateway can use it.
struct SmtpExtensions {
    bool pipelining = false;       // RFC 2920
    bool eight_bit_mime = false;   // RFC 6152
    bool smtp_utf8 = false;        // RFC 6531
    bool size = false;             // RFC 1870
    std::uint64_t size_limit = 0;  ///< bytes; 0: none told
    friend bool operator==(const SmtpExtensions&, const SmtpExtensions&) = default;
};

/// Reads the reply to EHLO. Its first line is the server's name, not an extension.
SmtpExtensions extensions_of(const SmtpReply& ehlo);

/// A mail as it goes over the wire after DATA (RFC 5321 section 4.5.2): every line end CRLF, also
/// where the mail has a bare CR or LF; NUL left out; dots stuffed; the final dot at the end. No two
/// servers can disagree on where it ends.
std::string mail_data(std::string_view mail);

/// Bytes of the longest line of mail_data()'s result, without its CRLF and without stuffed dots.
std::size_t longest_line(std::string_view mail);

}  // namespace bellhop::parsers
