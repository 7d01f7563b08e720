// Notices that somebody has changed the configuration.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

namespace bellhop::daemon {

/// Watches the files of a configuration folder, of its templates/ and of further folders
/// (inotify(7)).
class FolderWatch {
public:
    /// `context` outlives this object. Throws std::system_error where nothing can be watched.
    FolderWatch(boost::asio::io_context& context, const std::filesystem::path& folder);

    /// From now on watches the folders of these files too, and those that they are links into.
    /// What cannot be watched counts after SIGHUP.
    void add(const std::vector<std::string>& files);

    /// Calls `changed` once the folder has been quiet for half a second after a change: an editor
    /// writes in several steps, and a copied folder comes file by file. Until stop().
    boost::asio::awaitable<void> run(std::function<void()> changed);

    void stop();

private:
    bool read_events();

    boost::asio::posix::stream_descriptor descriptor_;
    boost::asio::steady_timer quiet_;
    bool stopping_ = false;
};

/// Whether a file of that name belongs to a configuration: "rules.toml", not ".rules.toml.swp".
bool is_configuration_file(const std::string& name);

}  // namespace bellhop::daemon
