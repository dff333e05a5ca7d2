package org.adapterbench.core.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.adapterbench.api.Reason;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.core.AtomicFile;
import org.adapterbench.core.json.CanonicalJson;
import org.adapterbench.core.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * The file of one record: the record's own keys and a last one, {@code checksum}, the SHA-256 of the canonical
 * JSON of all others. So a torn or hand-edited file shows, while one that was only re-indented does not.
 */
final class RecordFile {

    private static final String CHECKSUM = "checksum";
    private static final String VERSION = "schemaVersion";
    /** A record of a million steps has a tenth of it. */
    private static final long MOST_BYTES = 200_000_000;

    /** Says what is wrong with a file. */
    static final class Damaged extends Exception {
        Damaged(String message) {
            super(message);
        }
    }

    private RecordFile() {}

    /**
     * A file's content whose checksum fits.
     *
     * @param members canonical values by key, the checksum left out
     */
    private record Checked(String text, SortedMap<String, String> members) {}

    /** What tells whether a run need be executed; known without making a record of the file. */
    record Summary(String runId, boolean finished) {}

    /**
     * @throws Damaged   when the file is not what this program wrote
     * @throws UserError when a newer program wrote it
     */
    static RunRecord read(Path file) throws IOException, Damaged {
        try {
            return Json.read(check(file).text(), RunRecord.class);
        } catch (JsonProcessingException e) {
            throw noRecord(e);
        }
    }

    /**
     * Reads as much as is needed to tell whether the run is finished, and compares all of it with the checksum.
     *
     * @throws Damaged   when the file is not what this program wrote
     * @throws UserError when a newer program wrote it
     */
    static Summary summary(Path file) throws IOException, Damaged {
        SortedMap<String, String> members = check(file).members();
        try {
            return new Summary(
                    Json.tree(members.getOrDefault("runId", "null")).asText(),
                    Json.read(members.getOrDefault("status", "null"), RunRecord.Status.class)
                            == RunRecord.Status.FINISHED);
        } catch (JsonProcessingException e) {
            throw noRecord(e);
        }
    }

    private static Checked check(Path file) throws IOException, Damaged {
        if (Files.size(file) > MOST_BYTES) {
            throw new Damaged(Files.size(file) + " bytes");
        }
        String text = text(Files.readAllBytes(file));
        SortedMap<String, String> members;
        try {
            members = CanonicalJson.members(text);
        } catch (JsonProcessingException e) {
            throw noRecord(e);
        }
        requireVersion(file, members.getOrDefault(VERSION, ""));
        String stored = members.remove(CHECKSUM);
        if (!fits(stored, members)) {
            throw new Damaged(stored == null ? "it has no checksum" : "its checksum does not fit");
        }
        return new Checked(text, members);
    }

    private static boolean fits(@Nullable String stored, SortedMap<String, String> members) {
        return stored != null && stored.equals('"' + checksum(members) + '"');
    }

    private static void requireVersion(Path file, String version) throws Damaged {
        if (!version.matches("-?[0-9]+")) {
            return;
        }
        int order = new BigInteger(version).compareTo(BigInteger.valueOf(RunRecord.SCHEMA_VERSION));
        if (order > 0) {
            throw new UserError(file + ": schemaVersion " + version + " was written by a newer version of this"
                    + " program (allowed: at most " + RunRecord.SCHEMA_VERSION + ")");
        }
        if (order < 0) {
            throw new Damaged("its schemaVersion is " + version + ", of an older version of this program (this one: "
                    + RunRecord.SCHEMA_VERSION + "), whose runs have other ids");
        }
    }

    private static Damaged noRecord(JsonProcessingException e) {
        return new Damaged("not a run record: " + Reason.of(e));
    }

    /** Writes the file whole or not at all, and onto the disk. */
    static void write(Path file, RunRecord record) throws IOException {
        String body = Json.pretty(record).stripTrailing();
        String text = body.substring(0, body.length() - 1).stripTrailing() + ",\n  \"" + CHECKSUM + "\" : \""
                + checksum(CanonicalJson.members(body)) + "\"\n}\n";
        AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String checksum(SortedMap<String, String> members) {
        return Sha256.ofText(CanonicalJson.object(members));
    }

    private static String text(byte[] bytes) throws Damaged {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Damaged("not UTF-8");
        }
    }
}
