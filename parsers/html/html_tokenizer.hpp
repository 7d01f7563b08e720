// HTML cut into tags, text and comments, as browsers do, in one pass and without a tree.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bellhop::parsers {

struct HtmlAttribute {
    std::string_view name = {};   ///< as written; compare without case
    std::string_view value = {};  ///< as written: entities are not decoded
};

enum class HtmlTokenKind { text, start_tag, end_tag, end_of_input };

struct HtmlToken {
    HtmlTokenKind kind = HtmlTokenKind::end_of_input;
    std::string_view text = {};  ///< of a text token, entities not decoded
    std::string name = {};       ///< of a tag, in lower case, at most `max_tag_name` bytes
    std::vector<HtmlAttribute> attributes = {};
    bool self_closing = false;

    /// The value of that attribute (lower-case name), or nothing that can be told from an empty
    /// one.
    std::string_view attribute(std::string_view wanted) const;
    bool has_attribute(std::string_view wanted) const;
};

constexpr std::size_t max_tag_name = 32;    // bytes; no element of HTML is longer than 10
constexpr std::size_t max_attributes = 32;  // kept of one tag; Outlook writes about 10

/// Reads tokens in order. Comments, conditional ones too, doctypes and processing instructions are
/// passed over, and so is the content of script, style, title and their like. What is never closed
/// (a comment, a quote, a tag, a script) costs only its own opening: the text behind it is still
/// read. Linear time. The views in a token live as long as the document.
class HtmlTokenizer {
public:
    explicit HtmlTokenizer(std::string_view html) : html_(html) {}

    /// Writes the next token into `token`, whose memory is used again; false at the end of the
    /// input.
    bool next(HtmlToken& token);

private:
    bool read_tag(HtmlToken& token);
    void read_attributes(HtmlToken& token);
    std::string_view read_value();
    void pass_comment();
    void pass_declaration();
    void pass_raw_text(std::string_view name);

    std::string_view html_;
    std::size_t at_ = 0;
    // What was looked for and does not come any more is not looked for again: that keeps time
    // linear.
    bool no_more_tag_ends_ = false;
    bool no_more_comment_ends_ = false;
    std::array<bool, 2> no_more_quotes_ = {};  // ' and "
    std::vector<std::string> never_closed_ = {};
};

}  // namespace bellhop::parsers
