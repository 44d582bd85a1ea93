package io.rpcboot.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.rpcboot.contract.MethodContract;
import io.rpcboot.contract.ServiceContract;
import io.rpcboot.test.edition2023.Foreign;
import io.rpcboot.test.edition2023.ForeignContract;
import io.rpcboot.test.edition2023.Outside;
import io.rpcboot.test.edition2024.Edition2024Proto;
import io.rpcboot.test.edition2024.Modern;
import io.rpcboot.test.edition2024.ModernContract;
import io.rpcboot.test.edition2024.Own;
import io.rpcboot.test.kinds.Request;
import io.rpcboot.test.names.AsyncContractAsync;
import io.rpcboot.test.names.AsyncContractContract;
import io.rpcboot.test.names.INSTANCE;
import io.rpcboot.test.names.ObjectContract;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import test.outer.ClashOfOuterOuterClass.Top.ClashOfOuter;
import test.outer.OuterContract;

class GeneratedNamesTest {

    private final RecordingCaller caller = new RecordingCaller();

    @Test
    void methodNamesAreJavaNames() {
        assertThat(Arrays.stream(io.rpcboot.test.names.Object.class.getDeclaredMethods())
                        .map(Method::getName))
                .containsExactlyInAnyOrder(
                        "new_",
                        "class_",
                        "getUser",
                        "with_",
                        "equals",
                        "hashCode",
                        "toString",
                        "getClass",
                        "notify",
                        "wait",
                        "instance",
                        "blockingClient",
                        "caller",
                        "bind",
                        "yield",
                        "hTTPGet2",
                        "with");
    }

    @Test
    void methodsKeepTheirNamesOnTheWire() {
        assertThat(ObjectContract.INSTANCE.methods())
                .extracting(MethodContract::name)
                .containsExactly(
                        "New",
                        "class",
                        "get_user",
                        "With",
                        "Equals",
                        "HashCode",
                        "ToString",
                        "GetClass",
                        "Notify",
                        "Wait",
                        "Instance",
                        "blockingClient",
                        "caller",
                        "Bind",
                        "Yield",
                        "HTTPGet2");
    }

    @Test
    void aMethodCalledInstanceLeavesTheInstanceAlone() {
        io.rpcboot.test.names.Object client = ObjectContract.INSTANCE.blockingClient(caller);

        client.instance(INSTANCE.getDefaultInstance());

        assertThat(caller.last().method()).isSameAs(ObjectContract.INSTANCE_);
    }

    @Test
    void methodsNamedLikeThoseOfObjectAreCalls() {
        io.rpcboot.test.names.Object client = ObjectContract.INSTANCE.blockingClient(caller);

        client.wait(io.rpcboot.test.names.GeneratedFrom.getDefaultInstance());
        assertThat(caller.last().method()).isSameAs(ObjectContract.WAIT);

        client.toString(io.rpcboot.test.names.SuppressWarnings.getDefaultInstance());
        assertThat(caller.last().method()).isSameAs(ObjectContract.TO_STRING);
    }

    @Test
    void aServiceMayBeCalledLikeAnEnding() {
        assertThat(ServiceContract.of(AsyncContractAsync.class)).contains(AsyncContractContract.INSTANCE);
    }

    @Test
    void theOuterClassGivesWayToANestedMessage() {
        var reply = OuterContract.INSTANCE.blockingClient(caller).nested(ClashOfOuter.getDefaultInstance());

        assertThat(reply.getClass()).isEqualTo(ClashOfOuter.Deep.class);
        assertThat(OuterContract.INSTANCE.name()).isEqualTo("test.outer.Outer");
    }

    @Test
    void messagesMayComeFromOtherJavaPackages() {
        Foreign foreign = ForeignContract.INSTANCE.blockingClient(caller);

        @SuppressWarnings("deprecation")
        ClashOfOuter.Deep taken = foreign.take(Request.getDefaultInstance());
        Outside.Mine own = foreign.own(Outside.Mine.getDefaultInstance());

        assertThat(taken).isEqualTo(ClashOfOuter.Deep.getDefaultInstance());
        assertThat(own).isEqualTo(Outside.Mine.getDefaultInstance());
    }

    @Test
    void edition2024NestsWhatAsksForIt() {
        Modern modern = ModernContract.INSTANCE.blockingClient(caller);

        Edition2024Proto.Nested nested = modern.call(Own.getDefaultInstance());
        Edition2024Proto.Nested.Inner inner = modern.inner(Own.Inner.getDefaultInstance());
        Timestamp now = modern.now(Timestamp.getDefaultInstance());

        assertThat(nested).isEqualTo(Edition2024Proto.Nested.getDefaultInstance());
        assertThat(inner).isEqualTo(Edition2024Proto.Nested.Inner.getDefaultInstance());
        assertThat(now).isEqualTo(Timestamp.getDefaultInstance());
    }

    @Test
    void aFileWithoutPackageGivesTypesOfTheDefaultPackage() throws ClassNotFoundException {
        // Java code in a package cannot name these types.
        Class<?> type = Class.forName("WithoutPackage");

        assertThat(ServiceContract.of(type))
                .get()
                .extracting(ServiceContract::name)
                .isEqualTo("WithoutPackage");
    }
}
