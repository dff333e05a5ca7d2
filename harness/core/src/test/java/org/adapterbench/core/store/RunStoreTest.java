package org.adapterbench.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.task.SplitFacts;
import org.adapterbench.core.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStoreTest {

    private final List<String> notices = new ArrayList<>();
    private final RunRecord finished = Records.finished(Records.spec("lora", 1));
    private final RunRecord failed = Records.failed(Records.spec("full", 1));

    @TempDir
    Path folder;

    @Test
    void aRecordComesBackAsItWasWritten() {
        try (RunStore store = open()) {
            store.write(finished);
            store.write(failed);

            assertThat(store.record(finished.runId())).contains(finished);
            assertThat(store.record(failed.runId())).contains(failed);
            assertThat(store.records()).containsExactlyInAnyOrder(finished, failed);
            assertThat(store.record("0".repeat(64))).isEmpty();
        }
        assertThat(notices).isEmpty();
    }

    @Test
    void onlyAFinishedRunIsDone() {
        try (RunStore store = open()) {
            store.write(finished);
            store.write(failed);

            assertThat(store.finished(finished.runId())).isTrue();
            assertThat(store.finished(failed.runId())).isFalse();
        }
    }

    @Test
    void aRedoneRunReplacesItsFailedRecord() {
        RunRecord redone = Records.finished(failed.spec());
        try (RunStore store = open()) {
            store.write(failed);
            store.write(redone);

            assertThat(store.records()).containsExactly(redone);
        }
    }

    @Test
    void aTruncatedRecordIsSetAsideAndNamed() throws IOException {
        try (RunStore store = open()) {
            store.write(finished);
            String text = Files.readString(store.file(finished.runId()));
            Files.writeString(store.file(finished.runId()), text.substring(0, text.length() / 2));

            assertThat(store.finished(finished.runId())).isFalse();

            assertThat(store.file(finished.runId())).doesNotExist();
            assertThat(folder.resolve("runs/" + finished.runId() + ".json.damaged-1"))
                    .exists();
            assertThat(notices)
                    .singleElement()
                    .asString()
                    .contains(finished.runId())
                    .contains("set aside as");
            assertThat(store.damaged())
                    .singleElement()
                    .asString()
                    .startsWith(finished.runId() + ".json (")
                    .doesNotContain(folder.toString());
            store.write(finished);
            assertThat(store.damaged()).isEmpty();
        }
    }

    @Test
    void everySingleChangedDigitOfAScoreShows() throws IOException {
        try (RunStore store = open()) {
            store.write(finished);
            String text = Files.readString(store.file(finished.runId()));
            Files.writeString(store.file(finished.runId()), text.replace("0.6666666666666666", "0.6666666666666667"));

            assertThat(store.record(finished.runId())).isEmpty();
            assertThat(notices).singleElement().asString().contains("checksum does not fit");
        }
    }

    @Test
    void setAsideFilesAreNeverOverwritten() throws IOException {
        try (RunStore store = open()) {
            for (String text : List.of("", "{}", "[]", "{\"checksum\": \"\"}")) {
                Files.writeString(store.file(finished.runId()), text);
                assertThat(store.record(finished.runId())).isEmpty();
            }
        }
        try (Stream<Path> files = Files.list(folder.resolve("runs"))) {
            assertThat(files).hasSize(4);
        }
    }

    @Test
    void aNegativeZeroKeepsItsSign() {
        Outcome outcome = Records.outcome();
        Outcome negative = new Outcome(
                outcome.start(),
                outcome.data(),
                outcome.parameters(),
                outcome.methodFacts(),
                List.of(-0.0f, 0.0f),
                outcome.epochs(),
                outcome.reported(),
                outcome.hashes(),
                outcome.cost(),
                outcome.files());
        RunRecord record = RunRecord.finished(
                finished.runId(), "e", finished.variant(), finished.spec(), negative, finished.provenance());
        try (RunStore store = open()) {
            store.write(record);

            assertThat(store.record(record.runId())).contains(record);
            assertThat(store.finished(record.runId())).isTrue();
        }
    }

    @Test
    void aRepeatedKeyIsDamageThoughItsLastValueFitsTheChecksum() throws IOException {
        try (RunStore store = open()) {
            store.write(finished);
            Path file = store.file(finished.runId());
            Files.writeString(
                    file, Files.readString(file).replace("  \"status\"", "  \"status\" : \"failed\",\n  \"status\""));

            assertThat(store.finished(finished.runId())).isFalse();
            assertThat(notices).singleElement().asString().contains("Duplicate field 'status'");
        }
    }

    @Test
    void whatFollowsARecordIsDamage() throws IOException {
        try (RunStore store = open()) {
            for (String more : List.of("{}", "1", "}", "\"", "\"\"")) {
                store.write(finished);
                Path file = store.file(finished.runId());
                Files.writeString(file, Files.readString(file) + more);

                assertThat(store.finished(finished.runId())).as(more).isFalse();
            }
        }
    }

    @Test
    void aChangedByteShowsAtTheStartOfARun() throws IOException {
        try (RunStore store = open()) {
            store.write(finished);
        }
        RunStore reader = RunStore.openForReading(folder, notices::add);
        Path file = reader.file(finished.runId());
        byte[] sound = Files.readAllBytes(file);
        for (int i = 0; i < sound.length; i += 7) {
            if (!Character.isWhitespace(sound[i])) {
                byte[] changed = sound.clone();
                changed[i] ^= 2;
                Files.write(file, changed);

                assertThat(reader.finished(finished.runId()))
                        .as("byte " + i + ", " + (char) sound[i])
                        .isFalse();
            }
        }
        Files.write(file, sound);
        assertThat(reader.finished(finished.runId())).isTrue();
    }

    @Test
    void aReIndentedRecordIsStillTheSame() throws IOException {
        try (RunStore store = open()) {
            store.write(finished);
            Path file = store.file(finished.runId());
            Files.writeString(file, Json.tree(Files.readString(file)).toString());

            assertThat(store.record(finished.runId())).contains(finished);
        }
    }

    @Test
    void aRecordUnderAnotherRunsNameIsDamaged() throws IOException {
        try (RunStore store = open()) {
            store.write(finished);
            Files.move(store.file(finished.runId()), store.file(failed.runId()));

            assertThat(store.record(failed.runId())).isEmpty();
            assertThat(notices).singleElement().asString().contains("it holds run " + finished.runId());
        }
    }

    @Test
    void aRecordOfANewerVersionIsRefusedAndKept() throws IOException {
        try (RunStore store = open()) {
            Files.writeString(store.file(finished.runId()), "{\"schemaVersion\": 3, \"surprise\": true}");

            assertThatThrownBy(() -> store.record(finished.runId()))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("schemaVersion 3")
                    .hasMessageContaining("allowed: at most 2");
            assertThat(store.file(finished.runId())).exists();
        }
    }

    @Test
    void aRecordOfAnOlderVersionIsSetAsideAndNamed() throws IOException {
        try (RunStore store = open()) {
            Files.writeString(store.file(finished.runId()), "{\"schemaVersion\": 1, \"dropoutFrom\": 0}");

            assertThat(store.record(finished.runId())).isEmpty();
            assertThat(notices).singleElement().asString().contains("its schemaVersion is 1, of an older version");
            assertThat(store.file(finished.runId())).doesNotExist();
        }
    }

    @Test
    void aReaderNamesDamageButMovesNothing() throws IOException {
        try (RunStore store = open()) {
            store.write(finished);
            store.write(failed);
        }
        try (RunStore reader = RunStore.openForReading(folder, notices::add)) {
            Files.writeString(reader.file(failed.runId()), "torn");

            assertThat(reader.records()).containsExactly(finished);
            assertThat(reader.file(failed.runId())).exists();
            assertThat(notices).singleElement().asString().contains("left out");
        }
    }

    @Test
    void aSecondWriterIsRefusedUntilTheFirstIsDone() {
        try (RunStore first = open()) {
            assertThat(first.records()).isEmpty();
            assertThatThrownBy(this::open)
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("another command is using it");
        }
        try (RunStore second = open()) {
            assertThat(second.records()).isEmpty();
        }
    }

    @Test
    void anOutputFolderThatCannotBeIsRefusedAtOnce() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> RunStore.openForWriting(file.resolve("out"), notices::add))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("output folder")
                .hasMessageContaining("allowed: a folder that this user may write to");
    }

    @Test
    void whatAFormerAttemptLeftIsRemovedExceptTheStateToGoOnFrom() throws IOException {
        try (RunStore store = open()) {
            Path run = store.freshFolder(finished.runId());
            Files.createDirectories(run.resolve("deep"));
            Files.writeString(run.resolve("deep/old"), "");

            Files.createDirectories(run.resolve("checkpoint"));
            Files.writeString(run.resolve("checkpoint/state"), "state");

            store.freshFolder(finished.runId());

            assertThat(names(run)).containsExactlyInAnyOrder(".lock", "checkpoint", "checkpoint/state");

            store.removeCheckpoint(finished.runId());
            store.removeEmptyFolder(finished.runId());
            assertThat(run).doesNotExist();
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> !path.equals(folder))
                    .map(path -> folder.relativize(path).toString())
                    .toList();
        }
    }

    @Test
    void valuesThatAreNoRecordsAreRefusedWhenReadAndWhenWritten() {
        String spec = Json.line(Records.spec("lora", 1));
        assertThatThrownBy(() -> read(spec.replace("\"seed\":1", "\"seed\":null")))
                .isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> read(spec.replace("\"seed\":1,", ""))).isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> read(spec.replace("\"seed\":1", "\"seed\":1.5")))
                .isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> read(spec.replace("\"seed\":1", "\"seed\":\"1\"")))
                .isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> read(spec.replace("\"seed\":1", "\"seed\":1,\"seed\":1")))
                .isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> read(spec.replace("\"seed\":1", "\"seed\":1,\"x\":1")))
                .isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> read(spec.replace("\"portable\"", "\"PORTABLE\"")))
                .isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> read(spec + " 1")).isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> Json.line(List.of(Double.NaN))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Json.line(List.of(Float.POSITIVE_INFINITY)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Object read(String text) throws JsonProcessingException {
        return Json.read(text, org.adapterbench.api.record.RunSpec.class);
    }

    private RunStore open() {
        return RunStore.openForWriting(folder, notices::add);
    }

    @Test
    void refusedRowsAreKeptAndARecordWithoutThemHasNoWordOfThem() throws JsonProcessingException {
        SplitFacts all = Records.outcome().data().get(0);
        SplitFacts some = new SplitFacts(
                all.split(),
                all.contentSha256(),
                all.rows(),
                all.labels(),
                all.status(),
                new TreeMap<>(Map.of("4 columns of 6", 3L)));

        assertThat(Json.line(all)).doesNotContain("refused");
        assertThat(Json.read(Json.line(all), SplitFacts.class)).isEqualTo(all);
        assertThat(Json.line(some)).contains("\"refused\":{\"4 columns of 6\":3}");
        assertThat(Json.read(Json.line(some), SplitFacts.class)).isEqualTo(some);
        assertThatThrownBy(() -> Json.read(Json.line(all).replace("\"rows\"", "\"row\""), SplitFacts.class))
                .isInstanceOf(JsonProcessingException.class);
    }
}
