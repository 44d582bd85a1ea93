package io.rpcboot.wire;

import com.google.protobuf.ByteString;
import io.rpcboot.Metadata;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one frame's header; {@code docs/wire-protocol.md} gives their meaning. Mutable, and reused from frame to frame. Confined to
 * one thread.
 */
public final class Header {

    private static final byte[] NONE = {};

    private byte[] service = NONE;
    private byte[] method = NONE;
    private @Nullable String serviceName;
    private @Nullable String methodName;
    private int argsSize;
    private long callId;
    private FrameKind kind = FrameKind.REQUEST;
    private int unknownKind;
    private int methodId;
    private int timeoutMs;
    private long sentAtMs = -1;
    private int status;
    private boolean more;
    private int credit;
    private boolean hasChecksum;
    private int checksum;
    private int reason;
    private int outcome;
    private int retryAfterMs;
    private String statusMessage = "";
    private ByteString details = ByteString.EMPTY;
    private String version = "";
    private String group = "";
    private int attempt;
    private Metadata metadata = Metadata.EMPTY;
    private boolean metadataTooLarge;
    private @Nullable String metadataProblem;
    private int encoding;

    /** Makes all fields absent. */
    public Header clear() {
        service = NONE;
        method = NONE;
        serviceName = null;
        methodName = null;
        argsSize = 0;
        callId = 0;
        kind = FrameKind.REQUEST;
        unknownKind = 0;
        methodId = 0;
        timeoutMs = 0;
        sentAtMs = -1;
        status = 0;
        more = false;
        credit = 0;
        hasChecksum = false;
        checksum = 0;
        reason = 0;
        outcome = 0;
        retryAfterMs = 0;
        statusMessage = "";
        details = ByteString.EMPTY;
        version = "";
        group = "";
        attempt = 0;
        metadata = Metadata.EMPTY;
        metadataTooLarge = false;
        metadataProblem = null;
        encoding = 0;
        return this;
    }

    /** Whether the frame is one of mprpc, this protocol's ancestor: neither call_id nor kind is present. */
    public boolean isMprpc() {
        return callId == 0 && kind == FrameKind.REQUEST && unknownKind == 0;
    }

    /** Whether both the service and the method are named. */
    public boolean hasNames() {
        return service.length > 0 && method.length > 0;
    }

    /** The service's full name, the short one from a caller that speaks mprpc; empty if absent. Bytes that are not UTF-8 show as U+FFFD. */
    public String serviceName() {
        String name = serviceName;
        if (name == null) {
            name = service.length == 0 ? "" : new String(service, StandardCharsets.UTF_8);
            serviceName = name;
        }
        return name;
    }

    /** The method's name; empty if absent. Bytes that are not UTF-8 show as U+FFFD. */
    public String methodName() {
        String name = methodName;
        if (name == null) {
            name = method.length == 0 ? "" : new String(method, StandardCharsets.UTF_8);
            methodName = name;
        }
        return name;
    }

    /** Names service and method, encoding them anew; where that happens often, use an {@link EncodedName}. */
    public Header names(String serviceFullName, String method) {
        return names(EncodedName.of(serviceFullName, method));
    }

    public Header names(EncodedName names) {
        return service(names.service()).method(names.method());
    }

    Header service(byte[] utf8) {
        service = utf8;
        serviceName = null;
        return this;
    }

    Header method(byte[] utf8) {
        method = utf8;
        methodName = null;
        return this;
    }

    byte[] service() {
        return service;
    }

    byte[] method() {
        return method;
    }

    /** Length of the body in bytes; {@link Integer#MAX_VALUE} for anything beyond. The encoder sets it. */
    public int argsSize() {
        return argsSize;
    }

    Header argsSize(int value) {
        argsSize = value;
        return this;
    }

    /** Which call of the connection the frame belongs to; 1 or more, or 0 if absent. */
    public long callId() {
        return callId;
    }

    public Header callId(long value) {
        callId = value;
        return this;
    }

    public FrameKind kind() {
        return kind;
    }

    public Header kind(FrameKind value) {
        kind = value;
        unknownKind = 0;
        return this;
    }

    /** The number of a kind that this version does not know, 0 if it knows the kind. */
    int unknownKind() {
        return unknownKind;
    }

    Header kindNumber(int number) {
        FrameKind known = FrameKind.of(number);
        if (known == null) {
            unknownKind = number;
            return this;
        }
        return kind(known);
    }

    /** The method's number in the server's dispatch table plus one; 0 if absent. */
    public int methodId() {
        return methodId;
    }

    public Header methodId(int value) {
        methodId = value;
        return this;
    }

    /** Time left for the call in milliseconds; 0 if absent. */
    public int timeoutMs() {
        return timeoutMs;
    }

    public Header timeoutMs(int value) {
        timeoutMs = value;
        return this;
    }

    public boolean hasSentAt() {
        return sentAtMs >= 0;
    }

    /** When the frame was sent, in milliseconds since the sender's HELLO by its own monotonic clock; -1 if absent. */
    public long sentAtMs() {
        return sentAtMs;
    }

    /** As {@link #sentAtMs()}; 0 goes out as 1, since 0 means absent on the wire. */
    public Header sentAtMs(long value) {
        sentAtMs = value;
        return this;
    }

    /** The canonical code, 0 to 16; see {@code RpcStatus}. */
    public int status() {
        return status;
    }

    public Header status(int value) {
        status = value;
        return this;
    }

    /** Whether the body goes on in a later frame. */
    public boolean more() {
        return more;
    }

    public Header more(boolean value) {
        more = value;
        return this;
    }

    /** How many more items of a stream may be sent. */
    public int credit() {
        return credit;
    }

    public Header credit(int value) {
        credit = value;
        return this;
    }

    boolean hasChecksum() {
        return hasChecksum;
    }

    int checksum() {
        return checksum;
    }

    Header checksum(int value) {
        hasChecksum = true;
        checksum = value;
        return this;
    }

    /** Number of a {@code Reason}. */
    public int reason() {
        return reason;
    }

    public Header reason(int value) {
        reason = value;
        return this;
    }

    /** Number of an {@code Outcome}. */
    public int outcome() {
        return outcome;
    }

    public Header outcome(int value) {
        outcome = value;
        return this;
    }

    public boolean hasRetryAfter() {
        return retryAfterMs != 0;
    }

    /** How long to wait before the call is tried again, in milliseconds; below zero: do not; 0 if absent. */
    public int retryAfterMs() {
        return retryAfterMs;
    }

    public Header retryAfterMs(int value) {
        retryAfterMs = value;
        return this;
    }

    /** What went wrong, for people; empty if absent. */
    public String statusMessage() {
        return statusMessage;
    }

    /** As {@link #statusMessage()}. An encoder cuts it if the header would be too long. */
    public Header statusMessage(String value) {
        statusMessage = value;
        return this;
    }

    /** A serialised {@code google.rpc.Status}; empty if absent. */
    public ByteString details() {
        return details;
    }

    /** As {@link #details()}. An encoder drops them if the header would be too long. */
    public Header details(ByteString value) {
        details = value;
        return this;
    }

    /** Which version of the service is wanted; empty if any. */
    public String version() {
        return version;
    }

    public Header version(String value) {
        version = value;
        return this;
    }

    /** Which group of endpoints is wanted; empty if any. */
    public String group() {
        return group;
    }

    public Header group(String value) {
        group = value;
        return this;
    }

    /** How often the call was tried before. */
    public int attempt() {
        return attempt;
    }

    public Header attempt(int value) {
        attempt = value;
        return this;
    }

    /** Never null; empty if absent, and if there is a {@link #metadataProblem()}. */
    public Metadata metadata() {
        return metadata;
    }

    public Header metadata(Metadata value) {
        metadata = value;
        return this;
    }

    /** What the metadata takes on the wire, as counted against {@link FrameLimits#maxMetadataBytes()}. */
    public int metadataBytes() {
        return HeaderWriter.metadataBytes(metadata);
    }

    /** Whether metadata was left out because it is over the limit. The call is to be refused. */
    public boolean metadataTooLarge() {
        return metadataTooLarge;
    }

    /** Why the metadata was left out, be it over the limit or not valid; null if it was not. The call is to be refused. */
    public @Nullable String metadataProblem() {
        return metadataProblem;
    }

    Header metadataTooLarge(int bytes, int limit) {
        metadataTooLarge = true;
        return metadataProblem("metadata of " + bytes + " bytes (expected: at most " + limit + ")");
    }

    Header metadataProblem(String problem) {
        metadataProblem = problem;
        return this;
    }

    /** Reserved for compression: 0, or the call is to be refused. */
    public int encoding() {
        return encoding;
    }

    public Header encoding(int value) {
        encoding = value;
        return this;
    }

    /** Shortens what is for people, details first, by at least that many bytes as far as there is so much. */
    void shorten(int bytes) {
        int left = bytes - details.size();
        details = ByteString.EMPTY;
        if (left > 0) {
            byte[] utf8 = statusMessage.getBytes(StandardCharsets.UTF_8);
            int kept = Math.max(0, utf8.length - left);
            while (kept > 0 && isWithinCharacter(utf8[kept])) {
                kept--;
            }
            statusMessage = new String(utf8, 0, kept, StandardCharsets.UTF_8);
        }
    }

    private static boolean isWithinCharacter(byte utf8) {
        return (utf8 & 0xc0) == 0x80;
    }

    /** Kind, call and sizes: names and messages may be long, metadata may be secret. */
    @Override
    public String toString() {
        Object shownKind = unknownKind == 0 ? kind : unknownKind;
        return "Header(" + shownKind + ", call_id " + callId + ", args_size " + argsSize + (more ? ", more)" : ")");
    }
}
