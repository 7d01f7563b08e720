// The lines of a mail, each with what it is, and the steps that tell what was written this time
// from the rest.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "parsers/reply/reply_markers.hpp"
#include "parsers/reply/signature.hpp"
#include "parsers/reply/text_piece.hpp"

namespace bellhop::parsers {

enum class LineClass {
    empty,
    text,
    quoted,       // "> "
    attribution,  // "On … Ann wrote:", and whatever else introduces quoted lines
    signature,    // said so by the markup
    separator     // everything behind is an older mail
};

/// What a line is by itself.
LineClass class_of(const TextLine& line);

/// Takes the lines of a text in order, with what its markup says of them, and parts them.
class Splitter {
public:
    struct Result {
        std::vector<TextPiece> pieces = {};
        bool signature_only = false;  ///< what is kept is a signature: nothing else would remain
    };

    explicit Splitter(const MailSetting& setting) : setting_{setting} {}

    /// Lines with ">" stand in blockquotes of HTML.
    void quotes_are_markup() { quotes_are_markup_ = true; }

    /// `line` is a view into the text that split() is given; an empty one of no text is a mark.
    void add(const TextLine& line) { add(line, class_of(line)); }
    void add(const TextLine& line, LineClass is);
    void begin_container() { add({}, LineClass::attribution); }
    void end_container(std::size_t begun_at) { states_[begun_at].container_end = texts_.size(); }
    std::size_t size() const { return texts_.size(); }

    Result split(std::string_view whole);

private:
    enum class Furniture { cut, keep };

    struct LineState {
        LineClass is = LineClass::text;
        bool strong = true;  // an attribution that counts without quoted lines behind it
        PieceKind kind = PieceKind::kept;
        bool in_code = false;
        std::size_t container_end =
            0;  // of an attribution that begins a container of HTML: the line behind it
    };

    /// Attributions, or separators, with nothing but empty lines between them: [first, end).
    struct MarkerRun {
        LineClass is = LineClass::attribution;
        std::size_t first = 0;
        std::size_t end = 0;
        bool is_strong = false;         // one of them counts without quoted lines behind it
        std::size_t container_end = 0;  // of the HTML that they begin; 0: they begin none
    };

    struct QuotedBlock {
        std::size_t first = 0;
        std::size_t end = 0;
    };

    void find_code_blocks();
    void find_indented_code();
    void find_markers();
    std::size_t read_marker(std::size_t at);
    void mark(std::size_t first, std::size_t count, LineClass is);
    bool quoted_follows(std::size_t at) const;
    void separate(Furniture furniture);
    MarkerRun marker_run(std::size_t first) const;
    std::size_t without_rules_above(std::size_t at) const;
    std::size_t cut_older_mail();
    void cut_furniture(std::size_t end);
    void cut_banner(std::size_t end);
    void cut_furniture_of_run(std::size_t first, std::size_t end);
    std::size_t cut_boilerplate(std::size_t first, std::size_t at, std::size_t end);
    void cut_marked_signature(std::size_t first, std::size_t end);
    void cut_sent_from(std::size_t end);
    std::size_t bottom_signature(std::size_t first, std::size_t end) const;
    std::vector<QuotedBlock> quoted_blocks(std::size_t end) const;
    bool is_introduced(const QuotedBlock& block) const;
    bool introduces_itself(const QuotedBlock& block) const;
    bool is_shown_by_writer(const QuotedBlock& block) const;
    void find_answer(std::size_t end);
    std::size_t above(std::size_t at) const;
    void cut_quotations(std::size_t end);
    void cut(std::size_t first, std::size_t end, PieceKind kind);
    bool is_kept(std::size_t at) const { return states_[at].kind == PieceKind::kept; }
    bool says_something(std::size_t at) const;
    std::size_t count_text(std::size_t first, std::size_t end) const;
    std::vector<TextPiece> pieces(std::string_view whole) const;

    std::span<const TextLine> view(std::size_t first, std::size_t count) const {
        return std::span{texts_}.subspan(first, std::min(count, texts_.size() - first));
    }

    MailSetting setting_;
    bool quotes_are_markup_ = false;
    bool looks_like_answer_ = false;  // by its header, or by an older mail in it
    std::vector<TextLine> texts_ = {};
    std::vector<LineState> states_ = {};
};

}  // namespace bellhop::parsers
