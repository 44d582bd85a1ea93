package io.rpcboot.transport;

import static io.rpcboot.test.ProbeService.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.netty.buffer.ByteBufUtil;
import io.rpcboot.server.RpcServer;
import io.rpcboot.test.Network;
import io.rpcboot.test.Probe;
import io.rpcboot.test.ProbeService;
import io.rpcboot.wire.EncodedName;
import io.rpcboot.wire.Header;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server does with peers that do not keep to the protocol; other callers must not notice. */
class HostilePeersTest {

    private static final EncodedName ECHO = EncodedName.of("test.Probe", "Echo");

    private final Network network = Network.tcp();
    private final ProbeService service = ProbeService.echo();
    private RpcServer server;
    private Probe goodCaller;

    @BeforeEach
    void serve() {
        server = network.serve(service);
        goodCaller = network.probe();
        goodCaller.echo(text("before"));
    }

    @AfterEach
    void theGoodCallerIsStillServed() throws Exception {
        assertThat(goodCaller.echo(text("after"))).isEqualTo(text("after"));
        assertThat(service.calls).hasValue(2);
        network.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "*1\r\n$4\r\nPING\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003"
            })
    void otherProtocolsAreClosedWithoutAWord(String firstBytes) throws Exception {
        try (RawClient peer = new RawClient(server.port())) {
            peer.send(firstBytes.getBytes(StandardCharsets.ISO_8859_1));

            assertThat(peer.readToEnd()).isEmpty();
        }
    }

    @Test
    void randomBytesAreClosed() throws Exception {
        byte[] garbage = new byte[100_000];
        new Random(1).nextBytes(garbage);
        try (RawClient peer = new RawClient(server.port())) {
            try {
                peer.send(garbage);
            } catch (java.io.IOException e) {
                // Closed while we wrote: as good.
            }

            assertThat(peer.readToEnd()).isEmpty();
        }
    }

    @Test
    void aPeerThatSaysNothingIsClosed() throws Exception {
        try (RawClient peer = new RawClient(server.port())) {
            assertThat(peer.readToEnd()).isEmpty();
        }
    }

    @Test
    void aRequestBeforeTheGreetingIsClosed() throws Exception {
        try (RawClient peer = new RawClient(server.port())) {
            peer.request(new Header().callId(1).names(ECHO).timeoutMs(1000), text("hi"));

            assertThat(peer.readToEnd()).isEmpty();
        }
    }

    @Test
    void aCallIdThatDoesNotGrowIsClosed() throws Exception {
        MessageLite broken = MessageLites.ofBytes(new byte[] {7});
        try (RawClient peer = new RawClient(server.port())) {
            peer.hello()
                    .request(new Header().callId(5).names(ECHO).timeoutMs(1000), broken)
                    .request(new Header().callId(5).names(ECHO).timeoutMs(1000), broken);

            assertThat(peer.readToEnd()).isNotEmpty();
        }
    }

    @Test
    void aBodyThatIsNoSuchMessageIsRefusedAndTheConnectionLivesOn() throws Exception {
        MessageLite broken = MessageLites.ofBytes(new byte[] {7, 7, 7});
        try (RawClient peer = new RawClient(server.port())) {
            peer.hello().request(new Header().callId(1).names(ECHO).timeoutMs(30_000), broken);
            String first = peer.readUntil("do both sides have the same contract?");
            peer.request(
                    new Header()
                            .callId(2)
                            .names(EncodedName.of("test.Probe", "Nothing"))
                            .timeoutMs(1000),
                    broken);
            String second = peer.readUntil("no method of that name");

            assertThat(first).isNotEmpty();
            assertThat(second).isNotEmpty();
        }
    }

    @Test
    void aCallerThatSpeaksMprpcSeesAnErrorAndNotAnEmptyReply() throws Exception {
        byte[] login = HexFormat.of()
                .parseHex("190000000a0e5573657253657276696365527063" + "12054c6f67696e1813"
                        + "0a097a68616e672073616e1206313233343536");
        try (RawClient peer = new RawClient(server.port())) {
            peer.send(login);

            byte[] answer = peer.readToEnd();
            assertThat(answer).startsWith(7);
            assertThat(new String(answer, StandardCharsets.US_ASCII)).contains("does not serve mprpc callers");
        }
    }

    @Test
    void aGreetingIsAnsweredWithAGreeting() throws Exception {
        try (RawClient peer = new RawClient(server.port())) {
            peer.hello();

            byte[] header = peer.read(4);
            assertThat(ByteBufUtil.hexDump(header)).endsWith("000000");
        }
    }
}
