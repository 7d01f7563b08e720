#include "daemon/desk.hpp"

#include <cerrno>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/presets.hpp"
#include "parsers/address.hpp"
#include "parsers/digest.hpp"

namespace bellhop::daemon {
namespace {

constexpr std::size_t key_bytes = 32;
constexpr std::size_t largest_template = 256 * 1024;  // bytes; a mail, not a book
constexpr std::string_view subject_mark = "Subject:";

std::optional<std::string> read_file(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    if (!in) return {};
    return std::string{std::istreambuf_iterator<char>{in}, {}};
}

/// Collects what goes wrong while templates are loaded.
class TemplateLoader {
public:
    TemplateLoader(std::filesystem::path folder, parsers::Diagnostics& complaints)
        : folder_(std::move(folder)), complaints_(complaints) {}

    std::optional<rules::MailText> load(const std::string& name) {
        const std::string text_file = (folder_ / (name + ".txt")).string();
        const std::string html_file = (folder_ / (name + ".html")).string();
        const std::optional<std::string> text = read(text_file);
        const std::optional<std::string> html = read(html_file);
        if (!text || !html) return {};
        const std::size_t line_end = text->find('\n');
        if (!text->starts_with(subject_mark) || line_end == std::string::npos) {
            complaints_.push_back(
                {{text_file, 1, 1, 1},
                 "the first line is not the subject",
                 {"begin with \"Subject: ...\", then an empty line, then the text"}});
            return {};
        }
        // Blank lines instead of the subject keep the line numbers of complaints about the body
        // right.
        std::string subject = text->substr(0, line_end);
        subject.replace(0, subject_mark.size(), subject_mark.size(), ' ');
        const std::string body = std::string(1, '\n') + text->substr(line_end + 1);
        auto subject_part = parse(text_file, subject, rules::Escaping::none);
        auto text_part = parse(text_file, body, rules::Escaping::none);
        auto html_part = parse(html_file, *html, rules::Escaping::html);
        if (!subject_part || !text_part || !html_part) return {};
        return rules::MailText{std::move(*subject_part), std::move(*text_part),
                               std::move(*html_part)};
    }

private:
    std::optional<std::string> read(const std::string& file) {
        std::optional<std::string> text = read_file(file);
        // A desk that has no words of its own uses ours: also for a kind of mail that came with a
        // newer version.
        if (!text && !std::filesystem::exists(file)) {
            text = shipped_text("templates/" + std::filesystem::path{file}.filename().string());
        }
        if (!text) {
            complaints_.push_back(
                {{file, 1, 1, 1}, "cannot be read", {"bellhop init DIR writes one to start from"}});
        } else if (text->size() > largest_template) {
            complaints_.push_back({{file, 1, 1, 1}, "is larger than 256 KiB", {}});
            return {};
        }
        return text;
    }

    std::optional<rules::MailTemplate> parse(const std::string& file,
                                             std::string source,
                                             rules::Escaping escaping) {
        auto result = rules::MailTemplate::create(file, std::move(source), escaping,
                                                  rules::answer_placeholders());
        if (result) return std::move(*result);
        // error() gives a copy.
        const parsers::Diagnostics found = result.error();
        complaints_.insert(complaints_.end(), found.begin(), found.end());
        return {};
    }

    std::filesystem::path folder_;
    parsers::Diagnostics& complaints_;
};

[[noreturn]] void fail(const std::filesystem::path& file, const char* what) {
    throw std::system_error(errno, std::generic_category(),
                            std::string{what} + " " + file.string());
}

/// Written under another name, flushed, then linked: nobody ever sees half a key, and the first of
/// two wins.
void make_key(const std::filesystem::path& file) {
    std::string key(key_bytes, '\0');
    if (getrandom(key.data(), key.size(), 0) != static_cast<ssize_t>(key.size()))
        fail(file, "no randomness for");
    const std::filesystem::path fresh = file.string() + "." + std::to_string(getpid());
    const int fd = open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) fail(fresh, "cannot create");
    const bool written =
        write(fd, key.data(), key.size()) == static_cast<ssize_t>(key.size()) && fsync(fd) == 0;
    close(fd);
    if (!written) fail(fresh, "cannot write");
    if (link(fresh.c_str(), file.c_str()) != 0 && errno != EEXIST) fail(file, "cannot create");
    unlink(fresh.c_str());
}

std::string loop_mark(const std::string& key) {
    constexpr std::size_t length =
        16;  // base32 characters: enough that no other installation has the same
    return parsers::base32(parsers::hex(parsers::hmac_sha256(key, "loop mark"))).substr(0, length);
}

}  // namespace

boost::system::result<Desk, parsers::Diagnostics> load_desk(const std::filesystem::path& folder) {
    auto settings = load_settings(folder);
    parsers::Diagnostics complaints;
    if (!settings) complaints = settings.error();
    TemplateLoader templates{folder / "templates", complaints};
    auto acknowledgement = templates.load("acknowledgement");
    auto oversize = templates.load("oversize");
    if (!complaints.empty()) return complaints;
    return Desk{std::move(*settings), std::move(*acknowledgement), std::move(*oversize)};
}

std::string load_or_make_key(const std::filesystem::path& database) {
    const std::filesystem::path file = database.parent_path() / "bellhop.key";
    if (!std::filesystem::exists(file)) make_key(file);
    std::optional<std::string> key = read_file(file);
    if (!key) fail(file, "cannot read");
    if (key->size() != key_bytes) {
        throw std::system_error(std::make_error_code(std::errc::invalid_argument),
                                "not a key of 32 bytes: " + file.string());
    }
    return *key;
}

rules::MailPolicy mail_policy(const Desk& desk, const std::string& key) {
    const Settings& settings = desk.settings;
    rules::MailPolicy policy;
    policy.default_priority = settings.default_priority;
    policy.tag = settings.desk.ticket_tag;
    policy.key = key;
    policy.answers.enabled = settings.acknowledgement.enabled;
    policy.answers.loop_mark = loop_mark(key);
    for (const RateLimit& limit : settings.acknowledgement.limits) {
        policy.answers.limits.push_back({static_cast<std::size_t>(limit.count), limit.window});
    }
    for (const MailboxSettings& mailbox : settings.mailboxes) {
        policy.answers.own_addresses.push_back(parsers::address_key(mailbox.address));
    }
    for (const std::string& address : settings.desk.own_addresses) {
        policy.answers.own_addresses.push_back(parsers::address_key(address));
    }
    return policy;
}

rules::Letterhead letterhead(const Desk& desk, const std::string& key) {
    const DeskSettings& settings = desk.settings.desk;
    return {settings.name,
            settings.phone,
            settings.ticket_tag,
            settings.time_zone,
            loop_mark(key),
            key,
            desk.settings.limits.message_bytes};
}

}  // namespace bellhop::daemon
