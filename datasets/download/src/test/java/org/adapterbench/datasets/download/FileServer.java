package org.adapterbench.datasets.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.adapterbench.api.Sha256;

/** A small server on this machine: files by path, byte ranges, redirects, and all that can go wrong with a transfer. */
public final class FileServer implements AutoCloseable {

    /** One request as it came in. */
    public record Request(String path, String range) {}

    private final HttpServer server;
    private final Map<String, byte[]> files = Collections.synchronizedMap(new HashMap<>());
    private final Map<String, Integer> cutsAfter = Collections.synchronizedMap(new HashMap<>());
    private final Map<String, String> redirects = Collections.synchronizedMap(new HashMap<>());
    private final Map<String, String> announced = Collections.synchronizedMap(new HashMap<>());
    private final Map<String, Long> claims = Collections.synchronizedMap(new HashMap<>());
    private final List<Integer> refusals = Collections.synchronizedList(new ArrayList<>());
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean ranges = true;
    private volatile int misplaced;
    private volatile boolean stalls;

    public FileServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public FileServer put(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    public void remove(String path) {
        files.remove(path);
    }

    /** Each answer for the path breaks off after so many bytes. */
    public FileServer cut(String path, int after) {
        cutsAfter.put(path, after);
        return this;
    }

    /** Answers that would be cut keep the connection open and say nothing more. */
    public FileServer stallInsteadOfCutting() {
        stalls = true;
        return this;
    }

    public FileServer redirect(String path, String location) {
        redirects.put(path, location);
        return this;
    }

    public FileServer announce(String path, String sha256) {
        announced.put(path, sha256);
        return this;
    }

    public FileServer withoutRanges() {
        ranges = false;
        return this;
    }

    /** The answers for the path say that they have so many bytes, whatever they bring. */
    public FileServer claim(String path, long bytes) {
        claims.put(path, bytes);
        return this;
    }

    /** The next requests get only these states, one each. */
    public FileServer refuse(Integer... states) {
        refusals.addAll(List.of(states));
        return this;
    }

    /** A rest begins so many bytes after the place that was asked for. */
    public FileServer misplaceRests(int bytes) {
        misplaced = bytes;
        return this;
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String range = exchange.getRequestHeaders().getFirst("Range");
        requests.add(new Request(path, range == null ? "" : range));
        try (exchange) {
            if (announced.containsKey(path)) {
                exchange.getResponseHeaders().set("X-Linked-Etag", '"' + announced.get(path) + '"');
            }
            if (!refusals.isEmpty()) {
                exchange.sendResponseHeaders(refusals.remove(0), -1);
                return;
            }
            if (redirects.containsKey(path)) {
                exchange.getResponseHeaders().set("Location", redirects.get(path));
                exchange.sendResponseHeaders(302, -1);
                return;
            }
            byte[] content = files.get(path);
            if (content == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            serve(exchange, path, range, content);
        }
    }

    private void serve(HttpExchange exchange, String path, String range, byte[] content) throws IOException {
        String tag = '"' + new Sha256().add(content).hex().substring(0, 16) + '"';
        exchange.getResponseHeaders().set("ETag", tag);
        String condition = exchange.getRequestHeaders().getFirst("If-Range");
        int from = 0;
        if (ranges && range != null && (condition == null || condition.equals(tag))) {
            from = misplaced + Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
            if (from >= content.length) {
                exchange.sendResponseHeaders(416, -1);
                return;
            }
        }
        byte[] rest = Arrays.copyOfRange(content, from, content.length);
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, claims.getOrDefault(path, (long) rest.length));
        int sent = Math.min(rest.length, cutsAfter.getOrDefault(path, Integer.MAX_VALUE));
        exchange.getResponseBody().write(rest, 0, sent);
        if (stalls && sent < rest.length) {
            exchange.getResponseBody().flush();
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
