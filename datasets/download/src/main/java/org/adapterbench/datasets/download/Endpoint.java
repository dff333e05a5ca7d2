package org.adapterbench.datasets.download;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.adapterbench.api.UserError;

/**
 * The server that stands for the hub. Only HTTPS is spoken; plain HTTP is for a server on this very machine,
 * and then for no other.
 */
public final class Endpoint {

    private static final String VARIABLE = "HF_ENDPOINT";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final URI base;

    private Endpoint(URI base) {
        this.base = base;
    }

    /**
     * What {@code HF_ENDPOINT} names, or the hub itself.
     *
     * @throws UserError when the variable holds no address that may be asked
     */
    public static Endpoint of(Map<String, String> environment) {
        String text = environment.getOrDefault(VARIABLE, "").strip();
        if (text.isEmpty()) {
            return new Endpoint(URI.create("https://huggingface.co/"));
        }
        try {
            URI base = URI.create(text.replaceAll("/+$", "") + "/");
            if (base.getHost() != null && (isHttps(base) || isLoopback(base))) {
                return new Endpoint(base);
            }
        } catch (IllegalArgumentException e) {
            throw new UserError(VARIABLE + ": '" + text + "' is not an address", e);
        }
        throw new UserError(VARIABLE + ": '" + text + "' (allowed: https://..., and http:// on this machine only)");
    }

    /** The server's own address, with a slash at its end. */
    public URI base() {
        return base;
    }

    /** @param path from the server's own address on, without a slash at its beginning */
    public URI file(String path) {
        return base.resolve(path);
    }

    /** @throws UserError when the address must not be asked */
    void requireAllowed(URI uri) {
        if (!isHttps(uri) && !(isLoopback(base) && isLoopback(uri))) {
            throw new UserError(uri + ": refused: not HTTPS");
        }
    }

    private static boolean isHttps(URI uri) {
        return "https".equals(uri.getScheme());
    }

    private static boolean isLoopback(URI uri) {
        return "http".equals(uri.getScheme()) && uri.getHost() != null && LOOPBACK.contains(uri.getHost());
    }
}
