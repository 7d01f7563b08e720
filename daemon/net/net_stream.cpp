#include "daemon/net/net_stream.hpp"

#include <algorithm>
#include <cerrno>

#include <boost/asio/deferred.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <unistd.h>

#include "daemon/net/connection_error.hpp"
#include "daemon/net/curl_failure.hpp"
#include "daemon/net/login_answer.hpp"
#include "daemon/net/server_url.hpp"
#include "parsers/protocol/imap_refusal.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/ensure.hpp"

namespace bellhop::daemon {
namespace asio = boost::asio;
namespace {

constexpr std::size_t read_buffer = 128 * 1024;  // bytes; a TLS record has 16 KiB, a socket more
constexpr std::size_t write_piece = 64 * 1024;  // bytes that must go within the patience of a write
constexpr std::size_t max_opening = 64 * 1024;  // bytes of greeting, capabilities and login
constexpr std::size_t turn =
    512 * 1024;  // bytes; what is always there would keep all others waiting

std::string last_line(const std::string& text) {
    const std::size_t end = text.find_last_not_of("\r\n");
    if (end == std::string::npos) return {};
    const std::size_t before = text.rfind('\n', end);
    const std::size_t begin = before == std::string::npos ? 0 : before + 1;
    return text.substr(begin, end + 1 - begin);
}

std::string_view next_word(std::string_view& text, std::string_view between) {
    text.remove_prefix(std::min(text.find_first_not_of(between), text.size()));
    const std::size_t end = std::min(text.find_first_of(between), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(end);
    return word;
}

bool is_clear_mechanism(std::string_view word) {
    return parsers::equal_ignoring_case(word, "PLAIN") ||
           parsers::equal_ignoring_case(word, "LOGIN");
}

/// Whether the server has offered SASL PLAIN or LOGIN: as the words "AUTH=PLAIN" (IMAP), or in a
/// line "250-AUTH PLAIN LOGIN" (SMTP). LOGIN-REFERRALS and LOGINDISABLED are other things.
bool offers_clear_mechanism(std::string_view opening) {
    constexpr std::string_view prefix = "AUTH=";
    while (!opening.empty()) {
        std::string_view line = next_word(opening, "\r\n");
        const bool smtp = line.size() > 4 && parsers::is_digit(line.front());
        std::string_view first = next_word(line, smtp ? " -" : " ");
        if (smtp) first = next_word(line, " -=");
        const bool lists = smtp && parsers::equal_ignoring_case(first, "AUTH");
        while (!line.empty()) {
            std::string_view word = next_word(line, " []");
            const bool named = word.size() > prefix.size() &&
                               parsers::equal_ignoring_case(word.substr(0, prefix.size()), prefix);
            if (named) word.remove_prefix(prefix.size());
            if ((lists || named) && is_clear_mechanism(word)) return true;
        }
    }
    return false;
}

ConnectionErrc kind_of(CURLcode code, const std::string& line) {
    if (code == CURLE_LOGIN_DENIED) {
        return asks_for_patience(line) ? ConnectionErrc::refused : ConnectionErrc::login_refused;
    }
    if (code != CURLE_WEIRD_SERVER_REPLY) return kind_of_failure(code);
    if (line.starts_with("* BYE")) return ConnectionErrc::bye;
    if (line.starts_with('4') || line.starts_with('5')) return ConnectionErrc::refused;
    return ConnectionErrc::not_protocol;
}

/// Whether `line` is a reply that refuses nothing: curl gave up before it tried to log in.
bool is_positive(const std::string& line) {
    return line.starts_with('2') || line.find(" OK") != std::string::npos;
}

/// Curl's text tells more than the server's last line, except where the server refused. It does not
/// always tell which server that is.
ConnectionError failure(CURLcode code,
                        const std::string& host,
                        const std::string& opening,
                        const char* curl_text) {
    const std::string line = last_line(opening);
    const ConnectionErrc kind = kind_of(code, line);
    if (kind == ConnectionErrc::login_refused && is_positive(line)) {
        return {kind, "the server offers no way to log in that is allowed and known here"};
    }
    const bool server_spoke = kind == ConnectionErrc::login_refused ||
                              kind == ConnectionErrc::refused || kind == ConnectionErrc::bye;
    if (server_spoke && !line.empty()) return {kind, line, wait_asked_in(line)};
    const std::string words = *curl_text != '\0' ? curl_text : curl_easy_strerror(code);
    return {kind, words.find(host) == std::string::npos ? host + ": " + words : words};
}

}  // namespace

NetStream::NetStream(CurlLoop& loop)
    : loop_(loop), descriptor_(loop.executor()), timer_(loop.executor()) {}

NetStream::~NetStream() {
    close();
}

asio::awaitable<void> NetStream::open(MailProtocol protocol,
                                      ConnectionSettings settings,
                                      std::string helo_name) {
    ensure(!is_open());
    opening_.clear();
    written_ = 0;
    unbroken_ = 0;
    if (settings.security == Security::none && !is_loopback(settings.host)) {
        throw ConnectionError(ConnectionErrc::unprotected, "no clear text to " + settings.host);
    }
    const std::string url = server_url(protocol, settings, helo_name);
    CURLcode code = co_await connect(protocol, settings, url, Mechanisms::clear);
    const bool other_mechanisms = code == CURLE_LOGIN_DENIED &&
                                  settings.authentication == Authentication::password &&
                                  !offers_clear_mechanism(opening_);
    // Seen in the wild: servers that know only the command LOGIN, or only CRAM-MD5.
    if (other_mechanisms) {
        close();
        code = co_await connect(protocol, settings, url, Mechanisms::any);
    }
    if (code != CURLE_OK) {
        const ConnectionError error = failure(code, settings.host, opening_, error_text_.data());
        close();
        throw error;
    }
    take_socket();
}

void NetStream::keep_login(std::string_view said, const TokenSource* tokens, AccessToken token) {
    opening_ += said;
    tokens_ = tokens;
    token_ = std::move(token);
}

bool NetStream::is_outdated() const {
    return is_open() && tokens_ != nullptr && tokens_->is_superseded(token_);
}

asio::awaitable<CURLcode> NetStream::connect(MailProtocol protocol,
                                             ConnectionSettings settings,
                                             std::string url,
                                             Mechanisms mechanisms) {
    opening_.clear();
    error_text_.assign(CURL_ERROR_SIZE, '\0');
    handle_.reset(curl_easy_init());
    configure(settings, url);
    configure_login(protocol, settings, mechanisms);
    std::chrono::milliseconds patience = settings.timeouts.connect;
    if (protocol == MailProtocol::smtp) patience += settings.timeouts.greeting;
    login_patience_ = settings.timeouts.login;
    const std::chrono::milliseconds all = patience + login_patience_;
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(all);
    curl_easy_setopt(handle_.get(), CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(all.count()));
    curl_easy_setopt(handle_.get(), CURLOPT_SERVER_RESPONSE_TIMEOUT,
                     static_cast<long>(seconds.count()));
    const CURLcode code = co_await loop_.perform(handle_.get(), patience);
    co_return code;
}

void NetStream::configure(const ConnectionSettings& settings, const std::string& url) {
    CURL* handle = handle_.get();
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "imap,imaps,smtp,smtps");
    curl_easy_setopt(handle, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(handle, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_QUICK_EXIT, 1L);  // or a slow resolver is waited for at close
    curl_easy_setopt(handle, CURLOPT_TCP_NODELAY, 1L);
    curl_easy_setopt(handle, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(handle, CURLOPT_BUFFERSIZE, static_cast<long>(read_buffer));
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &NetStream::on_header);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, error_text_.data());
    if (is_loopback(settings.host)) curl_easy_setopt(handle, CURLOPT_PROXY, "");

    // RFC 3207 section 6, RFC 9051 section 11.1: without STARTTLS no connection.
    const long use_ssl = settings.security == Security::starttls ? CURLUSESSL_ALL : CURLUSESSL_NONE;
    curl_easy_setopt(handle, CURLOPT_USE_SSL, use_ssl);
    verify_peer(handle, settings.ca_file, settings.ca_path);
    if (settings.client_certificate.empty()) return;
    std::string pem = settings.client_certificate;
    curl_blob blob{pem.data(), pem.size(), CURL_BLOB_COPY};
    curl_easy_setopt(handle, CURLOPT_SSLCERT_BLOB, &blob);
    curl_easy_setopt(handle, CURLOPT_SSLKEY_BLOB, &blob);
}

/// With a password. With a token BearerLogin does it.
void NetStream::configure_login(MailProtocol protocol,
                                const ConnectionSettings& settings,
                                Mechanisms mechanisms) {
    CURL* handle = handle_.get();
    if (settings.authentication != Authentication::password) return;
    curl_easy_setopt(handle, CURLOPT_USERNAME, settings.user.c_str());
    curl_easy_setopt(handle, CURLOPT_PASSWORD, settings.password.c_str());
    // RFC 4954 section 4 lets every SMTP server take an initial response; an IMAP server must offer
    // it (RFC 4959).
    if (protocol == MailProtocol::smtp) curl_easy_setopt(handle, CURLOPT_SASL_IR, 1L);
    // Left to itself curl prefers Kerberos and NTLM, which no mail account of a desk has.
    if (mechanisms == Mechanisms::any) return;
    curl_easy_setopt(handle, CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN");
}

std::size_t NetStream::on_header(char* bytes, std::size_t size, std::size_t count, void* self) {
    auto& stream = *static_cast<NetStream*>(self);
    if (stream.opening_.size() + size * count > max_opening) return 0;
    const bool is_first_word = stream.opening_.empty();
    if (is_first_word) stream.loop_.be_patient(stream.handle_.get(), stream.login_patience_);
    stream.opening_.append(bytes, size * count);
    return size * count;
}

void NetStream::take_socket() {
    curl_socket_t socket = CURL_SOCKET_BAD;
    curl_easy_getinfo(handle_.get(), CURLINFO_ACTIVESOCKET, &socket);
    const int duplicate = socket == CURL_SOCKET_BAD ? -1 : ::dup(socket);
    if (duplicate < 0) {
        close();
        throw ConnectionError(ConnectionErrc::lost, "no socket");
    }
    descriptor_.assign(duplicate);
    buffer_.resize(read_buffer);
}

/// Bytes received into the buffer; 0: none are there yet.
std::size_t NetStream::receive() {
    if (!handle_) throw ConnectionError(ConnectionErrc::lost, "closed");
    std::size_t count = 0;
    const CURLcode code = curl_easy_recv(handle_.get(), buffer_.data(), buffer_.size(), &count);
    if (code == CURLE_AGAIN) return 0;
    if (code != CURLE_OK) throw ConnectionError(ConnectionErrc::lost, curl_easy_strerror(code));
    if (count == 0) throw ConnectionError(ConnectionErrc::lost, "closed by the server");
    return count;
}

asio::awaitable<std::optional<std::string_view>> NetStream::read_or_wake(Deadline deadline) {
    if (unbroken_ > turn) co_await give_way();
    for (;;) {
        // First curl's buffers, then the socket: TLS may hold what the socket does not show any
        // more.
        const std::size_t count = receive();
        if (count > 0) {
            unbroken_ += count;
            co_return std::string_view{buffer_.data(), count};
        }
        const Wait end = co_await wait(asio::posix::stream_descriptor::wait_read, deadline);
        if (end != Wait::ready) co_return std::nullopt;
    }
}

asio::awaitable<std::string_view> NetStream::read(Deadline deadline) {
    for (;;) {
        const std::optional<std::string_view> bytes = co_await read_or_wake(deadline);
        if (bytes) co_return *bytes;
        if (std::chrono::steady_clock::now() >= deadline) {
            throw ConnectionError(ConnectionErrc::timed_out, "the server is silent");
        }
    }
}

void NetStream::interrupt() {
    timer_.cancel();
}

asio::awaitable<void> NetStream::write(std::string bytes, std::chrono::milliseconds patience) {
    std::size_t position = 0;
    Deadline deadline = deadline_in(patience);
    while (position < bytes.size()) {
        if (unbroken_ > turn) co_await give_way();
        const std::size_t count = send(std::string_view{bytes}.substr(position));
        position += count;
        if (count > 0) {
            deadline = deadline_in(patience);
            continue;
        }
        const Wait end = co_await wait(asio::posix::stream_descriptor::wait_write, deadline);
        if (end == Wait::timed_out) {
            throw ConnectionError(ConnectionErrc::timed_out, "the server does not read");
        }
    }
}

asio::awaitable<std::optional<std::string_view>> NetStream::write_unless_spoken_to(
    std::string bytes, std::chrono::milliseconds patience) {
    if (unbroken_ > turn) co_await give_way();
    const Deadline deadline = deadline_in(patience);
    for (;;) {
        const std::size_t heard = receive();
        if (heard > 0) co_return std::string_view{buffer_.data(), heard};
        const std::size_t count = send(bytes);
        if (count > 0) {
            bytes.erase(0, count);
            co_await write(std::move(bytes), patience);
            co_return std::nullopt;
        }
        const Wait end = co_await wait(asio::posix::stream_descriptor::wait_write, deadline);
        if (end == Wait::timed_out) {
            throw ConnectionError(ConnectionErrc::timed_out, "the server does not read");
        }
    }
}

/// How many of the first bytes the network has taken; 0: none yet. Then the same bytes are to be
/// offered again: OpenSSL wants them from the same place.
std::size_t NetStream::send(std::string_view bytes) {
    if (!handle_) throw ConnectionError(ConnectionErrc::lost, "closed");
    std::size_t count = 0;
    const CURLcode code =
        curl_easy_send(handle_.get(), bytes.data(), std::min(write_piece, bytes.size()), &count);
    if (code != CURLE_OK && code != CURLE_AGAIN) {
        throw ConnectionError(ConnectionErrc::lost, curl_easy_strerror(code));
    }
    written_ += count;
    unbroken_ += count;
    return count;
}

void NetStream::write_at_once(std::string_view bytes) {
    if (!is_open()) return;
    std::size_t count = 0;
    // Best effort: the connection is closed next, whatever comes of it.
    static_cast<void>(curl_easy_send(handle_.get(), bytes.data(), bytes.size(), &count));
}

void NetStream::close() {
    boost::system::error_code ignored;  // of a duplicate that nobody uses any more
    descriptor_.close(ignored);
    if (handle_) loop_.remove(handle_.get());
    handle_.reset();
    buffer_ = {};
    tokens_ = nullptr;
    token_ = {};
}

asio::awaitable<NetStream::Wait> NetStream::wait(asio::posix::stream_descriptor::wait_type type,
                                                 Deadline deadline) {
    unbroken_ = 0;
    timer_.expires_at(deadline);
    auto race = asio::experimental::make_parallel_group(
        descriptor_.async_wait(type, asio::deferred), timer_.async_wait(asio::deferred));
    // Not operator||: it would sit out the deadline when the socket fails.
    const auto result = co_await std::move(race).async_wait(asio::experimental::wait_for_one(),
                                                            asio::use_awaitable);
    const auto& [order, socket_error, timer_error] = result;
    const asio::cancellation_state cancellation = co_await asio::this_coro::cancellation_state;
    if (cancellation.cancelled() != asio::cancellation_type::none) {
        throw boost::system::system_error(asio::error::operation_aborted);
    }
    if (order[0] == 0) {
        if (socket_error) throw ConnectionError(ConnectionErrc::lost, socket_error.message());
        co_return Wait::ready;
    }
    co_return timer_error ? Wait::woken : Wait::timed_out;
}

asio::awaitable<void> NetStream::give_way() {
    unbroken_ = 0;
    co_await asio::post(loop_.executor(), asio::use_awaitable);
}

}  // namespace bellhop::daemon
