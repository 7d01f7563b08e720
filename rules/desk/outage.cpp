#include "rules/desk/outage.hpp"

#include <set>
#include <string>

#include "parsers/header/address.hpp"

namespace bellhop::rules {
namespace {

bool is_end(const std::string& status) {
    return status == status::resolved || status == status::closed;
}

/// Finds what each child gets; remembers whom the answer has reached.
class Spreading {
public:
    Spreading(const Ticket& parent, const std::vector<Ticket>& children)
        : parent_(parent), children_(children) {
        reached_.insert(parsers::address_key(parent.requester.address));
    }

    void operator()(const ReplyOrder& order) {
        if (!order.requester_only) {
            reached_.insert(parent_.participants.begin(), parent_.participants.end());
        }
        const std::string status = is_end(order.status) ? order.status : std::string{};
        for (const Ticket& child : children_) {
            if (reaches(child)) {
                orders.push_back({child.id, ReplyOrder{order.text, status, true, {}, order.files}});
            } else if (!status.empty()) {
                end(child, status, {}, Telling::nobody);
            }
        }
    }

    void operator()(const StatusOrder& order) {
        if (!is_end(order.to)) return;
        for (const Ticket& child : children_) {
            end(child, order.to, order.reason,
                reaches(child) ? Telling::requester : Telling::nobody);
        }
    }

    template <class Other>
    void operator()(const Other& /*about the parent alone*/) {}

    std::vector<ChildOrder> orders = {};

private:
    /// True once for each requester.
    bool reaches(const Ticket& child) {
        return reached_.insert(parsers::address_key(child.requester.address)).second;
    }

    void end(const Ticket& child, const std::string& to, const std::string& reason, Telling tells) {
        StatusOrder order{to, reason, {}};
        order.tells = tells;
        orders.push_back({child.id, std::move(order)});
    }

    const Ticket& parent_;
    const std::vector<Ticket>& children_;
    std::set<std::string> reached_ = {};  // address keys
};

}  // namespace

std::vector<ChildOrder> orders_for_children(const DeskOrder& order,
                                            const Ticket& parent,
                                            const std::vector<Ticket>& children) {
    if (parent.restricted || children.empty()) return {};
    Spreading spreading{parent, children};
    std::visit(spreading, order);
    return std::move(spreading.orders);
}

}  // namespace bellhop::rules
