#include "daemon/desk/mail_texts.hpp"

#include <optional>
#include <set>

#include "daemon/desk/presets.hpp"
#include "daemon/desk/text_file.hpp"
#include "rules/letter/letter_html.hpp"

namespace bellhop::daemon {
namespace {

constexpr std::size_t largest_template = 256 * 1024;  // bytes; a mail, not a book
constexpr std::size_t most_templates = 1000;
constexpr std::string_view subject_mark = "Subject:";
constexpr std::string_view shipped_folder = "templates/";

/// Collects what goes wrong while templates are loaded.
class TemplateLoader {
public:
    TemplateLoader(std::filesystem::path folder, parsers::Diagnostics& complaints)
        : folder_(std::move(folder)), complaints_(complaints) {}

    std::optional<rules::MailText> load(const std::string& name) {
        const std::string text_file = (folder_ / (name + ".txt")).string();
        const std::optional<std::string> text = read(text_file);
        if (!text) return {};
        const std::size_t line_end = text->find('\n');
        if (!text->starts_with(subject_mark) || line_end == std::string::npos) {
            complaints_.push_back(
                {{text_file, 1, 1, 1},
                 "the first line is not the subject",
                 {"begin with \"Subject: ...\", then an empty line, then the text"}});
            return {};
        }
        // Blank lines instead of the subject keep the line numbers of complaints about the body
        // right.
        std::string subject = text->substr(0, line_end);
        subject.replace(0, subject_mark.size(), subject_mark.size(), ' ');
        const std::string body = std::string(1, '\n') + text->substr(line_end + 1);
        auto subject_part = parse(text_file, subject, rules::Escaping::none);
        auto text_part = parse(text_file, body, rules::Escaping::none);
        // What is made of a wrong text would be wrong at the same places.
        if (!subject_part || !text_part) return {};
        auto html_part = load_html(name, body);
        if (!html_part) return {};
        return rules::MailText{std::move(*subject_part), std::move(*text_part),
                               std::move(*html_part)};
    }

    /// NAME.txt, all of it.
    std::optional<rules::MailTemplate> load_phrase(const rules::MailPhraseEntry& phrase) {
        const std::string file = (folder_ / (std::string{phrase.name} + ".txt")).string();
        const std::optional<std::string> text = read(file);
        if (!text) return {};
        if (text->starts_with(subject_mark)) {
            complaints_.push_back({{file, 1, 1, 1},
                                   "has a subject, but is no mail",
                                   {"it stands in other mails as {{" + std::string{phrase.name} +
                                    "}}: write the sentence alone"}});
            return {};
        }
        return parse(file, *text, rules::Escaping::none, phrase.placeholders);
    }

private:
    /// NAME.html, in the frame of all letters unless it is a whole page; where the desk has written
    /// the text only, the same words in the frame.
    std::optional<rules::MailTemplate> load_html(const std::string& name, const std::string& body) {
        const std::string file = (folder_ / (name + ".html")).string();
        const bool text_is_theirs = !is_missing(folder_ / (name + ".txt"));
        const bool has_shipped =
            shipped_text(std::string{shipped_folder} + name + ".html").has_value();
        if (!is_missing(file) || (has_shipped && !text_is_theirs)) {
            const std::optional<std::string> html = read(file);
            if (!html) return std::nullopt;
            auto alone = parse(file, *html, rules::Escaping::html);
            if (!alone || html->find("<html") != std::string::npos) return alone;
            const std::optional<std::string>& frame = letter_frame();
            if (!frame) return std::nullopt;
            return parse(file, rules::framed(*html, *frame), rules::Escaping::html);
        }
        const std::optional<std::string>& frame = letter_frame();
        if (!frame) return std::nullopt;
        return parse(frame_file(), rules::letter_html(body, *frame), rules::Escaping::html);
    }

    std::string frame_file() const { return (folder_ / "letter.html").string(); }

    /// Read and checked once; nothing where it is wrong.
    const std::optional<std::string>& letter_frame() {
        if (frame_is_read_) return frame_;
        frame_is_read_ = true;
        std::optional<std::string> frame = read(frame_file());
        if (!frame) return frame_;
        if (frame->find(rules::letter_place) == std::string::npos) {
            complaints_.push_back({{frame_file(), 1, 1, 1},
                                   "has no place for the letter",
                                   {"write " + std::string{rules::letter_place} + " there"}});
        } else if (parse(frame_file(), *frame, rules::Escaping::html)) {
            frame_ = std::move(frame);
        }
        return frame_;
    }

    std::optional<std::string> read(const std::string& file) {
        std::error_code error;
        std::optional<std::string> text = read_text_file(file, error);
        // A desk that has no words of its own uses ours: also for a kind of mail that came with a
        // newer version.
        if (!text && is_missing(file)) {
            text = shipped_text("templates/" + std::filesystem::path{file}.filename().string());
        }
        if (!text) {
            complaints_.push_back(cannot_be_read(file, error));
        } else if (text->size() > largest_template) {
            complaints_.push_back({{file, 1, 1, 1}, "is larger than 256 KiB", {}});
            return {};
        }
        return text;
    }

    std::optional<rules::MailTemplate> parse(
        const std::string& file,
        std::string source,
        rules::Escaping escaping,
        const std::vector<std::string>& known = rules::answer_placeholders()) {
        auto result = rules::MailTemplate::create(file, std::move(source), escaping, known);
        if (result) return std::move(*result);
        // error() gives a copy.
        const parsers::Diagnostics found = result.error();
        complaints_.insert(complaints_.end(), found.begin(), found.end());
        return {};
    }

    std::filesystem::path folder_;
    parsers::Diagnostics& complaints_;
    std::optional<std::string> frame_ = {};
    bool frame_is_read_ = false;
};

/// Of every mail that is written down, here or in the program.
std::set<std::string> names_of_texts(const std::filesystem::path& folder,
                                     parsers::Diagnostics& complaints) {
    std::set<std::string> names;
    for (const std::string& path : shipped_paths()) {
        const std::filesystem::path file{path};
        if (path.starts_with(shipped_folder) && file.extension() == ".txt") {
            names.insert(file.stem().string());
        }
    }
    std::error_code error;
    for (std::filesystem::directory_iterator entry{folder, error}, end; !error && entry != end;
         entry.increment(error)) {
        if (names.size() == most_templates) break;
        if (entry->path().extension() == ".txt") names.insert(entry->path().stem().string());
    }
    if (error && !is_missing(folder)) complaints.push_back(cannot_be_read(folder, error));
    for (const rules::MailPhrase phrase : rules::all_mail_phrases()) {
        names.erase(std::string{entry_of(phrase).name});
    }
    return names;
}

}  // namespace

MailTexts load_mail_texts(const std::filesystem::path& folder, parsers::Diagnostics& complaints) {
    TemplateLoader loader{folder, complaints};
    MailTexts texts;
    const std::size_t known = complaints.size();
    const std::set<std::string> names = names_of_texts(folder, complaints);
    if (complaints.size() > known) return texts;  // the same would be said of every file
    for (const std::string& name : names) {
        if (auto text = loader.load(name)) texts.emplace(name, std::move(*text));
    }
    return texts;
}

rules::MailPhrases load_phrases(const std::filesystem::path& folder,
                                parsers::Diagnostics& complaints) {
    TemplateLoader loader{folder, complaints};
    rules::MailPhrases phrases;
    for (const rules::MailPhrase phrase : rules::all_mail_phrases()) {
        if (auto text = loader.load_phrase(entry_of(phrase))) phrases.set(phrase, *std::move(text));
    }
    return phrases;
}

}  // namespace bellhop::daemon
