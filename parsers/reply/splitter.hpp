// The lines of a mail, and the steps that tell what was written this time from the rest.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "parsers/reply/mail_lines.hpp"
#include "parsers/reply/signature.hpp"
#include "parsers/reply/text_piece.hpp"

namespace bellhop::parsers {

/// Takes the lines of a text in order, with what its markup says of them, and parts them.
class Splitter {
public:
    struct Result {
        std::vector<TextPiece> pieces = {};
        bool signature_only = false;  ///< what is kept is a signature: nothing else would remain
    };

    explicit Splitter(const MailSetting& setting) : setting_{setting} {}

    /// Lines with ">" stand in blockquotes of HTML.
    void quotes_are_markup() { has_markup_ = true; }

    /// `line` is a view into the text that split() is given; an empty one of no text is a mark.
    void add(const TextLine& line) { add(line, class_of(line)); }
    void add(const TextLine& line, LineClass is) { lines_.add(line, is); }
    void begin_container() { add({}, LineClass::attribution); }
    void end_container(std::size_t begun_at) {
        lines_.state(begun_at).container_end = lines_.size();
    }
    std::size_t size() const { return lines_.size(); }

    Result split(std::string_view whole);

private:
    enum class Furniture { cut, keep };

    void find_code_blocks();
    void find_indented_code();
    void find_markers();
    std::size_t read_marker(std::size_t at);
    void set_code(std::size_t first, std::size_t end);
    void separate(Furniture furniture);
    bool looks_like_answer(std::size_t end) const;

    MailSetting setting_;
    bool has_markup_ = false;
    MailLines lines_ = {};
};

}  // namespace bellhop::parsers
