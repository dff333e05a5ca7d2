package org.adapterbench.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class ReasonTest {

    @Test
    void anUnknownHostIsFoundUnderTheConnectionThatHidesIt() {
        ConnectException outer = new ConnectException();
        outer.initCause(new ConnectException().initCause(new UnresolvedAddressException()));

        assertThat(Reason.of(outer)).isEqualTo("no such host is known here");
    }

    @Test
    void connectionsThatFailWithoutMessageHaveWords() {
        assertThat(Reason.of(new ConnectException())).isEqualTo("no connection");
        assertThat(Reason.of(new HttpConnectTimeoutException("HTTP connect timed out")))
                .isEqualTo("no answer in time");
        assertThat(Reason.of(new ConnectException().initCause(new ClosedChannelException())))
                .isEqualTo("no connection");
        assertThat(Reason.of(new EOFException())).isEqualTo("eof");
    }

    @Test
    void fileSystemFailuresNameTheFileAndNoClass() {
        assertThat(Reason.of(new NoSuchFileException("/proc/x"))).isEqualTo("there is no /proc/x");
        assertThat(Reason.of(new FileSystemException("/x", null, "No space left on device")))
                .isEqualTo("/x: No space left on device");
    }

    @Test
    void whatWasDoneStandsBeforeTheReasonThatItFailed() {
        IOException full = new IOException("No space left on device");

        assertThat(Reason.of(new UncheckedIOException("cannot write adapter", full)))
                .isEqualTo("cannot write adapter: No space left on device");
        assertThat(Reason.of(new UncheckedIOException(full))).isEqualTo("No space left on device");
    }

    @Test
    void theJsonLibrarysAdviceForProgrammersIsCut() {
        assertThat(Reason.of(
                        new IOException("Non-standard token 'NaN': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS`"
                                + " to allow\n at [Source: (byte[])\"{\"; line: 3, column: 9]")))
                .isEqualTo("Non-standard token 'NaN' at line: 3, column: 9");
        assertThat(Reason.of(new IOException("Missing creator property 'name' (index 1);"
                        + " `DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES` enabled\n at [Source: (byte[])\"{\";"
                        + " line: 1, column: 2] (through reference chain: org.adapterbench.x.Manifest[\"name\"])")))
                .isEqualTo("Missing creator property 'name' (index 1) at line: 1, column: 2");
    }

    @Test
    void theJsonLibrarysSourceBecomesLineAndColumn() {
        String message = "expected close marker (start marker at [Source: REDACTED (`StreamReadFeature."
                + "INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 1])\n at [Source: (byte[])\"{\";"
                + " line: 1, column: 2]";

        assertThat(Reason.of(new IOException(message)))
                .isEqualTo("expected close marker (start marker at line: 1, column: 1) at line: 1, column: 2");
    }
}
