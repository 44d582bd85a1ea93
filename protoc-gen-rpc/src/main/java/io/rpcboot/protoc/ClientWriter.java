package io.rpcboot.protoc;

/** Writes the nested class of a contract that turns Java calls of one style into calls of a {@code Caller}. */
final class ClientWriter {

    private static final String CALLER = "io.rpcboot.contract.Caller";

    private final ServiceModel service;
    private final Style style;
    private final String type;

    ClientWriter(ServiceModel service, Style style) {
        this.service = service;
        this.style = style;
        this.type = style.type(service).qualified();
    }

    void write(JavaSource source) {
        source.blank();
        source.open("private static final class " + style.clientClass() + " implements " + type);
        writeConstructor(source);
        service.methods().forEach(method -> writeMethod(source, method));
        writeWith(source);
        writeToString(source);
        source.close();
    }

    private void writeConstructor(JavaSource source) {
        source.blank();
        source.line("private final " + CALLER + " caller;");
        source.blank();
        source.open("private " + style.clientClass() + '(' + CALLER + " caller)");
        source.line("this.caller = caller;");
        source.close();
    }

    private void writeMethod(JavaSource source, MethodModel method) {
        source.blank();
        source.line("@java.lang.Override");
        source.deprecatedIf(method.deprecated());
        source.open("public " + style.signature(method));
        source.line("return caller." + style.verb(method) + '(' + method.constant() + ", " + style.parameter(method)
                + ");");
        source.close();
    }

    private void writeWith(JavaSource source) {
        source.blank();
        source.line("@java.lang.Override");
        source.open("public " + type + " with(java.util.function.UnaryOperator<io.rpcboot.CallOptions> options)");
        source.line("return new " + style.clientClass() + "(caller.with(options));");
        source.close();
    }

    private void writeToString(JavaSource source) {
        source.blank();
        source.line("@java.lang.Override");
        source.open("public java.lang.String toString()");
        source.line("return \"" + type + " client over \" + caller;");
        source.close();
    }
}
