package org.adapterbench.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.adapterbench.api.damage.Damage;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.core.json.Json;

/** Whatever a record's file holds, the record that comes back is the one that was written, or none. */
class RecordPropertiesTest {

    private static final RunRecord WRITTEN = Records.finished(Records.spec("lora", 1));

    private Path folder = Path.of("");

    @BeforeProperty
    void makeAFolder() throws IOException {
        folder = Files.createTempDirectory("records");
    }

    @AfterProperty
    void removeTheFolder() throws IOException {
        try (var all = Files.walk(folder)) {
            for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }

    @Property(tries = 500, seed = "1")
    void spoiltRecordsAreReadOrRefused(@ForAll("records") byte[] bytes) {
        RecordFuzzer.read(bytes);
    }

    @Property(tries = 100, seed = "2")
    void everyRecordComesBackAsItWasWritten(@ForAll @LongRange(min = 0) long seed) {
        RunRecord record = Records.finished(Records.spec("lora", seed));
        try (RunStore store = RunStore.openForWriting(folder, notice -> {})) {
            store.write(record);
            assertThat(store.record(record.runId())).contains(record);
        }
    }

    /** No change of bytes gives another record: the checksum shows it, or it changed nothing that counts. */
    @Property(tries = 400, seed = "3")
    void aChangedRecordIsTheSameOrNoneAtAll(@ForAll("files") byte[] bytes) throws IOException {
        Path file = folder.resolve("runs").resolve(WRITTEN.runId() + ".json");
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        List<String> notices = new ArrayList<>();
        Optional<RunRecord> read = RunStore.openForReading(folder, notices::add).record(WRITTEN.runId());
        if (read.isPresent()) {
            assertThat(Json.line(read.get())).isEqualTo(Json.line(WRITTEN));
        } else {
            assertThat(notices).singleElement().asString().startsWith(file + ": left out, damaged: ");
            assertThat(notices.get(0)).doesNotContainPattern("\\R");
        }
    }

    @Provide
    Arbitrary<byte[]> records() {
        return Damage.ofAny(RecordFuzzer.seeds());
    }

    @Provide
    Arbitrary<byte[]> files() {
        return Damage.of(RecordFuzzer.written(WRITTEN)).filter(bytes -> !Arrays.equals(bytes, new byte[0]));
    }
}
