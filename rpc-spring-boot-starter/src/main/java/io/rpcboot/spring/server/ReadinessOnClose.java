package io.rpcboot.spring.server;

import java.util.function.BooleanSupplier;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/** Says that the application takes no more traffic when its context closes, as web contexts do of themselves and others do not. */
public final class ReadinessOnClose implements ApplicationListener<ContextClosedEvent> {

    private final ApplicationContext context;
    private final BooleanSupplier accepting;

    /**
     * @param accepting whether the application still counts as ready
     */
    public ReadinessOnClose(ApplicationContext context, BooleanSupplier accepting) {
        this.context = context;
        this.accepting = accepting;
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        if (event.getApplicationContext() == context && accepting.getAsBoolean()) {
            AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        }
    }
}
