// What an IMAP server says (RFC 9051 section 7, RFC 3501 section 7): bytes in, one response at a
// time out.
//
// Literals are framed by their octet count, so nothing that stands in a mail can be taken for
// protocol. Every length that the server promises or delivers has a bound.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bellhop::parsers {

struct ImapLimits {
    std::size_t line = 64 * 1024;  ///< bytes of one response without its literals
    std::size_t literals = 64;     ///< in one response
    std::size_t kept =
        25'000'000;  ///< bytes of literals kept of one response; the rest is read and dropped
    std::uint64_t promised =
        1'073'741'824;  ///< bytes; a literal that announces more is refused. No mail is 1 GiB.
};

/// A piece of response data: `(UID 5 FLAGS (\Seen) BODY[] {3}...)` is a list of six values.
struct ImapValue {
    enum class Kind { atom, string, nil, list };

    Kind kind = Kind::nil;
    std::string text = {};  ///< of an atom or a string (quoted or literal)
    bool cut = false;       ///< a literal of which only the first bytes were kept
    std::vector<ImapValue> items = {};

    friend bool operator==(const ImapValue&, const ImapValue&) = default;
};

enum class ImapStatus { none, ok, no, bad, preauth, bye };

/// One whole response.
struct ImapResponse {
    enum class Kind { untagged, tagged, continuation };

    Kind kind = Kind::untagged;
    std::string tag = {};  ///< of a tagged response

    // OK, NO, BAD, PREAUTH, BYE
    ImapStatus status = ImapStatus::none;
    std::string code = {};       ///< of the response code, upper case: "UIDVALIDITY"
    std::string arguments = {};  ///< what follows it inside the brackets
    std::string text = {};       ///< for people; of a continuation too. Foreign bytes

    // Data
    std::string name = {};                     ///< upper case: "EXISTS", "FETCH", "CAPABILITY"
    std::optional<std::uint32_t> number = {};  ///< that stands before the name: "* 5 EXISTS"
    std::vector<ImapValue> values = {};        ///< that follow the name

    friend bool operator==(const ImapResponse&, const ImapResponse&) = default;
};

/// Takes the bytes of a connection in pieces of any size.
class ImapResponseParser {
public:
    enum class State {
        more,      ///< everything was taken, the response is not yet whole
        response,  ///< one response is whole: take() it before the next feed()
        fault,     ///< not IMAP, or beyond the limits; for good. See fault()
    };
    struct Step {
        std::size_t taken = 0;  ///< bytes of the argument; the rest belongs to the next response
        State state = State::more;
    };

    explicit ImapResponseParser(ImapLimits limits = {}) : limits_(limits) {}

    /// Takes bytes up to the end of one response.
    Step feed(std::string_view bytes);

    /// The response that feed() has completed. Precondition: it said so.
    ImapResponse take();

    /// Bytes taken so far, those of literals apart.
    std::uint64_t line_bytes() const { return line_bytes_; }

    /// What was wrong: lower case, one line, without foreign text.
    const std::string& fault() const { return fault_; }

private:
    struct Literal {
        std::size_t position = 0;  // in line_: it stands before the byte there
        std::string bytes = {};
        bool cut = false;
    };

    std::size_t feed_line(std::string_view bytes);
    std::size_t feed_literal(std::string_view bytes);
    void end_line();
    bool begin_literal();
    void complete();
    void refuse(std::string why);

    ImapLimits limits_;
    std::string line_ =
        {};  // of the response so far: literals and the announcements of them taken out
    std::vector<Literal> literals_ = {};
    std::uint64_t missing_ = 0;  // bytes of the last literal still to come
    bool in_literal_ = false;
    std::size_t kept_ = 0;  // bytes of literals kept
    std::uint64_t line_bytes_ = 0;
    State state_ = State::more;
    ImapResponse response_ = {};
    std::string fault_ = {};
};

}  // namespace bellhop::parsers
