// bellhop parse: what the gateway understands of a message.
#include <cerrno>
#include <cstring>
#include <iostream>
#include <optional>
#include <string>

#include <boost/json.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "daemon/commands/command.hpp"
#include "daemon/commands/input_file.hpp"
#include "daemon/view/message_view.hpp"
#include "parsers/header/safe_file_name.hpp"
#include "parsers/message/parse_message.hpp"
#include "rules/proof/sender_proof.hpp"

namespace bellhop::daemon {
namespace {

/// "name.pdf", "name-2.pdf", ...
std::string numbered(const std::string& name, int number) {
    if (number == 1) return name;
    const std::size_t dot = name.rfind('.');
    const std::string stem = name.substr(0, dot);
    const std::string extension = dot == std::string::npos ? "" : name.substr(dot);
    return fmt::format("{}-{}{}", stem, number, extension);
}

/// Writes all of `bytes`; false with errno where that fails.
bool write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

/// Writes one attachment under a new name in `folder`. Existing files are never touched, links
/// never followed.
bool write_attachment(int folder, const parsers::Attachment& attachment) {
    constexpr int most_names = 10000;
    const std::string name = parsers::safe_file_name(attachment.filename);
    for (int number = 1; number <= most_names; ++number) {
        const int descriptor =
            ::openat(folder, numbered(name, number).c_str(),
                     O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
        if (descriptor < 0 && errno == EEXIST) continue;
        if (descriptor < 0) return false;
        const bool written = write_all(descriptor, attachment.bytes);
        return ::close(descriptor) == 0 && written;
    }
    errno = EEXIST;
    return false;
}

/// EX_OK, or EX_CANTCREAT after a complaint.
int write_attachments(const std::string& folder, const parsers::Message& message) {
    if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST) {
        std::cerr << fmt::format("bellhop: cannot create \"{}\": {}\n", folder,
                                 std::strerror(errno));
        return EX_CANTCREAT;
    }
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool written = descriptor >= 0;
    for (const parsers::Attachment& attachment : message.attachments) {
        written = written && write_attachment(descriptor, attachment);
    }
    const int error = errno;
    if (descriptor >= 0) ::close(descriptor);
    if (written) return EX_OK;
    std::cerr << fmt::format("bellhop: cannot write to \"{}\": {}\n", folder, std::strerror(error));
    return EX_CANTCREAT;
}

struct ParseOrder {
    std::string folder = {};  // of the attachments; empty: they are not written
    bool json = false;
    std::optional<rules::ProofPolicy> policy =
        {};  // whose servers brought the mail, if it was said
};

/// What `--provider` and `--authserv-id` say.
std::optional<rules::ProofPolicy> policy_of(const Arguments& given) {
    const std::vector<std::string> ids = given.texts("--authserv-id");
    if (!given.has("--provider") && ids.empty()) return std::nullopt;
    return rules::ProofPolicy{
        rules::provider_named(given.text("--provider")).value_or(rules::MailProvider::rfc8601),
        ids};
}

void print(const parsers::Message& message, const std::string& file, const ParseOrder& order) {
    std::optional<rules::SenderProof> proof;
    if (order.policy) proof = rules::sender_proof(message, *order.policy);
    if (!order.json) {
        std::cout << readable(message, file, proof);
        return;
    }
    boost::json::object object = message_object(message, file);
    if (proof) object["sender_proof"] = proof_object(*proof);
    std::cout << boost::json::serialize(object) << '\n';
}

/// The exit status for one file.
int parse_file(const std::string& file, const ParseOrder& order) {
    const auto bytes = read_input(file);
    if (bytes.has_error()) {
        std::cerr << fmt::format("bellhop: cannot read \"{}\": {}\n", file,
                                 bytes.error().message());
        return EX_DATAERR;
    }
    const parsers::Message message = parsers::parse_message(*bytes);
    print(message, file, order);
    return order.folder.empty() ? EX_OK : write_attachments(order.folder, message);
}

}  // namespace

Command parse_command() {
    Command command{"parse", "show what the gateway understands of a message"};
    command.footer = "Example: bellhop --json parse message.eml | jq .reply_text";
    command.options = {
        values("FILE", "messages, RFC 5322 with CRLF or LF line ends; - is standard input")
            .called("")
            .required(),
        value("--attachments", "also write the attachments into this folder").called("DIR"),
        value("--provider", "also say what is proved of the sender; whose servers brought the mail")
            .among({"rfc8601", "microsoft365", "google"}),
        values("--authserv-id", "the names by which these servers sign what they find out")
            .called("ID")};
    command.run = [](const Arguments& given, Invocation& invocation) {
        const ParseOrder order{given.text("--attachments"), invocation.json, policy_of(given)};
        for (const std::string& file : given.texts("FILE")) {
            const int status = parse_file(file, order);
            if (status != EX_OK) invocation.exit_status = status;
        }
    };
    return command;
}

}  // namespace bellhop::daemon
