package org.adapterbench.datasets.download;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * What the last server of a chain of redirects says.
 *
 * @param have            where the content was asked to begin
 * @param announcedSha256 what the first server of the chain that knows it says of the content
 */
record Answer(HttpResponse<InputStream> http, long have, Optional<String> announcedSha256) {

    int status() {
        return http.statusCode();
    }

    boolean isWhole() {
        return status() == 200;
    }

    /** Whether this is the part that was asked for, and not another one. */
    boolean isTheRest() {
        return have > 0 && status() == 206 && header("content-range").startsWith("bytes " + have + "-");
    }

    /** Whether the server can't or won't go on from where the content was asked to begin. */
    boolean refusesToGoOn() {
        return have > 0 && (status() == 416 || (status() == 206 && !isTheRest()));
    }

    boolean isBusy() {
        return status() == 429 || status() / 100 == 5;
    }

    /** Where the content in this answer begins. */
    long start() {
        return isTheRest() ? have : 0;
    }

    /** Bytes of the whole file, or -1 when the server does not say. */
    long total() {
        long length = http.headers().firstValueAsLong("content-length").orElse(-1);
        return length < 0 ? -1 : start() + length;
    }

    String header(String name) {
        return http.headers().firstValue(name).orElse("");
    }
}
