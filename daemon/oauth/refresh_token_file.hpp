// What a person who logged in has lent: a refresh token, in a file that only the gateway may read.
//
// Providers rotate them: with each access token comes a new refresh token, and the old one may
// count no more. So a new one is on the disk before what came with it is used.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "daemon/desk/oauth_settings.hpp"

namespace bellhop::daemon {

class RefreshTokenFile {
public:
    /// Held from loading a token until what it was exchanged for is stored: a token that is shown
    /// twice may end the whole login. Of another process's no sign is left when that ends.
    class Lock {
    public:
        explicit Lock(int descriptor) : descriptor_(descriptor) {}
        ~Lock();
        Lock(const Lock&) = delete;
        Lock& operator=(const Lock&) = delete;

    private:
        int descriptor_;
    };

    /// Of the account `user` at the application. `state`: the folder of the database; the file
    /// stands below it, in "oauth". Its name tells application and account; what it holds is bound
    /// to the application's client id, so that another application's token is never sent to it.
    RefreshTokenFile(const std::filesystem::path& state,
                     const OauthSettings& application,
                     const std::string& user);

    const std::filesystem::path& path() const { return path_; }

    /// Null where another process, or another holder in this one, has it. Throws std::system_error.
    std::unique_ptr<Lock> try_lock() const;

    /// nullopt where nobody has logged in, or for another application. Throws std::runtime_error
    /// where the file cannot be read, or others may.
    std::optional<std::string> load() const;

    /// Durable when it returns, and only the owner may read it; there is never half a file. Throws
    /// std::system_error, and the old one is still there.
    void store(const std::string& token) const;

private:
    std::filesystem::path path_;
    std::string client_id_;
};

}  // namespace bellhop::daemon
