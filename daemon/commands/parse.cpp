// bellhop parse: what the gateway understands of a message.
#include <cerrno>
#include <cstring>
#include <iostream>
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

/// The exit status for one file. Attachments go into `folder`; empty: they are not written.
int parse_file(const std::string& file, const std::string& folder, bool json) {
    const auto bytes = read_input(file);
    if (bytes.has_error()) {
        std::cerr << fmt::format("bellhop: cannot read \"{}\": {}\n", file,
                                 bytes.error().message());
        return EX_DATAERR;
    }
    const parsers::Message message = parsers::parse_message(*bytes);
    if (json) {
        std::cout << boost::json::serialize(message_object(message, file)) << '\n';
    } else {
        std::cout << readable(message, file);
    }
    return folder.empty() ? EX_OK : write_attachments(folder, message);
}

}  // namespace

Command parse_command() {
    Command command{"parse", "show what the gateway understands of a message"};
    command.footer = "Example: bellhop --json parse message.eml | jq .reply_text";
    command.options = {
        values("FILE", "messages, RFC 5322 with CRLF or LF line ends; - is standard input")
            .called("")
            .required(),
        value("--attachments", "also write the attachments into this folder").called("DIR")};
    command.run = [](const Arguments& given, Invocation& invocation) {
        for (const std::string& file : given.texts("FILE")) {
            const int status = parse_file(file, given.text("--attachments"), invocation.json);
            if (status != EX_OK) invocation.exit_status = status;
        }
    };
    return command;
}

}  // namespace bellhop::daemon
