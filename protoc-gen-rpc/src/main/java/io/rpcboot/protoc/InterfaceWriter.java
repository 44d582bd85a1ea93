package io.rpcboot.protoc;

import java.util.ArrayList;
import java.util.List;

/** Writes the interface of a service in one of the two styles. */
final class InterfaceWriter {

    private final ServiceModel service;
    private final Style style;
    private final JavaName type;

    InterfaceWriter(ServiceModel service, Style style) {
        this.service = service;
        this.style = style;
        this.type = style.type(service);
    }

    String write() {
        JavaSource source = JavaSource.file(service.file(), type);
        source.javadoc(typeComment());
        source.line("@io.rpcboot.contract.GeneratedFrom("
                + service.names().contract().qualified() + ".class)");
        source.deprecationAllowed();
        source.deprecatedIf(service.deprecated());
        source.open("public interface " + type.simpleName());
        service.methods().forEach(method -> writeMethod(source, method));
        writeWith(source);
        source.close();
        return source.toString();
    }

    private List<String> typeComment() {
        List<String> lines = new ArrayList<>(service.comment());
        if (!lines.isEmpty()) {
            lines.add("");
        }
        String tag = lines.isEmpty() ? "" : "<p>";
        lines.add(tag + "Service {@code " + service.fullName() + "}, " + styleSentence());
        return lines;
    }

    private String styleSentence() {
        return style == Style.BLOCKING
                ? "blocking: providers implement it, callers get a client that returns when the reply is there."
                : "asynchronous: providers implement it, callers get a client that returns at once.";
    }

    private void writeMethod(JavaSource source, MethodModel method) {
        source.blank();
        source.javadoc(method.comment());
        source.deprecatedIf(method.deprecated());
        source.line(style.signature(method) + ';');
    }

    private void writeWith(JavaSource source) {
        source.blank();
        source.javadoc(List.of(
                "A client for calls with these options; the operator receives the present ones.",
                "An implementation that is no remote client has no use for options and returns itself."));
        source.open("default " + type.qualified()
                + " with(java.util.function.UnaryOperator<io.rpcboot.CallOptions> options)");
        source.line("return this;");
        source.close();
    }
}
