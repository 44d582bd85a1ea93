#!/bin/sh
# The catalogue of faults, or the cases with the ids given: fault-tests/run.sh D3,E*
# Installs what the cases with packet loss need where it can; without, they are skipped.
set -eu
cd "$(dirname "$0")/.."

missing=
command -v ip >/dev/null || missing="$missing iproute2"
command -v iptables >/dev/null || missing="$missing iptables"
if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        # shellcheck disable=SC2086
        apt-get install -y $missing || { apt-get update && apt-get install -y $missing; } \
            || echo "could not install$missing: cases with packet loss will be skipped" >&2
    else
        echo "not there:$missing; cases with packet loss will be skipped" >&2
    fi
fi

ids=${1:-}
exec mvn -B -ntp -Pfaults verify -pl fault-tests -am -DskipTests ${ids:+"-Dfaults=$ids"}
