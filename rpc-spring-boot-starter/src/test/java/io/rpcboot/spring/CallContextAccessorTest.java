package io.rpcboot.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextSnapshotFactory;
import io.rpcboot.CallContext;
import io.rpcboot.demo.proto.GetUserRequest;
import io.rpcboot.demo.proto.GetUserResponse;
import io.rpcboot.demo.proto.UserService;
import io.rpcboot.spring.test.Applications;
import io.rpcboot.spring.test.Calls;
import io.rpcboot.spring.test.PlainUsers;
import io.rpcboot.spring.test.Users;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;

/** What a service hands to other threads by Micrometer's means. */
class CallContextAccessorTest {

    private final ApplicationContextRunner application = Applications.inOneProcess();
    private final ExecutorService threads = Executors.newSingleThreadExecutor();

    @AfterEach
    void close() {
        threads.shutdown();
    }

    @Test
    void anExecutorThatPropagatesContextsPropagatesThatOfTheCall() {
        ContextSnapshotFactory snapshots = ContextSnapshotFactory.builder().build();
        ExecutorService propagating = ContextExecutorService.wrap(threads, snapshots::captureAll);

        CallContext[] seen = serve(task -> propagating.execute(task));

        assertThat(seen[1]).isSameAs(seen[0]);
        assertThat(seen[1].metadata().text("tag")).isEqualTo("a");
        assertThat(seen[1].deadline()).isEqualTo(seen[0].deadline());
        assertThat(CompletableFuture.supplyAsync(() -> CallContext.current() == null, threads)
                        .join())
                .as("gone after the task")
                .isTrue();
    }

    @Test
    void theTaskDecoratorOfSpringDoesTheSame() {
        ContextPropagatingTaskDecorator decorator = new ContextPropagatingTaskDecorator();

        CallContext[] seen = serve(task -> threads.execute(decorator.decorate(task)));

        assertThat(seen[1]).isSameAs(seen[0]);
    }

    @Test
    void aTaskOfNoCallSeesNoneOnAThreadThatServesOneWhereMissingValuesAreCleared() {
        ContextPropagatingTaskDecorator decorator = new ContextPropagatingTaskDecorator(
                ContextSnapshotFactory.builder().clearMissing(true).build());
        CompletableFuture<Boolean> none = new CompletableFuture<>();
        Runnable outside = decorator.decorate(() -> none.complete(CallContext.current() == null));

        CallContext[] seen = serve(task -> {
            outside.run();
            task.run();
        });

        assertThat(none).isCompletedWithValue(true);
        assertThat(seen[1]).as("put back after the task").isSameAs(seen[0]);
    }

    @Test
    void anApplicationWithoutTheLibraryStarts() {
        application
                .withClassLoader(new FilteredClassLoader("io.micrometer.context"))
                .withBean(Users.class)
                .run(context -> {
                    Applications.ready(context);

                    assertThat(Calls.servedBy(
                                    context.getBean(RpcClientFactory.class).client(UserService.class)))
                            .isEqualTo("users");
                });
    }

    /** The context on the handler's thread, and the one that a task sees that is handed over from there. */
    private CallContext[] serve(Handover handover) {
        CallContext[] seen = new CallContext[2];
        application
                .withBean(Handover.class, () -> handover)
                .withBean(CallContext[].class, () -> seen)
                .withUserConfiguration(HandingOver.class)
                .run(context -> {
                    Applications.ready(context);
                    context.getBean(RpcClientFactory.class)
                            .client(UserService.class)
                            .with(o -> o.timeout(Duration.ofSeconds(30)).metadata("tag", "a"))
                            .getUser(Calls.GET_USER);
                });
        assertThat(seen).doesNotContainNull();
        return seen;
    }

    interface Handover {
        void to(Runnable task);
    }

    @Configuration(proxyBeanMethods = false)
    static class HandingOver {
        @Bean
        @RpcService
        UserService users(Handover handover, CallContext[] seen) {
            return new PlainUsers("users") {
                @Override
                public GetUserResponse getUser(GetUserRequest request) {
                    CompletableFuture<CallContext> elsewhere = new CompletableFuture<>();
                    seen[0] = CallContext.current();
                    handover.to(() -> elsewhere.complete(CallContext.current()));
                    seen[1] = elsewhere.join();
                    return super.getUser(request);
                }
            };
        }
    }
}
