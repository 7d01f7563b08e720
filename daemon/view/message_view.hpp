// A message as the command line shows it: the JSON object of `parse --json`, and a form for people.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

#include "parsers/message/message.hpp"
#include "rules/proof/sender_proof.hpp"

namespace bellhop::daemon {

/// The object that `bellhop parse --json` prints; `file` becomes its first key.
boost::json::object message_object(const parsers::Message& message, std::string_view file);

/// What is proved of the sender, as it stands in there below "sender_proof".
boost::json::object proof_object(const rules::SenderProof& proof);

/// The same for a person: a header, the text, and what was found around it. Ends in a newline.
/// Control characters of the mail cannot reach the terminal. `proof`: where it was asked for.
std::string readable(const parsers::Message& message,
                     std::string_view file,
                     const std::optional<rules::SenderProof>& proof = {});

}  // namespace bellhop::daemon
