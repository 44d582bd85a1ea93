#!/bin/sh
# Builds what is stale, then starts the demo. "./demo.sh --help" names the options.
set -eu
cd "$(dirname "$0")"

fail() {
    echo "demo: $1" >&2
    exit 1
}

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command -v "$java" >/dev/null || fail "no $java (expected: a JDK, 17 or newer, on the PATH or in JAVA_HOME)"
version=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
[ "${version:-0}" -ge 17 ] || fail "$java is version ${version:-unknown} (expected: 17 or newer)"

modules=demo-user-service,demo-friend-client,demo-launcher
built=demo-launcher/target/demo-built

stale() {
    [ -f "$built" ] || return 0
    for jar in demo-user-service/target/demo-user-service-exec.jar \
        demo-friend-client/target/demo-friend-client-exec.jar \
        demo-launcher/target/demo-launcher.jar demo-launcher/target/demo-launcher-agent.jar; do
        [ -f "$jar" ] || return 0
    done
    [ -n "$(find pom.xml ./*/pom.xml ./*/src/main -newer "$built" | head -n 1)" ]
}

if stale; then
    command -v mvn >/dev/null || fail "no mvn (expected: Maven, 3.8 or newer, on the PATH)"
    echo "Building $modules and what they need; the first time this takes some minutes."
    begin=$(mktemp)
    trap 'rm -f "$begin"' EXIT
    # noreset: Maven would leave colour codes at the beginning of the next line.
    MAVEN_OPTS="${MAVEN_OPTS:-} -Djansi.noreset=true" mvn -q -B -ntp -DskipTests package -pl "$modules" -am || fail "the build failed"
    # The time before the build counts: what was edited during it is stale again.
    touch -r "$begin" "$built"
    rm -f "$begin"
    trap - EXIT
fi

exec "$java" -jar demo-launcher/target/demo-launcher.jar "$@"
