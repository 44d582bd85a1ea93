package io.rpcboot.spring.autoconfigure;

/** A property has a value that can be read but not used. */
public final class InvalidPropertyException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String key;
    private final String value;
    private final String expected;

    InvalidPropertyException(String key, Object value, String expected) {
        super("property " + key + ": " + value + " (expected: " + expected + ')');
        this.key = key;
        this.value = value.toString();
        this.expected = expected;
    }

    public String key() {
        return key;
    }

    public String value() {
        return value;
    }

    /** What would be a good value, in words. */
    public String expected() {
        return expected;
    }
}
