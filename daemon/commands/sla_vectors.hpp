// SLA computations as JSON: calendars and questions in, due instants and timers out.
//
// The format serves `sla run`: test vectors, and "what if" about a calendar that is not in force
// yet.
#pragma once

#include <iosfwd>
#include <string_view>

namespace bellhop::daemon {

enum class VectorsOutcome { all_computed, some_refused, not_readable };

/// Computes each vector of `document` and writes one JSON object a line to `results`, in order:
/// {"id": ..., "result": {...}}; {"id": ..., "error": "..."} for one that makes no sense, with a
/// line to `complaints`. A document that is no JSON of this form gives complaints only.
VectorsOutcome run_sla_vectors(std::string_view document,
                               std::ostream& results,
                               std::ostream& complaints);

}  // namespace bellhop::daemon
