package io.rpcboot.spring.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import io.rpcboot.naming.Offer;
import org.junit.jupiter.api.Test;

class MprpcMethodTest {

    @Test
    void everyMethodWithoutStreamsHasItsPlaceUnderTheShortNameOfItsService() {
        Offer offer = MprpcOffers.at(
                "127.0.0.1",
                8000,
                MprpcOffers.service(MprpcOffers.USERS),
                MprpcOffers.service("fixbug.FiendServiceRpc"));

        assertThat(MprpcMethod.of(offer))
                .extracting(MprpcMethod::path)
                .containsExactly(MprpcOffers.LOGIN, MprpcOffers.REGISTER, MprpcOffers.FRIENDS);
    }

    @Test
    void aContractWithoutPackageIsFound() {
        Offer.Service service = new Offer.Service("UserServiceRpc", "ab", MprpcOffers.contract(""), "UserServiceRpc");

        assertThat(MprpcMethod.of(MprpcOffers.at("127.0.0.1", 8000, service)))
                .extracting(MprpcMethod::path)
                .containsExactly(MprpcOffers.LOGIN, MprpcOffers.REGISTER);
    }

    @Test
    void theNameMayBeAnother() {
        assertThat(MprpcMethod.of(MprpcOffers.at("127.0.0.1", 8000, MprpcOffers.service(MprpcOffers.USERS, "Users"))))
                .extracting(MprpcMethod::path)
                .containsExactly("/Users/Login", "/Users/Register");
    }

    @Test
    void twoServicesOfOneNameAreRefused() {
        Offer.Service other =
                new Offer.Service("other.UserServiceRpc", "ab", MprpcOffers.contract("other"), "UserServiceRpc");
        Offer offer = MprpcOffers.at("127.0.0.1", 8000, MprpcOffers.service(MprpcOffers.USERS), other);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> MprpcMethod.of(offer))
                .withMessageContaining("fixbug.UserServiceRpc and other.UserServiceRpc are both UserServiceRpc");
    }

    @Test
    void aNameThatNoNodeCanHaveIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MprpcMethod.of(
                        MprpcOffers.at("127.0.0.1", 8000, MprpcOffers.service(MprpcOffers.USERS, "a/b"))))
                .withMessageContaining("'a/b'");
    }

    @Test
    void aServiceThatPeersMayNotCallIsLeftOut() {
        Offer offer = MprpcOffers.at(
                "127.0.0.1",
                8000,
                MprpcOffers.service(MprpcOffers.USERS, ""),
                MprpcOffers.service("fixbug.FiendServiceRpc"));

        assertThat(MprpcMethod.of(offer)).extracting(MprpcMethod::path).containsExactly(MprpcOffers.FRIENDS);
    }

    @Test
    void anOfferWithoutAServiceForPeersIsRefused() {
        Offer offer = MprpcOffers.at("127.0.0.1", 8000, MprpcOffers.service(MprpcOffers.USERS, ""));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> MprpcMethod.of(offer))
                .withMessageContaining("rpc.server.mprpc.enabled=true");
    }

    @Test
    void aServiceThatItsContractDoesNotHaveIsRefused() {
        Offer unknown = MprpcOffers.at("127.0.0.1", 8000, MprpcOffers.service("fixbug.Unknown"));
        Offer broken = MprpcOffers.at(
                "127.0.0.1",
                8000,
                new Offer.Service("fixbug.Broken", "ab", ByteString.copyFromUtf8("no contract"), "Broken"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> MprpcMethod.of(unknown))
                .withMessageContaining("fixbug.Unknown");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MprpcMethod.of(broken))
                .withMessageContaining("fixbug.Broken");
    }
}
