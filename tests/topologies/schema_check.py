"""Validates topologies against the JSON Schema: good files must pass, and those of the bad files
that break a rule which a schema can state must fail. What a schema cannot state (names that refer
to nothing, counts that exceed a group, YAML itself) is listed by name."""
import json
import pathlib
import sys

import jsonschema
import yaml

root = pathlib.Path(sys.argv[1])
schema = json.loads((root / "topologies/topology.schema.json").read_text())
validator = jsonschema.Draft202012Validator(schema)
validator.check_schema(schema)


class Loader(yaml.SafeLoader):
    """YAML 1.2's core schema for numbers; words such as `no` stay words."""


Loader.yaml_implicit_resolvers = {}
Loader.add_implicit_resolver("tag:yaml.org,2002:int", __import__("re").compile(r"^-?(0|[1-9][0-9]*)$"), list("-0123456789"))
Loader.add_implicit_resolver("tag:yaml.org,2002:float", __import__("re").compile(r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$"), list("-0123456789"))
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", __import__("re").compile(r"^(true|false)$"), list("tf"))
Loader.add_implicit_resolver("tag:yaml.org,2002:null", __import__("re").compile(r"^(~|null|Null|NULL|)$"), ["~", "n", "N", ""])

BEYOND_A_SCHEMA = {
    # Money and doubt: what numbers are beside one another.
    "input-doubt", "doubt-from-zero", "cost-in-two-currencies", "cost-of-what-cannot-fail",
    # What members missed; what a path makes of shards and queues.
    "copies-in-any", "copies-in-any-behind-queue", "queue-called-writes", "queue-drains-too-fast", "queue-in-reads",
    "queue-misplaced-in-writes", "queue-to-two-places", "queue-too-slow-on-average",
    "shards-leave-members-out", "shards-twice-of-writes", "stream-to-two-groups",
    "votes-of-a-witness",
    "missed-and-copied-without-destroying", "missed-and-votes", "missed-by-nobody",
    "missed-repair-alone", "missed-window-alone", "missed-with-leader",
    # Shards, votes and queues: what stands where in a path, and how many there are.
    "queue-as-member", "shards-beyond-number", "queue-before-shards", "queue-behind-queue", "queue-in-any",
    "queue-of-groups", "queue-too-slow", "queue-with-nothing-behind", "queue-without-workload",
    "queue-without-writes", "shards-and-a-stream", "shards-as-member",
    "shards-called-like-a-group", "shards-in-any", "shards-in-needs-any",
    "shards-too-many-copies", "shards-twice", "shards-without", "votes-broken",
    "votes-fewer-than-quorum", "votes-none", "votes-too-few",
    # Copies and streams: keys beside each other, who is in what.
    "quorum-backup-of-nothing", "quorum-destroyed-leaderless-network",
    "quorum-destroyed-too-many", "quorum-destroyed-without-recovery",
    "quorum-recovery-without-leader", "quorum-resync-without-data",
    "quorum-rolls-back-too-many", "quorum-witness-is-a-member", "quorum-witness-leaderless",
    "quorum-witness-of-one",
    "cache-as-member", "cache-of-groups", "cache-needed", "cache-without-reads", "cache-zero",
    "max-staleness-below-lag", "max-staleness-with-snapshots", "replication-nested",
    "replication-not-promoted-synchronous", "replication-not-promoted-without-failback",
    "cache-in-a-branch", "cache-of-all", "cache-twice", "cache-with-nothing-behind",
    "cache-without-workload",
    "multi-primary-of-one", "multi-primary-stream-with-lag", "raid-parity-too-many",
    "replication-max-lag-alone", "replication-min-replicas-too-many",
    "replication-not-promoted-stale", "replication-not-promoted-with-heartbeat",
    "max-staleness-without-reads", "stream-from-a-stranger", "stream-from-in-a-circle",
    "stream-from-itself", "stream-from-synchronous", "stream-from-unknown",
    "stream-from-with-bandwidth",
    "replication-acknowledged-by-too-many", "replication-backup-in-vain",
    "replication-bandwidth-without-size", "replication-degrade-when-asynchronous",
    "replication-every-missing", "replication-every-without-periodic",
    "replication-lag-when-synchronous", "replication-of-groups",
    "replication-one-member", "replication-resync-without-data",
    "replication-size-without-bandwidth", "replication-with-vrrp", "stream-lag-when-periodic",
    "stream-to-no-copy", "stream-to-unknown", "stream-twice",
    # Quorums: counts of members, times beside each other, who is in what.
    "quorum-below-majority", "quorum-heartbeat-too-slow", "quorum-in-a-group", "quorum-of-groups",
    "quorum-too-large", "quorum-window-too-wide", "quorum-needs-over-links",
    "quorum-election-never",
    # Hosts, and errors of requests.
    "errors-in-a-standby", "errors-of-a-profile", "errors-with-weights", "takeover-with-backup", "fails-on-demand-of-groups", "errors-without-redispatch",
    "errors-without-requests", "runs-on-a-switch", "runs-on-in-a-network", "runs-on-itself",
    "runs-on-nothing", "runs-on-one-host", "runs-on-unknown-scheduler", "runs-on-unknown",
    "runs-on-with-no-effect",
    # Scripted faults and sessions: names that must mean something.
    "fault-mode-and-effect", "fault-mutes-a-stream", "fault-of-a-client", "fault-of-a-group", "fault-of-nobody",
    "fault-unknown-mode", "fault-without-end", "session-length-without-sessions",
    "sessions-in-an-unknown-store", "sessions-in-themselves", "sessions-in-two-groups",
    "sessions-on-too-many-copies", "sessions-without-holder",
    "sessions-without-sessions-in-the-service",
    # Failover: relations between values, and between groups and modes.
    "automatic-without-otherwise", "backup-all", "backup-leaves-too-few", "backup-no-member",
    "failback-after-without-failback", "failback-manual-without-time",
    "failback-takes-without-failback", "fails-on-demand-without-failures",
    "fencing-without-heartbeat", "health-check-errs-always", "health-check-layer",
    "health-check-of-a-switch", "health-check-timeout-too-long", "heartbeat-in-active-active",
    "heartbeat-members-are-groups", "mute-where-nobody-listens", "otherwise-without-automatic",
    "quorum-without-heartbeat", "raid-with-health-checks", "redispatch-with-perfect-detection",
    "retries-without-redispatch", "skew-without-hash",
    "takeover-without-detection-in-active-active", "takeover-without-detection",
    "vrrp-in-active-active", "vrrp-priorities-missing", "vrrp-priorities-that-rise",
    "vrrp-priority-too-high", "vrrp-script-without-tracks", "vrrp-tracks-a-silent-mode",
    "vrrp-tracks-unknown-mode", "vrrp-two-active", "vrrp-two-of-one-priority",
    "vrrp-with-failback", "weighted-without-weights", "weights-too-few",
    "weights-without-weighted", "witness-is-a-client", "witness-is-a-member", "witness-unknown",
    # Names that refer to something, and relations between values.
    "active-too-large", "age-without-failures", "doubt-beyond-the-range", "client-as-member", "cyclic-like",
    "degraded-without-capacity", "empty-services", "unused-crew", "unused-group", "unused-client",
    "member-twice-through-a-group", "capacity-of-storage-that-is-only-needed",
    "needs-too-deep", "too-many-links", "volume-without-link-on-the-path",
    "device-without-link", "storage-that-nothing-needs", "member-without-link", "unknown-domain-set", "unknown-domain",
    "group-twice-in-branch", "service-without-through", "layout-of-nobody", "title-with-escape", "availability-never-repaired",
    "mixture-of-one", "argument-twice", "duplicate-by-range", "empirical-missing-file", "empty-workload",
    "from-a-node", "from-nobody", "group-twice", "member-twice", "need-above-active",
    "need-too-large", "pattern-without-match", "priority-without-effect", "two-standby-roles",
    "unknown-crew", "unknown-group", "unknown-member", "unknown-type", "zero-mean", "afr-of-all",
    # The inside of a name or a law.
    "bad-name", "bad-range", "comma-in-block", "empty-range", "erlang-fraction", "huge-range",
    "law-argument-unit", "law-arguments", "law-p95-below-median", "mixture-sum",
    "triangular-order", "uniform-backwards",
    # Networks, domains, chains, load and storage: what refers to what, and what fits together.
    "client-without-link", "component-in-a-chain", "degraded-switch", "destroys-data-degraded",
    "destroys-data-outside-raid", "disk-in-two-arrays", "domain-as-member", "domain-in-nobody",
    "domain-without-members", "domains-in-a-circle", "forwards-without-links", "group-in-itself",
    "group-named-as-a-member", "latency-without-workload", "link-as-member",
    "link-between-two-sets", "link-named-as-a-component", "link-set-of-empty-domain",
    "link-to-a-link", "link-to-itself", "link-to-nobody", "link-with-one-end",
    "link-with-three-ends", "maxconn-without-capacity", "member-group-twice",
    "needed-without-link", "needs-a-client", "needs-in-a-circle", "needs-nobody",
    "needs-of-two-meanings", "never-enough-capacity", "path-for-no-requests",
    "path-missing-for-writes", "profile-of-nothing", "profile-overlaps",
    "profile-overlaps-past-midnight", "profile-without-workload", "raid-level",
    "raid-of-disks-that-lose-nothing", "raid-of-groups", "raid-read-errors-without-size",
    "raid-too-few-disks", "serves-at-least-without-workload", "spread-over-nobody",
    "standby-inside-standby", "strike-in-no-mode", "strike-of-a-node", "strike-of-nobody",
    "through-without-effect", "unreached-group",
    # A type may leave out what its components give.
    "no-life", "no-repair", "two-lives",
}
NOT_YAML_FOR_PYTHON = {
    # Refused by the reader before any schema could see them.
    "alias-bomb", "binary", "deep", "duplicate-key", "not-utf8", "self-alias", "star-alias", "tab",
    "range-in-braces", "tag", "two-documents", "unclosed-brace",
}

wrong = []
good = 0
for path in sorted((root / "topologies/library").glob("*.yaml")):
    errors = [e.message for e in validator.iter_errors(yaml.load(path.read_text(), Loader))]
    good += 1
    if errors:
        wrong.append(f"{path.name} is good, the schema says: {errors[0][:200]}")
refused = 0
for path in sorted((root / "tests/topologies/bad").glob("*.yaml")):
    if path.stem in NOT_YAML_FOR_PYTHON:
        continue
    bad = not validator.is_valid(yaml.load(path.read_text(), Loader))
    if bad == (path.stem in BEYOND_A_SCHEMA):
        wrong.append(f"{path.name}: the schema {'refuses' if bad else 'accepts'} it")
    refused += bad
print(f"{good} good files accepted, {refused} bad files refused")
for line in wrong:
    print(line)
sys.exit(1 if wrong or good < 6 or refused < 30 else 0)
