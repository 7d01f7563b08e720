// The words under which enumerators and small lists stand in the columns of messages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parsers/message/message.hpp"
#include "parsers/reply/text_piece.hpp"
#include "storage/direction.hpp"
#include "storage/json_text.hpp"

namespace bellhop::storage {

std::string_view name_of(Direction direction);
std::string_view name_of(parsers::MessageKind kind);
std::string_view name_of(parsers::Disposition disposition);

// The inverse. Throw DatabaseError for a word that was never written.
Direction direction_of(std::string_view name);
parsers::MessageKind kind_of(std::string_view name);
parsers::Disposition disposition_of(std::string_view name);

TextPairs pairs_of(const std::vector<parsers::Evidence>& evidence);
TextPairs pairs_of(const std::vector<parsers::Defect>& defects);
std::vector<parsers::Evidence> evidence_of(const TextPairs& pairs);
std::vector<parsers::Defect> defects_of(const TextPairs& pairs);

/// "signature 40" each. The inverse throws DatabaseError for what was never written.
std::vector<std::string> texts_of(const std::vector<parsers::TextPiece>& pieces);
std::vector<parsers::TextPiece> pieces_of(const std::vector<std::string>& texts);

}  // namespace bellhop::storage
