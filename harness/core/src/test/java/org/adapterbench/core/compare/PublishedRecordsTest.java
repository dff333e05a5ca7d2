package org.adapterbench.core.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.core.store.Records;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PublishedRecordsTest {

    private static final RunRecord RECORD = Records.finished(Records.spec("lora", 1));

    @TempDir
    private Path checkout = Path.of("");

    @Test
    void whatWasWrittenIsReadBack() {
        PublishedRecords published = PublishedRecords.of("tiny", List.of(RECORD));
        Path file = PublishedRecords.file(checkout, "tiny");
        published.write(file);

        assertThat(PublishedRecords.read(file)).contains(published);
        assertThat(published.run(RECORD.runId())).isPresent();
        assertThat(published.run("another")).isEmpty();
        assertThat(file).isEqualTo(checkout.resolve("harness/experiments/published/tiny/records.json"));
    }

    @Test
    void withoutAFileNothingIsPublished() {
        assertThat(PublishedRecords.read(PublishedRecords.file(checkout, "tiny")))
                .isEmpty();
    }

    @Test
    void aFileOfAnotherFormIsRefusedInOneLine() throws IOException {
        Path file = PublishedRecords.file(checkout, "tiny");
        PublishedRecords.of("tiny", List.of(RECORD)).write(file);
        String text = Files.readString(file);

        Files.writeString(file, text.replace("\"schemaVersion\" : 1", "\"schemaVersion\" : 2"));
        assertThatThrownBy(() -> PublishedRecords.read(file))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("schemaVersion 2 (allowed: 1)");

        Files.writeString(file, text.substring(0, text.length() / 2));
        assertThatThrownBy(() -> PublishedRecords.read(file))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no published records");
    }
}
