package io.rpcboot.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcboot.balance.EjectionOptions;
import io.rpcboot.client.ConnectionOptions;
import io.rpcboot.client.RetryOptions;
import io.rpcboot.client.WaitingOptions;
import io.rpcboot.demo.proto.UserService;
import io.rpcboot.spring.RpcReference;
import io.rpcboot.spring.client.InvalidReferenceException;
import io.rpcboot.spring.test.Applications;
import io.rpcboot.spring.test.Users;
import io.rpcboot.transport.KeepaliveOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ClientTuningTest {

    private final ApplicationContextRunner application =
            Applications.inOneProcess().withBean(Users.class).withBean(Caller.class);

    static class Caller {
        @RpcReference
        UserService users;
    }

    @Test
    void whatIsNotSetIsAsInTheCore() {
        application.run(context -> {
            RpcProperties.Client client = context.getBean(RpcProperties.class).client();
            ClientTuning tuning = new ClientTuning(client);

            assertThat(tuning.retry()).isEqualTo(RetryOptions.DEFAULT);
            assertThat(tuning.ejection()).isEqualTo(EjectionOptions.DEFAULT);
            assertThat(tuning.connections()).isEqualTo(ConnectionOptions.DEFAULT);
            assertThat(tuning.waiting()).isEqualTo(WaitingOptions.DEFAULT);
            assertThat(Transports.keepalive(client.keepalive())).isEqualTo(KeepaliveOptions.DEFAULT);
        });
    }

    @Test
    void whatIsSetReachesTheClient() {
        application
                .withPropertyValues(
                        "rpc.client.retries=1",
                        "rpc.client.retry.budget-share=0.2",
                        "rpc.client.ejection.consecutive-failures=7",
                        "rpc.client.connections-per-endpoint=3",
                        "rpc.client.reconnect.longest-pause=4s",
                        "rpc.client.waiting.max-calls=9",
                        "rpc.client.keepalive.suspect-after=1s")
                .run(context -> {
                    RpcProperties.Client client =
                            context.getBean(RpcProperties.class).client();
                    ClientTuning tuning = new ClientTuning(client);

                    assertThat(tuning.retry().retries()).isEqualTo(1);
                    assertThat(tuning.retry().budgetShare()).isEqualTo(0.2);
                    assertThat(tuning.ejection().consecutiveFailures()).isEqualTo(7);
                    assertThat(tuning.connections().perEndpoint()).isEqualTo(3);
                    assertThat(tuning.connections().longestPause()).isEqualTo(Duration.ofSeconds(4));
                    assertThat(tuning.waiting().maxCalls()).isEqualTo(9);
                    assertThat(Transports.keepalive(client.keepalive()).suspectAfter())
                            .isEqualTo(Duration.ofSeconds(1));
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rpc.client.retries=-1",
                "rpc.client.retry.budget-share=1.5",
                "rpc.client.ejection.success-rate=80",
                "rpc.client.connections-per-endpoint=0",
                "rpc.client.reconnect.first-pause=0s",
                "rpc.client.keepalive.suspect-after=100ms",
                "rpc.client.services.UserService.retries=-1",
                "rpc.client.services.UserService.timeout=2m",
                "rpc.client.services.UserService.methods.Login.hedging-delay=0ms"
            })
    void aValueThatCannotBeUsedStopsTheStartAndIsNamed(String property) {
        String name = property.substring(0, property.indexOf('='));
        String key = name.substring(name.lastIndexOf('.') + 1);

        application
                .withPropertyValues(property)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(InvalidPropertyException.class)
                        .hasMessageContaining(key));
    }

    @ParameterizedTest
    @CsvSource({
        "methods.Login.hedging=true, idempotency_level",
        "methods.Login.hash-key=nobody.has.this, fields",
        "hash-key=nobody.has.this, no method of demo.UserService"
    })
    void whatTheContractDoesNotAllowStopsTheStartAndSaysWhy(String setting, String why) {
        application
                .withPropertyValues("rpc.client.services.UserService." + setting)
                .run(context -> assertThat(context.getStartupFailure())
                        .hasRootCauseInstanceOf(IllegalArgumentException.class)
                        .hasStackTraceContaining(InvalidReferenceException.class.getName())
                        .rootCause()
                        .hasMessageContaining(why));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "methods.GetUser.hedging=true",
                "methods.GetUser.hedging-delay=20ms",
                "methods.Login.hash-key=name",
                "hash-key=metadata:tenant"
            })
    void whatTheContractAllowsIsTaken(String setting) {
        application
                .withPropertyValues("rpc.client.services.UserService." + setting)
                .run(context -> assertThat(context).hasNotFailed());
    }
}
