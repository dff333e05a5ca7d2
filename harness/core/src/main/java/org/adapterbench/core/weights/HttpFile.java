package org.adapterbench.core.weights;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.adapterbench.api.Reason;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.UserError;

/**
 * Downloads one file over HTTPS, resumably: what has arrived lies in {@code NAME.part}, and a later attempt asks
 * for the rest only. The file appears under its name when it is complete.
 */
final class HttpFile {

    private static final int MOST_REDIRECTS = 5;
    private static final int MOST_ATTEMPTS = 5;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final HttpClient client;
    private final Endpoint endpoint;
    private final DownloadListener listener;
    private final Duration patience;

    HttpFile(Endpoint endpoint, DownloadListener listener) {
        this(endpoint, listener, TIMEOUT);
    }

    /** @param patience how long a transfer may bring nothing before it counts as broken */
    HttpFile(Endpoint endpoint, DownloadListener listener, Duration patience) {
        // Redirects are followed here, not by the client, so that each hop is checked.
        this.client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(TIMEOUT)
                .build();
        this.endpoint = endpoint;
        this.listener = listener;
        this.patience = patience;
    }

    /**
     * @param mostBytes size limit
     * @return false when the server has no such file
     * @throws UserError when the server refuses, or the transfer breaks again and again without getting further
     */
    boolean fetch(URI uri, Path target, long mostBytes) {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        for (int attempt = 1; ; attempt++) {
            long before = size(part);
            try {
                return attempt(uri, target, part, mostBytes);
            } catch (IOException e) {
                // A cut transfer goes on where it was cut, as long as each attempt brings something.
                if (attempt == MOST_ATTEMPTS || size(part) <= before) {
                    throw broken(uri, size(part), e);
                }
            }
        }
    }

    private static UserError broken(URI uri, long bytes, IOException e) {
        if (e instanceof Unreachable unreachable) {
            return new UserError(
                    uri + ": cannot reach " + unreachable.host + " (" + Reason.of(e.getCause())
                            + "); use a local folder, another encoder, or try again",
                    e);
        }
        return new UserError(
                uri + ": transfer broke after " + bytes + " bytes: " + Reason.of(e)
                        + " (the same command goes on from there)",
                e);
    }

    /** No answer came at all, so that nothing can be said about the file. */
    private static final class Unreachable extends IOException {

        private static final long serialVersionUID = 1;

        private final String host;

        Unreachable(String host, IOException cause) {
            super(cause);
            this.host = host;
        }
    }

    private boolean attempt(URI uri, Path target, Path part, long mostBytes) throws IOException {
        Path tagFile = part.resolveSibling(part.getFileName() + ".etag");
        long have = Files.exists(tagFile) ? size(part) : 0;
        Response response = request(uri, have, have == 0 ? "" : Files.readString(tagFile));
        try (InputStream body = response.http().body()) {
            int status = response.http().statusCode();
            if (status == 404) {
                return false;
            }
            if (status == 416 && have > 0) {
                // The server cannot go on from there; without a beginning the next request asks for everything.
                Files.delete(part);
                return attempt(uri, target, part, mostBytes);
            }
            if (status != 200 && status != 206) {
                throw new UserError(uri + ": the server answers " + status
                        + (status == 401 || status == 403 ? " (not there, private, or not free to all)" : ""));
            }
            long start = status == 206 ? have : 0;
            long length =
                    response.http().headers().firstValueAsLong("content-length").orElse(-1);
            long total = length < 0 ? -1 : start + length;
            requireAtMost(uri, total, mostBytes);
            Files.writeString(
                    tagFile, response.http().headers().firstValue("etag").orElse(""));
            append(
                    uri,
                    body,
                    part,
                    start,
                    total,
                    mostBytes,
                    target.getFileName().toString());
            if (total >= 0 && size(part) != total) {
                throw new IOException("only " + size(part) + " of " + total + " bytes arrived");
            }
        }
        requireAnnouncedSha256(uri, part, response.announcedSha256());
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(tagFile);
        return true;
    }

    private record Response(HttpResponse<InputStream> http, Optional<String> announcedSha256) {}

    private Response request(URI uri, long have, String tag) throws IOException {
        URI next = uri;
        Optional<String> announced = Optional.empty();
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            endpoint.requireAllowed(next);
            HttpRequest.Builder request = HttpRequest.newBuilder(next).timeout(TIMEOUT);
            if (have > 0) {
                request.header("Range", "bytes=" + have + "-");
                // Without this a file that changed in between would be glued to the old one's beginning.
                if (!tag.isEmpty()) {
                    request.header("If-Range", tag);
                }
            }
            HttpResponse<InputStream> response = send(request.build());
            // The hub announces the SHA-256 of large files in the answer that redirects to their store.
            announced = announced.or(() -> response.headers()
                    .firstValue("x-linked-etag")
                    .map(value -> value.replace("\"", ""))
                    .filter(value -> value.matches("[0-9a-f]{64}")));
            Optional<String> location = response.headers().firstValue("location");
            if (!REDIRECTS.contains(response.statusCode()) || location.isEmpty()) {
                return new Response(response, announced);
            }
            response.body().close();
            next = next.resolve(location.get());
        }
        throw new UserError(uri + ": redirected more than " + MOST_REDIRECTS + " times");
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

    private void append(URI uri, InputStream body, Path part, long start, long total, long mostBytes, String name)
            throws IOException {
        try (FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                StallGuard guard = new StallGuard(body, patience)) {
            out.truncate(start).position(start);
            copy(uri, body, out, guard, total, mostBytes, name);
            guard.requireNoStall();
        }
    }

    private void copy(
            URI uri, InputStream body, FileChannel out, StallGuard guard, long total, long mostBytes, String name)
            throws IOException {
        byte[] buffer = new byte[1 << 16];
        try {
            for (int n; (n = body.read(buffer)) >= 0; ) {
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                guard.arrived(out.position());
                requireAtMost(uri, out.position(), mostBytes);
                listener.progress(name, out.position(), total);
            }
        } catch (IOException e) {
            guard.requireNoStall();
            throw e;
        }
    }

    private static void requireAtMost(URI uri, long bytes, long mostBytes) {
        if (bytes > mostBytes) {
            throw new UserError(uri + ": has at least " + bytes + " bytes (allowed: " + mostBytes + ")");
        }
    }

    private static void requireAnnouncedSha256(URI uri, Path part, Optional<String> announced) throws IOException {
        if (announced.isPresent() && !announced.get().equals(Sha256.ofFile(part))) {
            Files.delete(part);
            throw new UserError(uri + ": the content's SHA-256 is not the one that the hub announces ("
                    + announced.get() + "); it was thrown away");
        }
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + Reason.of(e), e);
        }
    }
}
