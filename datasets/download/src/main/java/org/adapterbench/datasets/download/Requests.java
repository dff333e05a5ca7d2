package org.adapterbench.datasets.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.adapterbench.api.UserError;

/** Asks for a file or the rest of it. Redirects are followed here, not by the client, so that each hop is checked. */
final class Requests {

    private static final int MOST_REDIRECTS = 5;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(TIMEOUT)
            .build();
    private final Endpoint endpoint;
    private final String hint;

    Requests(Endpoint endpoint, String hint) {
        this.endpoint = endpoint;
        this.hint = hint;
    }

    /**
     * @param have bytes that are there already
     * @param tag  the server's tag of their content; empty where it gave none
     */
    Answer ask(URI uri, long have, String tag) throws IOException {
        URI next = uri;
        Optional<String> announced = Optional.empty();
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            endpoint.requireAllowed(next);
            HttpResponse<InputStream> response = send(request(next, have, tag));
            // The hub announces the SHA-256 of large files in the answer that redirects to their store.
            announced = announced.or(() -> response.headers()
                    .firstValue("x-linked-etag")
                    .map(value -> value.replace("\"", ""))
                    .filter(value -> value.matches("[0-9a-f]{64}")));
            Optional<String> location = response.headers().firstValue("location");
            if (!REDIRECTS.contains(response.statusCode()) || location.isEmpty()) {
                return new Answer(response, have, announced);
            }
            response.body().close();
            next = next.resolve(location.get());
        }
        throw new UserError(uri + ": redirected more than " + MOST_REDIRECTS + " times; " + hint);
    }

    private static HttpRequest request(URI uri, long have, String tag) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(TIMEOUT);
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
            // Without this a file that changed in between would be glued to the old one's beginning.
            if (!tag.isEmpty()) {
                request.header("If-Range", tag);
            }
        }
        return request.build();
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new Unreachable(request.uri().getHost(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
