package org.adapterbench.core.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.UserError;
import org.junit.jupiter.api.Test;

class FailureClassifierTest {

    @Test
    void whatTheSystemRefusesIsTheEnvironmentsFaultWhoeverSaysSo() {
        Exception full = new FileSystemException("model.safetensors", null, "Too many open files");

        assertThat(kind(full)).isEqualTo(FailureKind.ENVIRONMENT);
        assertThat(kind(new UserError("weights: cannot be read", full))).isEqualTo(FailureKind.ENVIRONMENT);
        assertThat(kind(new UserError("weights: cannot be read: Too many open files")))
                .isEqualTo(FailureKind.ENVIRONMENT);
        assertThat(kind(new IllegalStateException("of a library", new RuntimeException("x; Read-only file system"))))
                .isEqualTo(FailureKind.ENVIRONMENT);
    }

    @Test
    void otherFailuresKeepTheirKinds() {
        assertThat(kind(new UserError("rank: 9 (allowed: 8)"))).isEqualTo(FailureKind.DATA);
        assertThat(kind(new IllegalStateException("a defect"))).isEqualTo(FailureKind.BUG);
        assertThat(kind(new OutOfMemoryError("heap"))).isEqualTo(FailureKind.OUT_OF_MEMORY);
        assertThat(kind(new IOException("x"))).isEqualTo(FailureKind.ENVIRONMENT);
    }

    @Test
    void aMessageIsOneLineThatMovesNoCursor() {
        assertThat(FailureClassifier.message(new IllegalStateException("a\r\n\u001B[2Jb"))
                        .message())
                .isEqualTo("IllegalStateException: a [U+001B][2Jb");
    }

    private static FailureKind kind(Throwable problem) {
        return FailureClassifier.message(problem).kind();
    }

    @Test
    void aLibraryThatIsMissingComesWithTheRemedy() {
        WorkerMessage.Failed failed =
                FailureClassifier.message(new UnsatisfiedLinkError("libjnitensorflow.so: file too short"));

        assertThat(failed.kind()).isEqualTo(FailureKind.ENVIRONMENT);
        assertThat(failed.message())
                .isEqualTo("UnsatisfiedLinkError: libjnitensorflow.so: file too short (remedy:"
                        + " `adapterbench cache clean natives` and `make build`)");
    }

    @Test
    void aClassThatIsMissingIsOfTheEnvironmentToo() {
        WorkerMessage.Failed failed = FailureClassifier.message(new NoClassDefFoundError("org/tensorflow/Graph"));

        assertThat(failed.kind()).isEqualTo(FailureKind.ENVIRONMENT);
        assertThat(failed.message()).contains("`make build`");
    }
}
