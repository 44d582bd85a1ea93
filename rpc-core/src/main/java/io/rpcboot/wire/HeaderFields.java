package io.rpcboot.wire;

/** The tags of RpcHeader and MetadataEntry: field number and wire type in one number, as they stand on the wire. */
final class HeaderFields {

    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LENGTH_DELIMITED = 2;
    static final int FIXED32 = 5;

    static final int SERVICE_NAME = 1 << 3 | LENGTH_DELIMITED;
    static final int METHOD_NAME = 2 << 3 | LENGTH_DELIMITED;
    static final int ARGS_SIZE = 3 << 3 | VARINT;
    static final int CALL_ID = 7 << 3 | VARINT;
    static final int KIND = 8 << 3 | VARINT;
    static final int METHOD_ID = 9 << 3 | VARINT;
    static final int TIMEOUT = 10 << 3 | VARINT;
    static final int SENT_AT = 11 << 3 | VARINT;
    static final int STATUS = 12 << 3 | VARINT;
    static final int MORE = 13 << 3 | VARINT;
    static final int CREDIT = 14 << 3 | VARINT;
    static final int CHECKSUM = 15 << 3 | FIXED32;
    static final int REASON = 16 << 3 | VARINT;
    static final int OUTCOME = 17 << 3 | VARINT;
    static final int RETRY_AFTER = 18 << 3 | VARINT;
    static final int STATUS_MESSAGE = 19 << 3 | LENGTH_DELIMITED;
    static final int DETAILS = 20 << 3 | LENGTH_DELIMITED;
    static final int VERSION = 21 << 3 | LENGTH_DELIMITED;
    static final int GROUP = 22 << 3 | LENGTH_DELIMITED;
    static final int ATTEMPT = 23 << 3 | VARINT;
    static final int METADATA = 24 << 3 | LENGTH_DELIMITED;
    static final int ENCODING = 25 << 3 | VARINT;

    static final int METADATA_KEY = 1 << 3 | LENGTH_DELIMITED;
    static final int METADATA_TEXT = 2 << 3 | LENGTH_DELIMITED;
    static final int METADATA_BINARY = 3 << 3 | LENGTH_DELIMITED;

    /** What the checksum takes at the end of a header: tag and value. */
    static final int CHECKSUM_BYTES = 5;

    private HeaderFields() {}
}
