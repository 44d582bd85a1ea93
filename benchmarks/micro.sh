#!/bin/sh
# The micro-benchmarks, with the bytes each operation allocates: benchmarks/micro.sh [pattern and options of JMH]
set -eu
cd "$(dirname "$0")/.."

mvn -q -B -ntp -Pbenchmarks package -pl benchmarks -am -DskipTests
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" \
    -cp "benchmarks/target/classes:$(cat benchmarks/target/class-path.txt)" org.openjdk.jmh.Main -prof gc "$@"
