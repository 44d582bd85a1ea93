package io.rpcboot.demo.launcher;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Speaks HTTP with the friend client as a browser does, session cookie included. For one thread at a time. */
final class Http {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final HttpClient CHECKS =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final JsonMapper json = JsonMapper.shared();
    private final URI base;

    Http(URI base) {
        this.base = base;
    }

    /** Whether a GET is answered with status 200 within some seconds. */
    static boolean isUp(URI address) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build();
        try {
            return CHECKS.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    Answer get(String path) throws InterruptedException {
        return send(request(path).GET());
    }

    /** Sends the fields as a JSON object. */
    Answer post(String path, Map<String, ?> fields) throws InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.writeValueAsString(fields))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(LIMIT);
    }

    private Answer send(HttpRequest.Builder builder) throws InterruptedException {
        HttpRequest request = builder.build();
        try {
            var response = client.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), json.readTree(response.body()));
        } catch (IOException e) {
            throw new DemoException(request.method() + ' ' + request.uri() + " is not answered", e);
        }
    }
}
