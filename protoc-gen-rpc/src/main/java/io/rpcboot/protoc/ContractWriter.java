package io.rpcboot.protoc;

import java.util.List;
import java.util.stream.Collectors;

/** Writes the contract of a service: its table of methods, its clients and its bindings. */
final class ContractWriter {

    private static final String BINDING = "io.rpcboot.contract.ServiceBinding";

    private final ServiceModel service;
    private final JavaName type;

    ContractWriter(ServiceModel service) {
        this.service = service;
        this.type = service.names().contract();
    }

    String write() {
        JavaSource source = JavaSource.file(service.file(), type);
        source.javadoc(List.of("What both sides know of the service {@code " + service.fullName() + "}."));
        source.deprecationAllowed();
        source.deprecatedIf(service.deprecated());
        source.open("public final class " + type.simpleName() + " extends io.rpcboot.contract.ServiceContract<"
                + typeOf(Style.BLOCKING) + ", " + typeOf(Style.ASYNC) + '>');
        service.methods().forEach(method -> writeConstant(source, method));
        writeInstance(source);
        writeClientFactory(source, Style.BLOCKING, "blockingClient");
        writeClientFactory(source, Style.ASYNC, "asyncClient");
        writeBind(source, Style.BLOCKING, "bind");
        writeBind(source, Style.ASYNC, "bindAsync");
        new ClientWriter(service, Style.BLOCKING).write(source);
        new ClientWriter(service, Style.ASYNC).write(source);
        source.close();
        return source.toString();
    }

    private void writeConstant(JavaSource source, MethodModel method) {
        String messages = '<' + method.request() + ", " + method.reply() + '>';
        source.blank();
        source.javadoc(List.of("Method {@code " + method.name() + "}."));
        source.deprecatedIf(method.deprecated());
        source.line("public static final io.rpcboot.contract.MethodContract" + messages + ' ' + method.constant());
        source.line("        = new io.rpcboot.contract.MethodContract<>(");
        source.line("                \"" + service.fullName() + "\",");
        source.line("                \"" + method.name() + "\",");
        source.line("                io.rpcboot.MethodKind." + method.kind() + ',');
        source.line("                io.rpcboot.Idempotency." + method.idempotency() + ',');
        source.line("                " + method.request() + ".parser(),");
        source.line("                " + method.reply() + ".parser());");
    }

    /** The instance stands after the methods: it takes them at its construction. */
    private void writeInstance(JavaSource source) {
        source.blank();
        source.javadoc(List.of("The only instance."));
        source.line("public static final " + type.qualified() + " INSTANCE = new " + type.qualified() + "();");
        source.blank();
        source.open("private " + type.simpleName() + "()");
        source.line("super(");
        source.line("        \"" + service.fullName() + "\",");
        source.line("        " + typeOf(Style.BLOCKING) + ".class,");
        source.line("        " + typeOf(Style.ASYNC) + ".class,");
        source.line("        " + service.outerClass().qualified() + ".getDescriptor(),");
        source.line("        java.util.List.<io.rpcboot.contract.MethodContract<?, ?>>of(" + constants() + "));");
        source.close();
    }

    private String constants() {
        return service.methods().stream().map(MethodModel::constant).collect(Collectors.joining(", "));
    }

    private void writeClientFactory(JavaSource source, Style style, String name) {
        source.blank();
        source.line("@java.lang.Override");
        source.open("public " + typeOf(style) + ' ' + name + "(io.rpcboot.contract.Caller caller)");
        source.line("return new " + style.clientClass() + "(caller);");
        source.close();
    }

    /** Statements and not one chain of calls: javac's stack does not hold a chain of many hundred methods. */
    private void writeBind(JavaSource source, Style style, String name) {
        source.blank();
        source.line("@java.lang.Override");
        source.open("public " + BINDING + ' ' + name + '(' + typeOf(style) + " service)");
        source.line(BINDING + ".Builder binding = " + BINDING + ".of(this);");
        service.methods()
                .forEach(method -> source.line("binding." + style.verb(method) + '(' + method.constant() + ", service::"
                        + method.javaName() + ");"));
        source.line("return binding.build();");
        source.close();
    }

    private String typeOf(Style style) {
        return style.type(service).qualified();
    }
}
