#!/bin/sh
# Measures this framework beside its peers: benchmarks/run.sh [--quick] [--only contender,...] [--loads load,...]
# Give it a machine that does nothing else. JDK 17 or later runs it; a JDK 25, found as JDK25 or in the usual places, runs what needs virtual threads.
set -eu
cd "$(dirname "$0")/.."

jdk25() {
    for home in "${JDK25:-}" "${JAVA_HOME_25:-}" /usr/lib/jvm/*25* /opt/*jdk*25* "${HOME:-}"/.sdkman/candidates/java/25*; do
        if [ -n "$home" ] && [ -x "$home/bin/java" ] && [ -f "$home/release" ]; then
            echo "$home"
            return
        fi
    done
}

mvn -q -B -ntp -Pbenchmarks package -pl benchmarks -am -DskipTests
home=$(jdk25)
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Djava.awt.headless=true \
    -cp "benchmarks/target/classes:$(cat benchmarks/target/class-path.txt)" io.rpcboot.benchmarks.Benchmarks \
    ${home:+--jdk25 "$home"} "$@"
