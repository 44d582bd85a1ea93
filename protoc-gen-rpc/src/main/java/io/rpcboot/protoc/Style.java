package io.rpcboot.protoc;

/** The two ways a service is written in Java. */
enum Style {
    BLOCKING("io.rpcboot.RpcStream", "%s", "", "BlockingClient"),
    ASYNC("java.util.concurrent.Flow.Publisher", "java.util.concurrent.CompletableFuture<%s>", "Async", "AsyncClient");

    private final String stream;
    private final String single;
    private final String verbSuffix;
    private final String clientClass;

    Style(String stream, String single, String verbSuffix, String clientClass) {
        this.stream = stream;
        this.single = single;
        this.verbSuffix = verbSuffix;
        this.clientClass = clientClass;
    }

    JavaName type(ServiceModel service) {
        return this == BLOCKING ? service.names().blocking() : service.names().async();
    }

    /** Name of the nested class of the contract that makes the calls. */
    String clientClass() {
        return clientClass;
    }

    String verb(MethodModel method) {
        return method.kind().verb() + verbSuffix;
    }

    /** The name of the one parameter of a method. */
    String parameter(MethodModel method) {
        return method.kind().clientStreams() ? "requests" : "request";
    }

    /** Result, name and parameter of a method, as Java declares it. */
    String signature(MethodModel method) {
        return result(method) + ' ' + method.javaName() + '(' + parameterType(method) + ' ' + parameter(method) + ')';
    }

    private String parameterType(MethodModel method) {
        return method.kind().clientStreams() ? streamOf(method.request()) : method.request();
    }

    private String result(MethodModel method) {
        return method.kind().serverStreams() ? streamOf(method.reply()) : single.formatted(method.reply());
    }

    private String streamOf(String message) {
        return stream + '<' + message + '>';
    }
}
