package org.adapterbench.core.weights;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** A small hub on this machine: files by path, byte ranges, redirects to a store, and transfers that break. */
final class HubServer implements AutoCloseable {

    /** One request as it came in. */
    record Request(String path, String range) {}

    private final HttpServer server;
    private final Map<String, byte[]> files = Collections.synchronizedMap(new HashMap<>());
    private final Map<String, Integer> cutsAfter = Collections.synchronizedMap(new HashMap<>());
    private final Map<String, String> redirects = Collections.synchronizedMap(new HashMap<>());
    private final Map<String, String> announced = Collections.synchronizedMap(new HashMap<>());
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean ranges = true;
    private volatile boolean stalls;

    HubServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    HubServer put(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    /** Serves a folder of Hugging Face's layout as the revision of a model. */
    HubServer putModel(String model, String revision, Path folder) throws IOException {
        try (var all = Files.list(folder)) {
            for (Path file : all.toList()) {
                put("/" + model + "/resolve/" + revision + "/" + file.getFileName(), Files.readAllBytes(file));
            }
        }
        return this;
    }

    void remove(String path) {
        files.remove(path);
    }

    /** Each answer for the path breaks off after so many bytes. */
    HubServer cut(String path, int after) {
        cutsAfter.put(path, after);
        return this;
    }

    /** Answers that would be cut keep the connection open and say nothing more. */
    HubServer stallInsteadOfCutting() {
        stalls = true;
        return this;
    }

    HubServer redirect(String path, String location) {
        redirects.put(path, location);
        return this;
    }

    HubServer announce(String path, String sha256) {
        announced.put(path, sha256);
        return this;
    }

    HubServer withoutRanges() {
        ranges = false;
        return this;
    }

    List<Request> requests() {
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
            from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
            if (from >= content.length) {
                exchange.sendResponseHeaders(416, -1);
                return;
            }
        }
        byte[] rest = Arrays.copyOfRange(content, from, content.length);
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, rest.length);
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
