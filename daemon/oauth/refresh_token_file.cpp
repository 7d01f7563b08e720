#include "daemon/oauth/refresh_token_file.hpp"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <stdexcept>
#include <system_error>

#include <boost/json.hpp>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/desk/text_file.hpp"
#include "parsers/text/digest.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;

constexpr std::size_t digest_letters = 12;  // of the file's name: tells accounts apart
constexpr std::size_t longest_shown = 60;   // letters of the account's name in it

/// An account as part of a file's name: what may not stand there is "_", and a digest makes up for
/// it.
std::string file_name(const std::string& application, const std::string& user) {
    std::string shown = user.substr(0, longest_shown);
    std::replace_if(
        shown.begin(), shown.end(),
        [](unsigned char c) { return std::isalnum(c) == 0 && c != '.' && c != '@' && c != '-'; },
        '_');
    const std::string digest = parsers::hex(parsers::sha256(application + '\n' + user));
    return application + '.' + shown + '.' + digest.substr(0, digest_letters) + ".json";
}

[[noreturn]] void fail(const std::filesystem::path& file, const char* what) {
    throw std::system_error(errno, std::generic_category(),
                            std::string{what} + ' ' + file.string());
}

/// Closes the descriptor when it goes, where nobody has before.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) close(number_);
    }
    int number() const { return number_; }

private:
    int number_;
};

void write_all(int descriptor, std::string_view bytes, const std::filesystem::path& file) {
    while (!bytes.empty()) {
        const ssize_t count = write(descriptor, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) fail(file, "cannot write");
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

void make_folder(const std::filesystem::path& folder) {
    if (mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST) return;
    fail(folder, "cannot create");
}

}  // namespace

RefreshTokenFile::RefreshTokenFile(const std::filesystem::path& state,
                                   const OauthSettings& application,
                                   const std::string& user)
    : path_(state / "oauth" / file_name(application.name, user)),
      client_id_(application.client_id) {}

RefreshTokenFile::Lock::~Lock() {
    close(descriptor_);  // and with it the lock goes
}

std::unique_ptr<RefreshTokenFile::Lock> RefreshTokenFile::try_lock() const {
    make_folder(path_.parent_path());
    const std::filesystem::path file = path_.string() + ".lock";
    const int descriptor = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) fail(file, "cannot create");
    auto lock = std::make_unique<Lock>(descriptor);
    if (flock(descriptor, LOCK_EX | LOCK_NB) == 0) return lock;
    if (errno != EWOULDBLOCK) fail(file, "cannot lock");
    return nullptr;
}

std::optional<std::string> RefreshTokenFile::load() const {
    if (is_missing(path_)) return std::nullopt;
    const std::string text = read_secret_text({path_, {}, {}}, "refresh token");
    boost::system::error_code error;
    const json::value value = json::parse(text, error);
    if (error || !value.is_object()) {
        throw std::runtime_error("not a file of ours: " + path_.string());
    }
    const json::object& object = value.get_object();
    const json::value* client = object.if_contains("client_id");
    const json::value* token = object.if_contains("refresh_token");
    if (client == nullptr || token == nullptr || !client->is_string() || !token->is_string()) {
        throw std::runtime_error("not a file of ours: " + path_.string());
    }
    if (client->get_string() != json::string_view{client_id_}) return std::nullopt;
    return std::string{token->get_string()};
}

void RefreshTokenFile::store(const std::string& token) const {
    const std::string text =
        json::serialize(json::object{{"client_id", client_id_}, {"refresh_token", token}});
    make_folder(path_.parent_path());
    const std::filesystem::path fresh = path_.string() + ".new";
    {
        const Descriptor file{
            open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600)};
        if (file.number() < 0) fail(fresh, "cannot create");
        if (fchmod(file.number(), 0600) != 0) fail(fresh, "cannot protect");
        write_all(file.number(), text, fresh);
        if (fsync(file.number()) != 0) fail(fresh, "cannot write");
    }
    if (rename(fresh.c_str(), path_.c_str()) != 0) fail(path_, "cannot replace");
    const Descriptor folder{open(path_.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (folder.number() < 0 || fsync(folder.number()) != 0)
        fail(path_.parent_path(), "cannot sync");
}

}  // namespace bellhop::daemon
