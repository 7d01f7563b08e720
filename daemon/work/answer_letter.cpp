#include "daemon/work/answer_letter.hpp"

namespace bellhop::daemon {
namespace {

constexpr std::string_view value_prefix = "value ";
constexpr std::string_view reference_prefix = "reference ";

}  // namespace

LetterPairs pairs_of(const AnswerLetter& letter) {
    LetterPairs pairs{{"text", letter.text},
                      {"label", letter.label},
                      {"notes", letter.notes},
                      {"answers", letter.conversation.last}};
    std::size_t number = 0;
    for (const std::string& earlier : letter.conversation.earlier) {
        pairs.emplace_back(std::string{reference_prefix} + std::to_string(++number), earlier);
    }
    for (const auto& [name, value] : letter.values) {
        pairs.emplace_back(std::string{value_prefix} + name, value);
    }
    return pairs;
}

AnswerLetter letter_of(const LetterPairs& pairs) {
    AnswerLetter letter;
    for (const auto& [name, value] : pairs) {
        if (name == "text") letter.text = value;
        if (name == "label") letter.label = value;
        if (name == "notes") letter.notes = value;
        if (name == "answers") letter.conversation.last = value;
        if (name.starts_with(reference_prefix)) letter.conversation.earlier.push_back(value);
        if (name.starts_with(value_prefix)) letter.values[name.substr(value_prefix.size())] = value;
    }
    return letter;
}

}  // namespace bellhop::daemon
