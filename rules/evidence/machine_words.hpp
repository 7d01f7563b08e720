// The words of machines' mails: for rules/evidence/machine_report.cpp alone.
#pragma once

#include <string_view>
#include <utility>

namespace bellhop::rules::machine_words {

/// Names of fields whose value is a state.
inline constexpr std::string_view state_keys[] = {
    "state",        "status",        "current state", "current status",    "result",
    "final status", "alert status",  "device status", "monitor condition", "notification type",
    "condition",    "health status", "job status",    "backup status",     "connection status"};

/// Names of fields whose value says how grave it is.
inline constexpr std::string_view severity_keys[] = {
    "severity",       "alert severity", "how severe it is", "informational/severe",
    "event severity", "level",          "alert level",      "sev",
    "priority",       "urgency"};

/// Names of fields whose value tells what happened.
inline constexpr std::string_view event_keys[] = {
    "event",  "event type", "message",       "last message", "error",       "info",
    "detail", "details",    "what happened", "alert",        "description", "problem name",
    "title",  "reason",     "summary",       "msg",          "logdesc",     "additional info"};

/// Names of fields that a person's form hardly has, though it may have some.
inline constexpr std::string_view other_keys[] = {"host",
                                                  "hostname",
                                                  "host name",
                                                  "device",
                                                  "device name",
                                                  "site",
                                                  "node",
                                                  "server",
                                                  "server name",
                                                  "agent",
                                                  "sensor",
                                                  "sensor type",
                                                  "monitor",
                                                  "service",
                                                  "serial",
                                                  "serial num",
                                                  "serial number",
                                                  "model",
                                                  "machine",
                                                  "printer",
                                                  "nas name",
                                                  "nvr name",
                                                  "ilo name",
                                                  "computer",
                                                  "ups",
                                                  "controller",
                                                  "probe",
                                                  "object",
                                                  "backup job",
                                                  "backup task",
                                                  "backup target",
                                                  "job",
                                                  "job name",
                                                  "volume",
                                                  "drive",
                                                  "interface",
                                                  "mac address",
                                                  "ip",
                                                  "ip address",
                                                  "address",
                                                  "firmware",
                                                  "log name",
                                                  "source",
                                                  "event id",
                                                  "code",
                                                  "error code",
                                                  "url",
                                                  "threshold",
                                                  "reading",
                                                  "value",
                                                  "duration",
                                                  "start time",
                                                  "end time",
                                                  "last up",
                                                  "last down",
                                                  "last seen",
                                                  "last check",
                                                  "last contact",
                                                  "last scan",
                                                  "uptime",
                                                  "downtime",
                                                  "coverage",
                                                  "interval",
                                                  "time",
                                                  "date",
                                                  "date/time",
                                                  "event time",
                                                  "event timestamp",
                                                  "timestamp",
                                                  "triggered",
                                                  "problem started",
                                                  "alert id",
                                                  "original problem id",
                                                  "rule",
                                                  "rule id",
                                                  "metric",
                                                  "success",
                                                  "failed",
                                                  "errors",
                                                  "warnings",
                                                  "warning",
                                                  "service tag",
                                                  "affected resource",
                                                  "app name",
                                                  "operational data",
                                                  "hdd no.",
                                                  "supply",
                                                  "count",
                                                  "threat",
                                                  "library",
                                                  "action",
                                                  "action taken",
                                                  "captured at",
                                                  "matched",
                                                  "devname",
                                                  "devid",
                                                  "type",
                                                  "subtype",
                                                  "user impact",
                                                  "issue type",
                                                  "alarm raised",
                                                  "alarm cleared",
                                                  "common name",
                                                  "issuer",
                                                  "not after",
                                                  "expires",
                                                  "days left",
                                                  "group",
                                                  "queues affected",
                                                  "jobs held",
                                                  "clients affected",
                                                  "problem duration",
                                                  "data read",
                                                  "next run",
                                                  "location"};

/// That something is wrong.
inline constexpr std::string_view ill[] = {
    "problem",     "down",        "critical",     "crit",      "warning",      "warn",
    "failed",      "failure",     "failures",     "fail",      "failing",      "error",
    "errors",      "degraded",    "degradation",  "offline",   "unreachable",  "disconnected",
    "alarm",       "firing",      "fired",        "triggered", "expired",      "expires",
    "expiring",    "unavailable", "fault",        "faulted",   "faulty",       "lost",
    "jam",         "overheating", "exceeded",     "exceeds",   "empty",        "full",
    "missed",      "overdue",     "stopped",      "unhealthy", "corrupt",      "corrupted",
    "compromised", "leaked",      "suspicious",   "violation", "depleted",     "unable",
    "cannot",      "mismatch",    "interruption", "incident",  "unreadable",   "emergency",
    "severe",      "low",         "replacement",  "outage",    "inaccessible", "disaster",
    "threat",      "malware",     "ransomware",   "intrusion", "attack",       "corruption",
    "expire",      "exception",   "exceptions",   "skipped",   "warnings"};

/// That something is wrong, in two words.
inline constexpr std::pair<std::string_view, std::string_view> ill_pairs[] = {
    {"on", "battery"},       {"timed", "out"},         {"no", "response"},
    {"not", "responding"},   {"service", "call"},      {"call", "service"},
    {"turned", "down"},      {"running", "out"},       {"needs", "attention"},
    {"needs", "service"},    {"not", "found"},         {"not", "reachable"},
    {"not", "accessible"},   {"no", "contact"},        {"end", "soon"},
    {"could", "not"},        {"did", "not"},           {"action", "required"},
    {"cleanup", "required"}, {"attention", "required"}};

/// That all is well.
inline constexpr std::string_view well[] = {
    "ok",       "online",   "success", "successful",   "successfully", "passed",    "completed",
    "complete", "finished", "normal",  "healthy",      "running",      "connected", "succeeded",
    "renewed",  "up",       "good",    "synchronised", "synchronized"};

/// That all is well again: says more than a word of what was wrong.
inline constexpr std::string_view well_again[] = {
    "recovered",  "recovery", "resolved", "restored", "cleared",   "closed", "reconnected",
    "remediated", "repaired", "fixed",    "cleaned",  "mitigated", "back"};

/// From here on a text tells what would be.
inline constexpr std::string_view beside_the_matter[] = {"once", "until", "if", "when", "unless"};

/// What a person writes of himself, also in a form.
inline constexpr std::string_view personal[] = {
    "i", "i'm", "i've", "i'd", "my", "me", "hi", "hello", "morning", "thanks", "cheers", "form"};

/// Words of subjects that nobody writes to a help desk who is not a machine, or hardly.
inline constexpr std::string_view announcements[] = {"alert",        "alerts", "alarm",
                                                     "notification", "event",  "status"};

/// What the parts of senders' names begin with; short ones are the whole part.
inline constexpr std::string_view senders[] = {
    "alert",    "noreply",  "no-reply",    "donotreply", "monitor", "backup", "ups",    "nas",
    "nvr",      "printer",  "copier",      "mfd",        "mfp",     "notif",  "nagios", "zabbix",
    "prtg",     "icinga",   "librenms",    "checkmk",    "cmk",     "veeam",  "unifi",  "meraki",
    "synology", "qnap",     "papercut",    "idrac",      "ilo",     "root",   "daemon", "syslog",
    "snmp",     "firewall", "fortigate",   "sonicwall",  "sophos",  "eset",   "probe",  "bot",
    "system",   "scanner",  "diskstation", "truenas",    "proxmox", "pve",    "jamf"};

/// What stands below the mails of machines.
inline constexpr std::string_view footers[] = {"automatically generated",
                                               "automated message",
                                               "automatic message",
                                               "generated by",
                                               "send-only",
                                               "sent from a device",
                                               "do not reply",
                                               "dear user,",
                                               "please do not answer",
                                               "this is an automatic"};

}  // namespace bellhop::rules::machine_words
