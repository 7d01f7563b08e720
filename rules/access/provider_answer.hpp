// What a mail provider's refusal means: what is wrong, what to do, and where to click.
//
// The provider's own words are always shown beside it; this only reads them for somebody who sees
// them for the first time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/access/provider_answer_table.hpp"

namespace bellhop::rules {

/// The meaning of an answer of a token endpoint, an IMAP or an SMTP server; nullptr where it is
/// none that is known. `words`: the answer as it stands in the log. Pure.
const ProviderAnswer* provider_answer(std::string_view words);

/// "What is wrong. What to do."; empty where the answer is none that is known.
std::string advice_on(std::string_view words);

/// Every meaning there is.
std::vector<const ProviderAnswer*> all_provider_answers();

}  // namespace bellhop::rules
