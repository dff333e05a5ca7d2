package org.adapterbench.datasets.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.adapterbench.api.Reason;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.UserError;

/**
 * Downloads one file over HTTPS, resumably: what has arrived lies in {@code NAME.part}, and a later attempt asks
 * for the rest only. The file appears under its name when it is complete.
 */
public final class Download {

    private static final int MOST_ATTEMPTS = 5;

    private final Requests requests;
    private final DownloadListener listener;
    private final String hint;
    private final Timing timing;

    /**
     * @param hint what helps where the server can't be had, for the end of a message: {@code try again}
     */
    public Download(Endpoint endpoint, DownloadListener listener, String hint) {
        this(endpoint, listener, hint, Timing.USUAL);
    }

    Download(Endpoint endpoint, DownloadListener listener, String hint, Timing timing) {
        this.requests = new Requests(endpoint, hint);
        this.listener = listener;
        this.hint = hint;
        this.timing = timing;
    }

    /**
     * @param target    what the file is to be called; its folder is made when it is not there
     * @param mostBytes size limit
     * @return false when the server has no such file
     * @throws UserError when the server refuses, or the transfer breaks again and again without getting further
     */
    public boolean fetch(URI uri, Path target, long mostBytes) {
        PartialFile part = new PartialFile(target);
        part.makeFolder();
        for (int attempt = 1; ; attempt++) {
            long before = part.size();
            try {
                return attempt(uri, part, mostBytes);
            } catch (IOException e) {
                // A cut transfer goes on where it was cut, as long as each attempt brings something.
                if (attempt == MOST_ATTEMPTS || !(e instanceof Busy || part.size() > before)) {
                    throw broken(uri, part.size(), e);
                }
                if (e instanceof Busy) {
                    pause(uri, attempt);
                }
            }
        }
    }

    private UserError broken(URI uri, long bytes, IOException e) {
        if (e instanceof Unreachable unreachable) {
            return new UserError(
                    uri + ": cannot reach " + unreachable.host() + " (" + Reason.of(unreachable.reason()) + "); "
                            + hint,
                    e);
        }
        if (e instanceof Busy) {
            return new UserError(uri + ": " + e.getMessage() + " after " + MOST_ATTEMPTS + " attempts; " + hint, e);
        }
        return new UserError(
                uri + ": transfer broke after " + bytes + " bytes: " + Reason.of(e)
                        + " (the same command goes on from there); " + hint,
                e);
    }

    private void pause(URI uri, int attempt) {
        try {
            Thread.sleep(timing.pause().multipliedBy(attempt).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError(uri + ": the download was interrupted (the same command goes on from there)", e);
        }
    }

    private boolean attempt(URI uri, PartialFile part, long mostBytes) throws IOException {
        Answer answer = requests.ask(uri, part.usable(), part.tag());
        try (InputStream body = answer.http().body()) {
            if (answer.status() == 404) {
                return false;
            }
            if (answer.refusesToGoOn()) {
                // Without a beginning the next request asks for everything.
                part.throwAway();
                return attempt(uri, part, mostBytes);
            }
            requireContent(uri, answer);
            requireAtMost(uri, answer.total(), mostBytes);
            part.tagged(answer.header("etag"));
            append(uri, body, part, answer, mostBytes);
            if (answer.total() >= 0 && part.size() != answer.total()) {
                throw new IOException("only " + part.size() + " of " + answer.total() + " bytes arrived");
            }
        }
        requireAnnouncedSha256(uri, part, answer.announcedSha256());
        part.complete();
        return true;
    }

    private void requireContent(URI uri, Answer answer) throws Busy {
        int status = answer.status();
        if (answer.isBusy()) {
            throw new Busy(status);
        }
        if (!answer.isWhole() && !answer.isTheRest()) {
            throw new UserError(uri + ": the server answers " + status
                    + (status == 401 || status == 403 ? " (not there, private, or not free to all); " : "; ") + hint);
        }
    }

    private void append(URI uri, InputStream body, PartialFile part, Answer answer, long mostBytes) throws IOException {
        try (FileChannel out = FileChannel.open(part.path(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                StallGuard guard = new StallGuard(body, timing.patience())) {
            out.truncate(answer.start()).position(answer.start());
            String name = part.target().getFileName().toString();
            copy(uri, body, out, guard, mostBytes, done -> listener.progress(name, done, answer.total()));
            guard.requireNoStall();
        }
    }

    private static void copy(
            URI uri, InputStream body, FileChannel out, StallGuard guard, long mostBytes, LongConsumer heard)
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
                heard.accept(out.position());
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

    private static void requireAnnouncedSha256(URI uri, PartialFile part, Optional<String> announced)
            throws IOException {
        if (announced.isPresent() && !announced.get().equals(Sha256.ofFile(part.path()))) {
            part.throwAway();
            throw new UserError(uri + ": the content's SHA-256 is not the one that the hub announces ("
                    + announced.get() + "); it was thrown away");
        }
    }
}
