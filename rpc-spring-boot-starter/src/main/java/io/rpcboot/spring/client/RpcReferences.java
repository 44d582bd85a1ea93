package io.rpcboot.spring.client;

import io.rpcboot.client.ReferenceOptions;
import io.rpcboot.contract.ServiceContract;
import io.rpcboot.spring.RpcReference;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.StringUtils;

/** Finds what is injected at an {@link RpcReference}: a stand-in from the context, else a remote client. Safe for use by many threads. */
final class RpcReferences {

    private static final Logger log = LoggerFactory.getLogger(RpcReferences.class);

    private final DefaultListableBeanFactory beans;
    private final StandIns standIns;

    RpcReferences(DefaultListableBeanFactory beans) {
        this.beans = beans;
        this.standIns = new StandIns(beans);
    }

    /**
     * What is to be injected; null leaves the choice among several stand-ins to Spring.
     *
     * @throws InvalidReferenceException if nothing can be injected; the message says why
     */
    @Nullable
    Object resolve(DependencyDescriptor descriptor, RpcReference reference) {
        Class<?> type = descriptor.getDependencyType();
        String point = ReferencePoints.describe(descriptor);
        String service = ServiceContract.of(type)
                .orElseThrow(() -> InvalidReferenceException.notGenerated(point, type))
                .name();
        List<String> names = standIns.forType(type);
        if (names.isEmpty()) {
            return client(point, type, service, reference);
        }
        log.info("@RpcReference {} gets a bean of this application: {}", point, names);
        return names.size() == 1 ? beans.getBean(names.get(0)) : null;
    }

    private Object client(String point, Class<?> type, String service, RpcReference reference) {
        ConfiguredClients clients =
                beans.getBeanProvider(ConfiguredClients.class).getIfAvailable();
        if (clients == null) {
            throw InvalidReferenceException.noClient(point, service);
        }
        ReferenceOptions options = new ReferenceOptions(timeout(point, reference));
        Object client;
        try {
            client = clients.client(type, options, reference.check());
        } catch (IllegalArgumentException e) {
            throw InvalidReferenceException.unusable(point, service, e);
        }
        log.info("@RpcReference {} gets a client of the remote service {}", point, service);
        return client;
    }

    private @Nullable Duration timeout(String point, RpcReference reference) {
        String text = beans.resolveEmbeddedValue(reference.timeout());
        if (!StringUtils.hasText(text)) {
            return null;
        }
        Duration timeout = parse(text.strip());
        if (timeout.isZero() || timeout.isNegative()) {
            throw InvalidReferenceException.badTimeout(point, text);
        }
        return timeout;
    }

    /** Zero for what is no duration: neither can be used. */
    private static Duration parse(String text) {
        try {
            return DurationStyle.detectAndParse(text);
        } catch (IllegalArgumentException e) {
            return Duration.ZERO;
        }
    }
}
