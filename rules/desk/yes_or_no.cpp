#include "rules/desk/yes_or_no.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "parsers/text/ascii.hpp"
#include "parsers/text/lists.hpp"

namespace bellhop::rules {
namespace {

using Words = std::vector<std::string>;

constexpr std::size_t most_read = 4000;     // bytes of an answer
constexpr std::size_t most_sentences = 12;  // of them
constexpr std::size_t reach_of_not = 4;     // words: "not something that I approve"

// Beginnings of words. A blank parts the words of a phrase.
constexpr std::array yes_words{"yes",
                               "yep",
                               "yeah",
                               "yup",
                               "aye",
                               "ok",
                               "okay",
                               "approv",
                               "agree",
                               "confirm",
                               "granted",
                               "fine",
                               "happy",
                               "sure",
                               "certainly",
                               "absolutely",
                               "authori",
                               "accept",
                               "allow",
                               "permitted",
                               "go ahead",
                               "please do",
                               "of course",
                               "all good",
                               "sounds good",
                               "good to go",
                               "by all means",
                               "do it",
                               "definitely",
                               "carry on",
                               "proceed",
                               "please unblock",
                               "please proceed",
                               "thumbs up",
                               "oui",
                               "ja",
                               "si"};
constexpr std::array no_words{"no",     "nope",   "nah",       "denied",   "deny",   "declin",
                              "refus",  "reject", "disapprov", "disagree", "never",  "not",
                              "cannot", "cant",   "dont",      "wont",     "unable", "against",
                              "nein",   "non",    "forbid",    "unhappy",  "stop"};
// A "no" that means yes; taken out before anything is weighed.
constexpr std::array harmless_no{"no problem", "no problems",   "no objection",   "no objections",
                                 "no worries", "no issue",      "no issues",      "no concerns",
                                 "no concern", "not a problem", "dont mind",      "do not mind",
                                 "why not",    "no trouble",    "nothing against"};
// A "no" whose words begin like a yes.
constexpr std::array plain_no{"please do not", "please dont",    "absolutely not",
                              "certainly not", "definitely not", "of course not"};
constexpr std::array hedges{
    "but",      "if",      "unless",  "only",       "except",     "maybe", "perhaps",
    "until",    "depends", "wait",    "provided",   "however",    "yet",   "unsure",
    "not sure", "let me",  "check",   "discuss",    "think",      "later", "though",
    "although", "instead", "as long", "subject to", "think about"};
// How somebody says of a mail that he has written it, and that he has not.
constexpr std::array mine{
    "that was me", "it was me",    "this was me",  "i wrote it",  "i wrote that", "i wrote this",
    "i sent it",   "i sent that",  "i sent this",  "i did",       "it is mine",   "its mine",
    "thats mine",  "that is mine", "this is mine", "it was mine", "that was mine"};
constexpr std::array not_mine{"was not me",  "wasnt me",         "not me",       "not mine",
                              "isnt mine",   "wasnt mine",       "not from me",  "i did not",
                              "i didnt",     "never wrote",      "never sent",   "havent written",
                              "havent sent", "have not written", "have not sent"};
constexpr std::array greetings{"hi",           "hello",          "dear",    "hey",
                               "good morning", "good afternoon", "morning", "afternoon"};
constexpr std::array sign_offs{
    "kind regards", "regards", "best wishes", "many thanks", "thanks",       "thank you",  "yours",
    "cheers",       "best",    "kr",          "sent from",   "warm regards", "with thanks"};

/// Lower case, words and single blanks; an apostrophe is left out: "don't" is "dont".
std::string plain(std::string_view sentence) {
    std::string text;
    for (std::size_t at = 0; at < sentence.size(); ++at) {
        const char c = sentence[at];
        if (c == '\'') continue;
        if (sentence.substr(at).starts_with("\xe2\x80\x99")) {  // U+2019
            at += 2;
            continue;
        }
        const bool is_letter =
            parsers::is_alpha(c) || parsers::is_digit(c) || static_cast<unsigned char>(c) >= 0x80;
        if (is_letter) {
            text += parsers::lower_case(std::string_view{&c, 1});
        } else if (!text.empty() && text.back() != ' ') {
            text += ' ';
        }
    }
    if (text.ends_with(' ')) text.pop_back();
    return text;
}

/// Sentences in the order in which they stand; a question keeps its mark.
std::vector<std::string> sentences_of(std::string_view words) {
    std::vector<std::string> sentences;
    std::string sentence;
    bool is_quoted = false;
    bool at_line_begin = true;
    const auto end_sentence = [&](bool is_question) {
        std::string text = plain(sentence);
        if (is_question && !text.empty()) text += " ?";
        if (!text.empty() && sentences.size() < most_sentences) sentences.push_back(text);
        sentence.clear();
    };
    for (const char c : words.substr(0, most_read)) {
        if (at_line_begin) is_quoted = c == '>';
        at_line_begin = c == '\n';
        if (is_quoted && c != '\n') continue;
        if (c == '\n' || c == '.' || c == '!' || c == '?' || c == ';') {
            end_sentence(c == '?');
        } else {
            sentence += c;
        }
    }
    end_sentence(false);
    return sentences;
}

/// Where `phrase` begins a word of `text`; npos where it does not. Short words count whole only:
/// "no" is not the beginning of "note".
std::size_t place_of(std::string_view text, std::string_view phrase) {
    constexpr std::size_t whole_below = 6;
    for (std::size_t at = text.find(phrase); at != std::string_view::npos;
         at = text.find(phrase, at + 1)) {
        const std::size_t end = at + phrase.size();
        const bool begins = at == 0 || text[at - 1] == ' ';
        const bool ends = end == text.size() || text[end] == ' ';
        const bool may_go_on = phrase.size() >= whole_below || phrase == "agree" ||
                               phrase == "refus" || phrase == "allow";
        if (begins && (ends || may_go_on)) return at;
    }
    return std::string_view::npos;
}

template <std::size_t Count>
bool has_any(std::string_view text, const std::array<const char*, Count>& phrases) {
    return std::any_of(phrases.begin(), phrases.end(), [text](const char* phrase) {
        return place_of(text, phrase) != std::string_view::npos;
    });
}

template <std::size_t Count>
bool begins_with_any(std::string_view text, const std::array<const char*, Count>& phrases) {
    return std::any_of(phrases.begin(), phrases.end(),
                       [text](const char* phrase) { return place_of(text, phrase) == 0; });
}

/// Whether a word of denial stands shortly before what it denies: "do not approve".
bool denies_its_yes(std::string_view text) {
    Words words;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        words.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!has_any(words[i], no_words)) continue;
        const std::size_t last = std::min(words.size(), i + 1 + reach_of_not);
        for (std::size_t k = i + 1; k < last; ++k) {
            std::string rest = words[k];
            if (k + 1 < last) rest += " " + words[k + 1];
            if (begins_with_any(rest, yes_words)) return true;
        }
    }
    return false;
}

template <std::size_t Count>
void put_instead(const std::array<const char*, Count>& phrases,
                 std::string_view word,
                 std::string& text) {
    for (const char* phrase : phrases) {
        const std::size_t at = place_of(text, phrase);
        if (at == std::string::npos) continue;
        const std::size_t end = std::min(text.find(' ', at + std::string_view{phrase}.size()),
                                         text.size());  // "no objection": "no objections"
        text = text.substr(0, at) + std::string{word} + text.substr(end);
    }
}

/// What one sentence says; nothing where it says neither.
std::optional<YesOrNo> answer_in(std::string text) {
    if (text == "y") return YesOrNo::yes;
    if (text == "n") return YesOrNo::no;
    put_instead(harmless_no, "yes", text);
    put_instead(plain_no, "no", text);
    const bool says_yes = has_any(text, yes_words) ||
                          text.find("\xf0\x9f\x91\x8d") != std::string::npos;  // thumbs up
    const bool says_no = has_any(text, no_words) ||
                         text.find("\xf0\x9f\x91\x8e") != std::string::npos;  // thumbs down
    if (!says_yes && !says_no) return std::nullopt;
    if (text.ends_with('?') || has_any(text, hedges)) return YesOrNo::unclear;
    if (says_yes != says_no) return says_yes ? YesOrNo::yes : YesOrNo::no;
    const bool begins_with_yes = begins_with_any(text, yes_words);
    if (!begins_with_yes && denies_its_yes(text)) return YesOrNo::no;
    // "No, I agree with Tom that it stays blocked": a person has to read it.
    return YesOrNo::unclear;
}

/// The same of "was that you?"
std::optional<YesOrNo> confirmation_in(std::string text) {
    const bool is_question = text.ends_with('?');
    const bool is_his = has_any(text, mine);
    const bool is_not_his = has_any(text, not_mine);
    if (is_his && is_not_his) return YesOrNo::unclear;
    // "Ok, that wasn't me."
    if (is_not_his) return is_question ? YesOrNo::unclear : YesOrNo::no;
    put_instead(mine, "yes", text);
    if (text == "correct") return YesOrNo::yes;
    const auto said = answer_in(std::move(text));
    // "No, that was me."
    return is_his && said == YesOrNo::no ? YesOrNo::unclear : said;
}

bool is_courtesy(const std::string& sentence) {
    return begins_with_any(sentence, greetings);
}

/// What the first sentence that says something says, unless a later one takes it back.
template <class Reader>
YesOrNo answer_of(std::string_view words, const Reader& said_by) {
    std::optional<YesOrNo> answer;
    for (const std::string& sentence : sentences_of(words)) {
        if (is_courtesy(sentence) && !answer) {
            // "Hi Tom, yes please" stands in one line.
            const auto in_greeting = said_by(sentence);
            if (in_greeting) answer = in_greeting;
            continue;
        }
        if (answer && begins_with_any(sentence, sign_offs)) break;
        const auto said = said_by(sentence);
        if (!answer) {
            answer = said;
            continue;
        }
        const bool takes_back = begins_with_any(sentence, hedges) || (said && *said != *answer);
        // "Yes. Can it be done by Friday?" asks for more, and takes nothing back.
        const bool only_asks = sentence.ends_with('?') && !begins_with_any(sentence, hedges);
        if (takes_back && !only_asks) return YesOrNo::unclear;
    }
    return answer.value_or(YesOrNo::unclear);
}

}  // namespace

YesOrNo approval_answer(std::string_view words) {
    return answer_of(words, answer_in);
}

YesOrNo confirmation_answer(std::string_view words) {
    return answer_of(words, confirmation_in);
}

}  // namespace bellhop::rules
