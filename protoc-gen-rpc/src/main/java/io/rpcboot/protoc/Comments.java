package io.rpcboot.protoc;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The comments of a file that stand directly before its services and methods, as lines of Javadoc. Immutable. */
final class Comments {

    private final Map<List<Integer>, String> leading;

    private Comments(Map<List<Integer>, String> leading) {
        this.leading = leading;
    }

    static Comments of(FileDescriptor file) {
        return new Comments(file.toProto().getSourceCodeInfo().getLocationList().stream()
                .filter(Location::hasLeadingComments)
                .collect(Collectors.toMap(
                        Location::getPathList, Location::getLeadingComments, (first, later) -> first)));
    }

    List<String> ofService(ServiceDescriptor service) {
        return at(List.of(FileDescriptorProto.SERVICE_FIELD_NUMBER, service.getIndex()));
    }

    List<String> ofMethod(MethodDescriptor method) {
        return at(List.of(
                FileDescriptorProto.SERVICE_FIELD_NUMBER,
                method.getService().getIndex(),
                ServiceDescriptorProto.METHOD_FIELD_NUMBER,
                method.getIndex()));
    }

    private List<String> at(List<Integer> path) {
        return javadoc(leading.getOrDefault(path, ""));
    }

    /** One line per line of the comment; a paragraph tag where an empty line separates two. */
    static List<String> javadoc(String comment) {
        List<String> lines = new ArrayList<>();
        boolean paragraphEnded = false;
        for (String line : plain(comment).lines().map(String::strip).toList()) {
            if (line.isEmpty()) {
                paragraphEnded = !lines.isEmpty();
            } else {
                if (paragraphEnded) {
                    lines.add("");
                }
                lines.add((paragraphEnded ? "<p>" : "") + escape(line));
                paragraphEnded = false;
            }
        }
        return List.copyOf(lines);
    }

    /** Without the second star of a comment in the style of Javadoc, which protoc leaves in. */
    private static String plain(String comment) {
        return comment.startsWith("*") ? comment.substring(1) : comment;
    }

    /** What would end the comment, be taken for HTML or a tag, or start a Unicode escape. */
    private static String escape(String line) {
        return line.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "&#64;")
                .replace("\\", "&#92;")
                .replace("*/", "*&#47;");
    }
}
