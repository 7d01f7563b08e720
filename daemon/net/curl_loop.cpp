#include "daemon/net/curl_loop.hpp"

#include <stdexcept>
#include <tuple>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace bellhop::daemon {
namespace asio = boost::asio;

/// A perform() under way. Its timer is both the deadline and, cancelled, the sign that the result
/// is there.
struct CurlLoop::Transfer {
    Transfer(CurlLoop& owner, CURL* transfer_handle, std::chrono::milliseconds patience)
        : loop(owner), handle(transfer_handle), done(owner.executor_, patience) {
        loop.transfers_[handle] = this;
    }
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;
    ~Transfer() { loop.transfers_.erase(handle); }

    CurlLoop& loop;
    CURL* handle;
    asio::steady_timer done;
    CURLcode result = CURLE_OK;
    bool finished = false;
    bool prolonged = false;
};

CurlLoop::CurlLoop(asio::any_io_executor executor) : executor_(executor), timer_(executor) {
    static const CURLcode global = curl_global_init(CURL_GLOBAL_DEFAULT);
    multi_ = curl_multi_init();
    if (global != CURLE_OK || multi_ == nullptr) throw std::runtime_error("libcurl cannot start");
    curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &CurlLoop::on_socket);
    curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &CurlLoop::on_timer);
    curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
}

CurlLoop::~CurlLoop() {
    curl_multi_cleanup(multi_);
    // The sockets are curl's: Asio must not close them a second time.
    for (auto& [socket, watch] : watches_) watch->descriptor.release();
}

asio::awaitable<CURLcode> CurlLoop::perform(CURL* handle, std::chrono::milliseconds patience) {
    Transfer transfer{*this, handle, patience};
    if (curl_multi_add_handle(multi_, handle) != CURLM_OK) co_return CURLE_FAILED_INIT;
    std::tuple<boost::system::error_code> outcome;
    do {
        transfer.prolonged = false;
        outcome = co_await transfer.done.async_wait(asio::as_tuple(asio::use_awaitable));
    } while (transfer.prolonged && !transfer.finished);
    if (transfer.finished) co_return transfer.result;
    remove(handle);
    if (const auto& [error] = outcome; error) throw boost::system::system_error(error);
    co_return CURLE_OPERATION_TIMEDOUT;
}

void CurlLoop::be_patient(CURL* handle, std::chrono::milliseconds patience) {
    const auto found = transfers_.find(handle);
    if (found == transfers_.end()) return;
    found->second->prolonged = true;
    found->second->done.expires_after(patience);  // ends the wait; the next one is for as long
}

void CurlLoop::remove(CURL* handle) {
    curl_multi_remove_handle(multi_, handle);
}

int CurlLoop::on_socket(CURL*, curl_socket_t socket, int what, void* self, void*) {
    auto& loop = *static_cast<CurlLoop*>(self);
    if (what == CURL_POLL_REMOVE) {
        loop.forget(socket);
    } else {
        loop.watch(socket, what);
    }
    return 0;
}

int CurlLoop::on_timer(CURLM*, long timeout_ms, void* self) {
    auto& loop = *static_cast<CurlLoop*>(self);
    loop.timer_.cancel();
    if (timeout_ms < 0) return 0;
    loop.timer_.expires_after(std::chrono::milliseconds{timeout_ms});
    loop.timer_.async_wait([&loop](boost::system::error_code error) {
        if (!error) loop.act(CURL_SOCKET_TIMEOUT, 0);
    });
    return 0;
}

void CurlLoop::watch(curl_socket_t socket, int what) {
    std::unique_ptr<Watch>& watch = watches_[socket];
    if (!watch) {
        watch = std::make_unique<Watch>(executor_);
        watch->id = ++last_watch_id_;
        // Also the resolver's socket pair comes here, which curl opened by itself.
        watch->descriptor.assign(socket);
    }
    watch->wanted = what;
    wait(socket, *watch);
}

void CurlLoop::forget(curl_socket_t socket) {
    const auto found = watches_.find(socket);
    if (found == watches_.end()) return;
    found->second->descriptor.release();
    watches_.erase(found);
}

void CurlLoop::wait(curl_socket_t socket, Watch& watch) {
    using Descriptor = asio::posix::stream_descriptor;
    const auto begin = [&](Descriptor::wait_type type, int event) {
        watch.descriptor.async_wait(
            type, [this, socket, id = watch.id, event](boost::system::error_code error) {
                if (!error) ready(socket, id, event);
            });
    };
    if ((watch.wanted & CURL_POLL_IN) != 0 && !watch.reading) {
        watch.reading = true;
        begin(Descriptor::wait_read, CURL_CSELECT_IN);
    }
    if ((watch.wanted & CURL_POLL_OUT) != 0 && !watch.writing) {
        watch.writing = true;
        begin(Descriptor::wait_write, CURL_CSELECT_OUT);
    }
}

void CurlLoop::ready(curl_socket_t socket, std::uint64_t id, int event) {
    const auto found = watches_.find(socket);
    if (found == watches_.end() || found->second->id != id) return;
    Watch& watch = *found->second;
    const bool read = event == CURL_CSELECT_IN;
    (read ? watch.reading : watch.writing) = false;
    if ((watch.wanted & (read ? CURL_POLL_IN : CURL_POLL_OUT)) == 0) return;
    act(socket, event);
    const auto still = watches_.find(socket);
    if (still != watches_.end() && still->second->id == id) wait(socket, *still->second);
}

void CurlLoop::act(curl_socket_t socket, int event) {
    int running = 0;
    curl_multi_socket_action(multi_, socket, event, &running);
    collect();
}

void CurlLoop::collect() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        const auto found = transfers_.find(message->easy_handle);
        if (found == transfers_.end()) continue;
        found->second->result = message->data.result;
        found->second->finished = true;
        found->second->done.cancel();
    }
}

}  // namespace bellhop::daemon
