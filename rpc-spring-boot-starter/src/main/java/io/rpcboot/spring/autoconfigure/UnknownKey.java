package io.rpcboot.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;

/**
 * A key that means nothing. Immutable.
 *
 * @param name the key
 * @param origin where it stands; empty if that is not known
 * @param suggestion what may have been meant; null if nothing is close
 */
record UnknownKey(String name, String origin, @Nullable String suggestion) {

    static UnknownKey of(
            ConfigurationPropertyName name, ConfigurationPropertySource source, @Nullable String suggestion) {
        ConfigurationProperty property = source.getConfigurationProperty(name);
        String origin = property == null || property.getOrigin() == null ? "" : String.valueOf(property.getOrigin());
        return new UnknownKey(name.toString(), origin, suggestion);
    }

    /** The key, where it stands and what may have been meant, in one line. */
    @Override
    public String toString() {
        return "unknown property " + name
                + (origin.isEmpty() ? "" : " (from " + origin + ')')
                + (suggestion == null ? "" : "; did you mean " + suggestion + '?');
    }
}
