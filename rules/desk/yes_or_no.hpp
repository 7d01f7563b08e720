// Whether an answer says yes or no.
#pragma once

#include <string_view>

namespace bellhop::rules {

enum class YesOrNo {
    yes,
    no,
    unclear  ///< a question, a condition, both or neither: a person has to read it
};

/// What somebody answers to a request for his approval; `words` are his own new ones
/// (Message::reply_text). The first sentence that decides counts, unless a later one takes it back:
/// a request is never released by a yes that has an "if" or a "but" behind it. Linear in the size
/// of `words`; the first 4,000 bytes are read.
YesOrNo approval_answer(std::string_view words);

/// The same of an answer to "was that you?", where "that was me" is a yes and "that wasn't me" a
/// no, whatever courtesy stands before it.
YesOrNo confirmation_answer(std::string_view words);

}  // namespace bellhop::rules
