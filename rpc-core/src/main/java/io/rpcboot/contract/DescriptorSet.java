package io.rpcboot.contract;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A contract in protobuf's own words, and a short name for exactly these words. Immutable.
 *
 * @param bytes a serialised {@code google.protobuf.FileDescriptorSet}: imports first, then the file itself
 * @param fingerprint SHA-256 of the bytes, in 64 lower-case hex digits
 */
public record DescriptorSet(ByteString bytes, String fingerprint) {

    static DescriptorSet of(FileDescriptor file) {
        Set<FileDescriptor> files = new LinkedHashSet<>();
        collect(file, files);
        FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
        files.forEach(one -> set.addFile(one.toProto()));
        ByteString bytes = set.build().toByteString();
        return new DescriptorSet(bytes, sha256(bytes));
    }

    private static void collect(FileDescriptor file, Set<FileDescriptor> files) {
        if (!files.contains(file)) {
            file.getDependencies().forEach(imported -> collect(imported, files));
            files.add(file);
        }
    }

    private static String sha256(ByteString bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes.asReadOnlyByteBuffer());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
