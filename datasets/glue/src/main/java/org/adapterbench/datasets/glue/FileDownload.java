package org.adapterbench.datasets.glue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.adapterbench.api.Reason;
import org.adapterbench.api.UserError;

/**
 * Fetches one file over HTTPS. The bytes go into a file with {@code .part} after its name, which gets its own name
 * when it is complete; a rest is fetched from where it ended. Plain HTTP is spoken on this machine only.
 */
final class FileDownload {

    /** The largest file of GLUE has about 53 MB; more is not what was asked for. */
    static final long LARGEST = 256L << 20;

    private static final int ATTEMPTS = 3;
    private static final int REDIRECTS = 5;
    private static final Duration CONNECT = Duration.ofSeconds(30);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();
    private final Consumer<String> lines;

    FileDownload(Consumer<String> lines) {
        this.lines = lines;
    }

    /** @throws UserError when the file cannot be fetched */
    void fetch(URI address, Path target) {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.createDirectories(target.getParent());
        } catch (IOException e) {
            throw new UserError(target.getParent() + ": cannot be made (allowed: a writable folder)", e);
        }
        for (int attempt = 1; ; attempt++) {
            try {
                fetchRest(address, part);
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
                lines.accept(String.format(Locale.ROOT, "%s: %,d bytes", target, Files.size(target)));
                return;
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw new UserError(
                            address + ": not fetched after " + ATTEMPTS + " attempts: " + Reason.of(e)
                                    + " (repeat to go on where it ended; HF_ENDPOINT names a mirror)",
                            e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UserError(address + ": the download was interrupted (repeat to go on where it ended)", e);
            }
        }
    }

    private void fetchRest(URI address, Path part) throws IOException, InterruptedException {
        long have = Files.exists(part) ? Files.size(part) : 0;
        HttpResponse<InputStream> response = send(address, have);
        try (InputStream body = response.body()) {
            checkStatus(response, have, part);
            long start = response.statusCode() == 206 ? have : 0;
            long size = size(response, start);
            write(body, part, start, response.uri());
            if (size >= 0 && Files.size(part) != size) {
                throw new IOException(Files.size(part) + " of " + size + " bytes came");
            }
        }
    }

    /** Lets an answer with the whole file or with the rest asked for pass. */
    private static void checkStatus(HttpResponse<InputStream> response, long have, Path part) throws IOException {
        int status = response.statusCode();
        String range = response.headers().firstValue("Content-Range").orElse("");
        if (status == 416 || (status == 206 && !range.startsWith("bytes " + have + "-"))) {
            Files.deleteIfExists(part);
            throw new IOException("the file no longer fits what was fetched of it before");
        }
        if (status == 429 || status >= 500) {
            throw new IOException("HTTP " + status);
        }
        if (status != 200 && status != 206) {
            throw new UserError(response.uri() + ": HTTP " + status + " (allowed: 200; HF_ENDPOINT names a mirror)");
        }
    }

    /** The size of the whole file as the server states it, or -1. */
    private static long size(HttpResponse<InputStream> response, long start) {
        OptionalLong length = response.headers().firstValueAsLong("Content-Length");
        long size = length.isPresent() ? start + length.getAsLong() : -1;
        checkSize(response.uri(), size);
        return size;
    }

    private static void write(InputStream body, Path part, long start, URI address) throws IOException {
        StandardOpenOption mode = start == 0 ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND;
        try (OutputStream out =
                Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode)) {
            byte[] buffer = new byte[1 << 16];
            long size = start;
            for (int n; (n = body.read(buffer)) >= 0; ) {
                size += n;
                checkSize(address, size);
                out.write(buffer, 0, n);
            }
        }
    }

    private static void checkSize(URI address, long size) {
        if (size > LARGEST) {
            throw new UserError(address + ": larger than " + LARGEST + " bytes (no GLUE file is)");
        }
    }

    /** Follows redirections itself, so that none leads away from HTTPS. */
    private HttpResponse<InputStream> send(URI address, long have) throws IOException, InterruptedException {
        URI at = address;
        for (int i = 0; i <= REDIRECTS; i++) {
            checkScheme(at);
            HttpRequest.Builder request = HttpRequest.newBuilder(at).timeout(ANSWER);
            if (have > 0) {
                request.header("Range", "bytes=" + have + "-");
            }
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            String location = response.headers().firstValue("Location").orElse("");
            if (response.statusCode() / 100 != 3 || location.isEmpty()) {
                return response;
            }
            response.body().close();
            at = at.resolve(location);
        }
        throw new UserError(address + ": more than " + REDIRECTS + " redirections (HF_ENDPOINT names a mirror)");
    }

    private static void checkScheme(URI address) {
        String scheme = String.valueOf(address.getScheme());
        if (!scheme.equals("https") && !(scheme.equals("http") && isLoopback(address.getHost()))) {
            throw new UserError(address + ": not fetched (allowed: https, or http on this machine)");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return host != null && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
