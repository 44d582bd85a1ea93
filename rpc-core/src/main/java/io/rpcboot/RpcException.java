package io.rpcboot;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A failed call. The same exception is thrown by a service, crosses the wire, and is thrown at the caller, where the {@linkplain #site()
 * call site} is added. User code throws it to choose the status: {@code throw new RpcException(RpcStatus.NOT_FOUND, "no user 7")}.
 */
public final class RpcException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RpcStatus status;
    private final Reason reason;
    private final Outcome outcome;
    private final String description;
    private final transient ByteString details;
    private final transient @Nullable Duration retryAfter;
    private final transient @Nullable CallSite site;

    /** A failure of the application: it ran and refused. */
    public RpcException(RpcStatus status, String description) {
        this(status, description, null);
    }

    /** A failure of the application, with its cause, which stays on this side of the wire. */
    public RpcException(RpcStatus status, String description, @Nullable Throwable cause) {
        this(of(status, description)
                .reason(Reason.APPLICATION)
                .outcome(Outcome.RAN)
                .cause(cause));
    }

    private RpcException(Builder builder) {
        super(null, builder.cause, true, builder.stackTrace);
        if (builder.status == RpcStatus.OK) {
            throw new IllegalArgumentException("status: OK (expected: a status of failure)");
        }
        this.status = builder.status;
        this.reason = builder.reason;
        this.outcome = builder.outcome;
        this.description = builder.description;
        this.details = builder.details;
        this.retryAfter = builder.retryAfter;
        this.site = builder.site;
    }

    /** Starts a failure for which reason, outcome and the rest are to be said. */
    public static Builder of(RpcStatus status, String description) {
        return new Builder(status, description);
    }

    public RpcStatus status() {
        return status;
    }

    public Reason reason() {
        return reason;
    }

    /** What is known of the method's execution. */
    public Outcome outcome() {
        return outcome;
    }

    /** What went wrong, without the call site that {@link #getMessage()} adds. */
    public String description() {
        return description;
    }

    /** A serialised {@code google.rpc.Status}, or empty. */
    public ByteString details() {
        return details;
    }

    /** How long the server asks callers to wait before they try again; negative means not to; null if it says nothing. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** Which call failed and where; null until a client has added it. */
    public @Nullable CallSite site() {
        return site;
    }

    /** This failure with another call site. Its stack trace is this thread's, its cause is kept. */
    public RpcException at(CallSite where) {
        return toBuilder().site(where).build();
    }

    /** This failure as thrown from the current thread, so that the stack trace shows the caller and not an event loop. */
    public RpcException here() {
        Builder builder = toBuilder();
        builder.stackTrace = true;
        return builder.build();
    }

    private Builder toBuilder() {
        Builder builder = new Builder(status, description);
        builder.reason = reason;
        builder.outcome = outcome;
        builder.details = details;
        builder.retryAfter = retryAfter;
        builder.site = site;
        builder.cause = getCause();
        return builder;
    }

    /** One line that says what failed, where, why, whether it may have run, and how much time it took. */
    @Override
    public String getMessage() {
        StringBuilder text = new StringBuilder();
        if (site != null) {
            text.append(site.method()).append(": ");
        }
        text.append(status);
        if (reason != Reason.UNSPECIFIED && reason != Reason.APPLICATION) {
            text.append(" (").append(reason).append(')');
        }
        if (!description.isEmpty()) {
            text.append(": ").append(description);
        }
        if (site != null) {
            site.describe(text, outcome);
        }
        return text.toString();
    }

    /**
     * Which call failed and where.
     *
     * @param method service and method, {@code demo.UserService/Login}
     * @param endpoint the last endpoint tried, {@code host:port}; null if none was
     * @param attempt 0 for the first try
     * @param elapsed time since the call was made
     * @param timeout time the call had in all
     */
    public record CallSite(String method, @Nullable String endpoint, int attempt, Duration elapsed, Duration timeout) {

        private void describe(StringBuilder text, Outcome outcome) {
            text.append(" [");
            if (endpoint != null) {
                text.append("endpoint ").append(endpoint).append(", ");
            }
            text.append(words(outcome)).append(", attempt ").append(attempt + 1);
            text.append(", after ")
                    .append(elapsed.toMillis())
                    .append(" of ")
                    .append(timeout.toMillis())
                    .append(" ms]");
        }

        private static String words(Outcome outcome) {
            return switch (outcome) {
                case DID_NOT_RUN -> "did not run";
                case RAN -> "ran";
                case MAY_HAVE_RUN -> "may have run";
            };
        }
    }

    /** Puts a failure together. Outcome is {@link Outcome#MAY_HAVE_RUN} until said otherwise. */
    public static final class Builder {

        private final RpcStatus status;
        private final String description;
        private Reason reason = Reason.UNSPECIFIED;
        private Outcome outcome = Outcome.MAY_HAVE_RUN;
        private ByteString details = ByteString.EMPTY;
        private @Nullable Duration retryAfter;
        private @Nullable CallSite site;
        private @Nullable Throwable cause;
        private boolean stackTrace = true;

        private Builder(RpcStatus status, String description) {
            this.status = Objects.requireNonNull(status, "status");
            this.description = Objects.requireNonNull(description, "description");
        }

        public Builder reason(Reason value) {
            reason = value;
            return this;
        }

        public Builder outcome(Outcome value) {
            outcome = value;
            return this;
        }

        /** A serialised {@code google.rpc.Status}. */
        public Builder details(ByteString value) {
            details = value;
            return this;
        }

        public Builder retryAfter(@Nullable Duration value) {
            retryAfter = value;
            return this;
        }

        public Builder cause(@Nullable Throwable value) {
            cause = value;
            return this;
        }

        public Builder site(CallSite value) {
            site = value;
            return this;
        }

        /** Leaves the stack trace out, where it would only show an event loop and failures must be cheap. */
        public Builder withoutStackTrace() {
            stackTrace = false;
            return this;
        }

        public RpcException build() {
            return new RpcException(this);
        }
    }
}
