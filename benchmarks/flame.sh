#!/bin/sh
# Draws where the processor time of a server and its client goes: benchmarks/flame.sh [contender [load]]
# Kernel frames need root, or kernel.perf_event_paranoid at 1 and kernel.kptr_restrict at 0.
set -eu
cd "$(dirname "$0")/.."

mvn -q -B -ntp -Pbenchmarks package -pl benchmarks -am -DskipTests
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" \
    -cp "benchmarks/target/classes:$(cat benchmarks/target/class-path.txt)" io.rpcboot.benchmarks.profile.FlameGraphs \
    benchmarks/target "${1:-rpc}" "${2:-login:block:32}"
