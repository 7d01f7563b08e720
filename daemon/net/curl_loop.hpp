// libcurl's multi interface on the Asio loop: transfers that never block it.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <curl/curl.h>

namespace bellhop::daemon {

/// One multi handle. Belongs to the thread of its executor.
///
/// Lives longer than every transfer, and longer than the loop runs: its callbacks may still be
/// queued.
class CurlLoop {
public:
    explicit CurlLoop(boost::asio::any_io_executor executor);
    CurlLoop(const CurlLoop&) = delete;
    CurlLoop& operator=(const CurlLoop&) = delete;
    ~CurlLoop();

    boost::asio::any_io_executor executor() const { return executor_; }

    /// Runs the transfer until it is complete, or for `patience` (CURLE_OPERATION_TIMEDOUT then).
    /// The handle stays in the multi: a CONNECT_ONLY connection lives only as long as it does. Call
    /// remove() when done with it.
    ///
    /// Throws boost::system::system_error: operation_aborted when cancelled; the handle is removed
    /// then.
    boost::asio::awaitable<CURLcode> perform(CURL* handle, std::chrono::milliseconds patience);

    /// Begins the patience with a transfer anew, as from a callback of it. Nothing where perform()
    /// does not run it.
    void be_patient(CURL* handle, std::chrono::milliseconds patience);

    /// Takes the handle out, which closes its CONNECT_ONLY connection without a word. Idempotent.
    void remove(CURL* handle);

private:
    /// A socket that curl wants to be told about.
    struct Watch {
        explicit Watch(boost::asio::any_io_executor executor) : descriptor(executor) {}

        boost::asio::posix::stream_descriptor descriptor;
        std::uint64_t id = 0;  // sockets are numbered again; watches are not
        int wanted = CURL_POLL_NONE;
        bool reading = false;  // a wait is under way
        bool writing = false;
    };
    struct Transfer;

    static int on_socket(CURL* handle, curl_socket_t socket, int what, void* self, void* unused);
    static int on_timer(CURLM* multi, long timeout_ms, void* self);

    void watch(curl_socket_t socket, int what);
    void forget(curl_socket_t socket);
    void wait(curl_socket_t socket, Watch& watch);
    void ready(curl_socket_t socket, std::uint64_t id, int event);
    void act(curl_socket_t socket, int event);
    void collect();

    boost::asio::any_io_executor executor_;
    boost::asio::steady_timer timer_;
    std::map<curl_socket_t, std::unique_ptr<Watch>> watches_;
    std::uint64_t last_watch_id_ = 0;
    std::map<CURL*, Transfer*> transfers_;  // those in perform(); they live in its frame
    CURLM* multi_ = nullptr;
};

}  // namespace bellhop::daemon
