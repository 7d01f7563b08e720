// The words by which a thank-you is known. All of them are folded: lower case, without accents.
#pragma once

#include <string_view>
#include <unordered_set>

namespace bellhop::rules {

using WordSet = std::unordered_set<std::string_view>;

const WordSet& words_of_thanks();
const WordSet& words_of_praise();
/// Words that say nothing of what is to be done, in a text that is a thank-you otherwise.
const WordSet& words_of_courtesy();
/// In a sentence with one of these something is left to do.
const WordSet& words_of_trouble();
/// A sentence that begins so asks something, with or without its question mark.
const WordSet& words_of_questions();
/// What people are thanked for: "thanks for fixing it", "thanks for the update".
const WordSet& words_of_service();
/// Behind "thanks for", where one of these stands, a new thought begins, or irony.
const WordSet& words_that_turn();
/// Nobody is called so: in the lines below a text it is a signature.
const WordSet& words_of_position();

/// Words like "great" and "helpful", folded.
bool is_praise(std::string_view word);

/// In a sentence with such a word, folded, something is left to do: "but", "broken", "still".
bool is_trouble(std::string_view word);

}  // namespace bellhop::rules
