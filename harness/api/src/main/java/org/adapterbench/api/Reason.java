package org.adapterbench.api;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Says in words why something outside the program failed, without what only the libraries' authors understand. */
public final class Reason {

    /** A JSON library's name for the place of an error. */
    private static final Pattern SOURCE = Pattern.compile("\\[Source: .*?; (line: \\d+, column: \\d+)\\]");

    /** What it says of its own classes and settings. */
    private static final Pattern INTERNALS = Pattern.compile(
            ",? from `[^`]*`| \\(of type \\w+\\)| \\(bound as `[^`]*`\\): not allowed as per `[^`]*`|:? enable `[^`]*` to allow"
                    + "|; `\\w+Feature\\.\\w+` enabled| \\(through reference chain: [^)]*\\)");

    private static final String UNKNOWN_HOST = "no such host is known here";

    private Reason() {}

    /** One line without {@code null}, class names and object identities. */
    public static String of(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            String known = known(at);
            if (!known.isEmpty()) {
                return known;
            }
        }
        if (failure instanceof UncheckedIOException wrapped) {
            String cause = of(wrapped.getCause());
            String said = wrapped.getMessage();
            return said == null || said.equals(wrapped.getCause().toString()) ? cause : OneLine.of(said + ": " + cause);
        }
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return words(failure.getClass().getSimpleName());
        }
        return OneLine.of(
                INTERNALS.matcher(SOURCE.matcher(message).replaceAll("$1")).replaceAll(""));
    }

    private static String known(Throwable failure) {
        if (failure instanceof UnknownHostException || failure instanceof UnresolvedAddressException) {
            return UNKNOWN_HOST;
        }
        if (failure instanceof HttpTimeoutException) {
            return "no answer in time";
        }
        if (failure instanceof SSLException) {
            return "no trusted connection";
        }
        if (failure instanceof ClosedChannelException) {
            return "the connection was closed";
        }
        if (failure instanceof ConnectException) {
            // The HTTP client hides an unknown host in a failed connection, and a retry's closed channel, too.
            String hidden = failure.getCause() == null ? "" : known(failure.getCause());
            return hidden.equals(UNKNOWN_HOST) ? hidden : "no connection";
        }
        return failure instanceof FileSystemException file ? known(file) : "";
    }

    private static String known(FileSystemException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no " + failure.getFile();
        }
        if (failure instanceof AccessDeniedException) {
            return "no permission for " + failure.getFile();
        }
        if (failure instanceof FileAlreadyExistsException || failure instanceof NotDirectoryException) {
            return failure.getFile() + " is no folder";
        }
        return failure.getReason() == null ? "" : failure.getFile() + ": " + failure.getReason();
    }

    /** {@code HttpConnectException} gives {@code http connect}. */
    private static String words(String className) {
        return className
                .replaceAll("(Exception|Error)$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
