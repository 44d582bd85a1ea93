#!/bin/sh
# Measures how costs grow: benchmarks/growth.sh [payload] [in-flight] [connections] [endpoints] [services]
# Needs Linux for the endpoints, and some 10,000 open files for the connections (ulimit -n).
set -eu
cd "$(dirname "$0")/.."

mvn -q -B -ntp -Pbenchmarks package -pl benchmarks -am -DskipTests
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Djava.awt.headless=true \
    -cp "benchmarks/target/classes:$(cat benchmarks/target/class-path.txt)" io.rpcboot.benchmarks.growth.Growth \
    benchmarks/target "$@"
