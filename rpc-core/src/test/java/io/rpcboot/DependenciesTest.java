package io.rpcboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What of Netty comes along: the codecs and natives that nobody here uses stay out. */
class DependenciesTest {

    private static final Pattern NETTY_JAR = Pattern.compile("(netty-[a-z0-9-]+?)-4\\..*\\.jar");

    @Test
    void onlyTheNettyModulesInUseAreOnTheClassPath() {
        Stream<String> jars = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .map(path -> NETTY_JAR.matcher(new File(path).getName()))
                .filter(Matcher::matches)
                .map(jar -> jar.group(1))
                .distinct();

        assertThat(jars)
                .containsExactlyInAnyOrder(
                        "netty-all",
                        "netty-buffer",
                        "netty-codec-base",
                        "netty-common",
                        "netty-handler",
                        "netty-resolver",
                        "netty-transport",
                        "netty-transport-classes-epoll",
                        "netty-transport-native-epoll",
                        "netty-transport-native-unix-common");
    }
}
