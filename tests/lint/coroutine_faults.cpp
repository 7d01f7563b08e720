// What g++ 12 miscompiles around co_await, and the same written right: for
// check_coroutines_test.py. Not part of any program.
#include <string>

#include <boost/asio/awaitable.hpp>

namespace asio = boost::asio;

namespace {

struct Pair {
    std::string text;
    int number;
};

asio::awaitable<int> number_of(Pair pair) {
    co_return pair.number;
}
asio::awaitable<int> length_of(std::string text) {
    co_return static_cast<int>(text.size());
}
template <class Function>
asio::awaitable<int> result_of(Function function) {
    co_return function();
}

}  // namespace

asio::awaitable<int> aggregate(std::string text) {
    co_return co_await number_of(Pair{text, 1});  // fault
}
asio::awaitable<int> braces(std::string text) {
    co_return co_await number_of({text, 1});  // fault
}
asio::awaitable<int> capture(std::string text) {
    co_return co_await result_of([text] { return 1; });  // fault
}
asio::awaitable<int> choice(bool first, std::string text) {
    co_return co_await length_of(first ? text : std::string{"other"});  // fault
}
asio::awaitable<Pair> member(std::string text) {
    co_return Pair{text, co_await length_of(text)};  // fault
}

asio::awaitable<int> named_aggregate(std::string text) {
    Pair pair{text, 1};
    co_return co_await number_of(std::move(pair));
}
asio::awaitable<int> named_capture(std::string text) {
    auto one = [text] { return 1; };
    co_return co_await result_of(std::move(one));
}
asio::awaitable<int> capture_of_a_reference(std::string& text) {
    co_return co_await result_of([&text] { return static_cast<int>(text.size()); });
}
asio::awaitable<int> scalar_choice(bool first) {
    co_return (first ? 1 : 2) + co_await length_of(std::string("text"));
}
