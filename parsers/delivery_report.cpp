#include "parsers/delivery_report.hpp"
namespace bellhop::parsers {
std::optional<DeliveryReport> read_delivery_report(const Message&, const std::vector<ReportPart>&) {
    return {};
}
}  // namespace bellhop::parsers
