package org.adapterbench.core.weights;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.adapterbench.api.UserError;

/**
 * The server that stands for the hub. Only HTTPS is spoken; plain HTTP is for a server on this very machine,
 * and then for no other.
 */
record Endpoint(URI base) {

    private static final String VARIABLE = "HF_ENDPOINT";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    static Endpoint of(Map<String, String> environment) {
        String text = environment.getOrDefault(VARIABLE, "").strip();
        if (text.isEmpty()) {
            return new Endpoint(URI.create("https://huggingface.co/"));
        }
        try {
            URI base = URI.create(text.endsWith("/") ? text : text + "/");
            Endpoint endpoint = new Endpoint(base);
            if (base.getHost() != null && (isHttps(base) || isLoopback(base))) {
                return endpoint;
            }
        } catch (IllegalArgumentException e) {
            throw new UserError(VARIABLE + ": '" + text + "' is not an address", e);
        }
        throw new UserError(VARIABLE + ": '" + text + "' (allowed: https://..., and http:// on this machine only)");
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

    URI file(HubReference reference, String file) {
        return base.resolve(reference.model() + "/resolve/" + reference.revision() + "/" + file);
    }
}
