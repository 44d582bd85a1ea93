package io.rpcboot.spring.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.rpcboot.EndpointStatus;
import io.rpcboot.naming.Offer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.curator.x.discovery.ServiceInstance;
import org.apache.curator.x.discovery.details.JsonInstanceSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.cloud.zookeeper.discovery.ZookeeperInstance;

class EndpointNodeTest {

    private static final String NAME = "127.0.0.1:8000";

    private final JsonInstanceSerializer<ZookeeperInstance> springCloud =
            new JsonInstanceSerializer<>(ZookeeperInstance.class);

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsRead(EndpointStatus status) throws Exception {
        EndpointNode written = EndpointNode.of(Offers.at(8000, -1, Offers.NOON), status);

        EndpointNode read =
                EndpointNodeReader.read(Offers.APPLICATION, NAME, EndpointNodeWriter.write(written, Offers.NOON));

        assertThat(read).isEqualTo(written);
    }

    @Test
    void anIpv6AddressStandsInBracketsInTheNameOnly() throws Exception {
        Offer offer = Offers.at("2001:db8::1", 8000, 1, Offers.NOON);

        EndpointNode read = EndpointNodeReader.read(Offers.APPLICATION, "[2001:db8::1]:8000", Offers.content(offer));

        assertThat(read.endpoint().host()).isEqualTo("2001:db8::1");
    }

    @Test
    void springCloudReadsTheNode() throws Exception {
        ServiceInstance<ZookeeperInstance> read = springCloud.deserialize(Offers.content(Offers.at(8000)));

        assertThat(read.getName()).isEqualTo(Offers.APPLICATION);
        assertThat(read.getId()).isEqualTo(NAME);
        assertThat(read.buildUriSpec()).isEqualTo("rpc://127.0.0.1:8000");
        assertThat(read.getPayload().getMetadata())
                .containsEntry("rpc.services", Offers.SERVICE + '=' + Offers.FINGERPRINT)
                .containsEntry("instance_status", "UP");
    }

    @Test
    void springCloudWritesTheSameForm() throws Exception {
        byte[] ours = Offers.content(Offers.at(8000));
        ObjectMapper json = new ObjectMapper();

        ObjectNode theirs = (ObjectNode) json.readTree(springCloud.serialize(springCloud.deserialize(ours)));

        JsonNode enabled = theirs.remove("enabled");
        assertThat(enabled == null || enabled.booleanValue()).isTrue();
        assertThat(json.readTree(ours)).isEqualTo(theirs);
    }

    @Test
    void springCloudSeesWhetherTheEndpointTakesCalls() throws Exception {
        EndpointNode node = EndpointNode.of(Offers.at(8000), EndpointStatus.DRAINING);

        ServiceInstance<ZookeeperInstance> read = springCloud.deserialize(EndpointNodeWriter.write(node, Offers.NOON));

        assertThat(read.getPayload().getMetadata()).containsEntry("instance_status", "OUT_OF_SERVICE");
    }

    @Test
    void anOfferThatIsTooLargeIsRefusedWithItsSize() {
        List<Offer.Service> many = IntStream.range(0, 1000)
                .mapToObj(i -> new Offer.Service("demo.Service" + i, Offers.FINGERPRINT, ByteString.EMPTY))
                .toList();
        Offer offer = new Offer(Offers.at(8000).endpoint(), many);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Offers.content(offer))
                .withMessageContaining("bytes (expected: at most 65536)")
                .withMessageContaining("1000 services");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "port":8000                        | "port":-1
            "port":8000                        | "port":65536
            "port":8000                        | "port":99999999999999
            "port":8000                        | "port":"8000"
            "port":8000                        | "port":8001
            "port":8000                        | "port":8000,"port":8000
            "address":"127.0.0.1"              | "address":"127.0.0.2"
            "address":"127.0.0.1"              | "address":"127.0.0.1/x"
            "address":"127.0.0.1"              | "address":null
            "name":"demo-user-service"         | "name":"other"
            "rpc.weight":"50"                  | "rpc.weight":"10001"
            "rpc.weight":"50"                  | "rpc.weight":"-1"
            "rpc.weight":"50"                  | "rpc.weight":50
            "rpc.status":"READY"               | "rpc.status":"BROKEN"
            "rpc.incarnation":"1"              | "rpc.incarnation":"x"
            "rpc.started-at":"2026             | "rpc.started-at":"tomorrow 2026
            "rpc.services":"demo.UserService=  | "rpc.services":"../../demo=
            "metadata":{                       | "metadata":[],"more":{
            {"name"                            | {"deep":[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]],"name"
            {"name"                            | x{"name"
            {"name"                            | [],{"name"
            """)
    void aFieldThatIsNotAsItShouldBeMakesTheNodeBad(String good, String bad) {
        String content = new String(Offers.content(Offers.at(8000)), StandardCharsets.UTF_8);
        assertThat(content).contains(good);
        byte[] changed = content.replace(good, bad).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> EndpointNodeReader.read(Offers.APPLICATION, NAME, changed))
                .isInstanceOf(BadNodeException.class);
    }

    @Test
    void unknownFieldsAreLeftAlone() throws Exception {
        String content = new String(Offers.content(Offers.at(8000)), StandardCharsets.UTF_8);
        String more = content.replace("\"metadata\":{", "\"metadata\":{\"color\":[1,{\"a\":null}],")
                .replace("{\"name\"", "{\"enabled\":true,\"extra\":{\"b\":[]},\"name\"");

        EndpointNode read = EndpointNodeReader.read(Offers.APPLICATION, NAME, more.getBytes(StandardCharsets.UTF_8));

        assertThat(read).isEqualTo(EndpointNode.of(Offers.at(8000), EndpointStatus.READY));
    }

    @Test
    void aNodeWithoutOurMetadataOffersNothing() throws Exception {
        String foreign = "{\"name\":\"demo-user-service\",\"address\":\"127.0.0.1\",\"port\":8000}";

        EndpointNode read = EndpointNodeReader.read(Offers.APPLICATION, NAME, foreign.getBytes(StandardCharsets.UTF_8));

        assertThat(read.fingerprints()).isEmpty();
        assertThat(read.endpoint().attributes().weight()).isEqualTo(100);
    }

    @Test
    void contentBeforeOrAfterTheObjectMakesTheNodeBad() {
        String content = new String(Offers.content(Offers.at(8000)), StandardCharsets.UTF_8);
        byte[] twice = (content + content).getBytes(StandardCharsets.UTF_8);
        byte[] cut = content.substring(0, content.length() - 1).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> EndpointNodeReader.read(Offers.APPLICATION, NAME, twice))
                .isInstanceOf(BadNodeException.class);
        assertThatThrownBy(() -> EndpointNodeReader.read(Offers.APPLICATION, NAME, cut))
                .isInstanceOf(BadNodeException.class);
        assertThatThrownBy(() -> EndpointNodeReader.read(Offers.APPLICATION, NAME, new byte[0]))
                .isInstanceOf(BadNodeException.class);
    }
}
