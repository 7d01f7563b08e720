#include "daemon/net/login_answer.hpp"

#include "parsers/protocol/imap_refusal.hpp"

namespace bellhop::daemon {

bool asks_for_patience(const std::string& line) {
    if (line.size() > 3 && line[0] == '4' && (line[3] == ' ' || line[3] == '-')) return true;
    const parsers::RefusalKind kind = parsers::refusal_of_line(line).kind;
    return kind != parsers::RefusalKind::forbidden && parsers::concerns_everything(kind);
}

std::optional<std::chrono::seconds> wait_asked_in(const std::string& line) {
    return parsers::refusal_of_line(line).wait;
}

}  // namespace bellhop::daemon
