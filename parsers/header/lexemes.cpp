#include "parsers/header/lexemes.hpp"

#include <utility>

#include "parsers/text/ascii.hpp"

namespace bellhop::parsers {
namespace {

class Cutter {
public:
    Cutter(std::string_view body, std::string_view marks) : body_{body}, marks_{marks} {}

    std::optional<std::vector<Lexeme>> cut() {
        while (is_sound_) {
            const std::size_t before = at_;
            while (at_ < body_.size() && is_space(body_[at_])) ++at_;
            if (at_ == body_.size()) return std::move(found_);
            if (found_.size() == max_lexemes) break;
            found_.push_back({.spaced = at_ > before});
            take(found_.back());
        }
        return std::nullopt;
    }

private:
    void take(Lexeme& lexeme) {
        const char first = body_[at_];
        if (first == '"') {
            lexeme.kind = LexemeKind::quoted;
            take_quoted(lexeme.text);
        } else if (first == '(') {
            lexeme.kind = LexemeKind::comment;
            take_comment(lexeme.text);
        } else if (first == ')') {
            is_sound_ = false;
        } else if (is_mark(first)) {
            lexeme.kind = LexemeKind::mark;
            lexeme.text = body_.substr(at_++, 1);
        } else {
            take_word(lexeme.text);
        }
    }

    bool is_mark(char c) const { return marks_.find(c) != std::string_view::npos; }

    void take_word(std::string& text) {
        const std::size_t start = at_;
        while (at_ < body_.size() && !is_space(body_[at_]) && !is_mark(body_[at_]) &&
               std::string_view{"\"()"}.find(body_[at_]) == std::string_view::npos) {
            ++at_;
        }
        text = body_.substr(start, at_ - start);
    }

    void take_quoted(std::string& text) {
        for (++at_; at_ < body_.size(); ++at_) {
            if (body_[at_] == '"') {
                ++at_;
                return;
            }
            if (body_[at_] == '\\' && at_ + 1 < body_.size()) ++at_;
            text += body_[at_];
        }
        is_sound_ = false;
    }

    void take_comment(std::string& text) {
        std::size_t depth = 1;
        bool in_quotes = false;
        for (++at_; at_ < body_.size(); ++at_) {
            const char c = body_[at_];
            if (c == '(') ++depth;
            if (c == ')' && --depth == 0) {
                ++at_;
                is_sound_ = !in_quotes;
                return;
            }
            if (c == '"') in_quotes = !in_quotes;
            if (c == '\\' && at_ + 1 < body_.size()) ++at_;
            text += body_[at_];
        }
        is_sound_ = false;
    }

    std::string_view body_;
    std::string_view marks_;
    std::size_t at_ = 0;
    bool is_sound_ = true;
    std::vector<Lexeme> found_ = {};
};

}  // namespace

std::optional<std::vector<Lexeme>> lexemes(std::string_view body, std::string_view marks) {
    return Cutter{body, marks}.cut();
}

std::vector<Lexeme> without_comments(std::vector<Lexeme> all) {
    std::vector<Lexeme> kept;
    bool behind_comment = false;
    for (Lexeme& each : all) {
        if (each.kind == LexemeKind::comment) {
            behind_comment = true;
            continue;
        }
        each.spaced = each.spaced || behind_comment;
        behind_comment = false;
        kept.push_back(std::move(each));
    }
    return kept;
}

}  // namespace bellhop::parsers
