package org.adapterbench.core.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.adapterbench.api.Reason;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.core.AtomicFile;
import org.adapterbench.core.json.CanonicalJson;
import org.adapterbench.core.json.Json;

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
     * @throws Damaged   when the file is not what this program wrote
     * @throws UserError when a newer program wrote it
     */
    static RunRecord read(Path file) throws IOException, Damaged {
        if (Files.size(file) > MOST_BYTES) {
            throw new Damaged(Files.size(file) + " bytes");
        }
        String text = text(Files.readAllBytes(file));
        try {
            if (!(Json.tree(text) instanceof ObjectNode tree)) {
                throw new Damaged("not a JSON object");
            }
            JsonNode version = tree.path(VERSION);
            if (version.isIntegralNumber() && version.longValue() > RunRecord.SCHEMA_VERSION) {
                throw new UserError(file + ": schemaVersion " + version + " was written by a newer version of this"
                        + " program (allowed: at most " + RunRecord.SCHEMA_VERSION + ")");
            }
            if (version.isIntegralNumber() && version.longValue() < RunRecord.SCHEMA_VERSION) {
                throw new Damaged(
                        "its schemaVersion is " + version + ", of an older version of this program (this one: "
                                + RunRecord.SCHEMA_VERSION + "), whose runs have other ids");
            }
            JsonNode stored = tree.remove(CHECKSUM);
            if (stored == null || !stored.asText().equals(checksum(tree))) {
                throw new Damaged(stored == null ? "it has no checksum" : "its checksum does not fit");
            }
            return Json.read(text, RunRecord.class);
        } catch (JsonProcessingException e) {
            throw new Damaged("not a run record: " + Reason.of(e));
        }
    }

    /** Writes the file whole or not at all, and onto the disk. */
    static void write(Path file, RunRecord record) throws IOException {
        ObjectNode tree = (ObjectNode) Json.tree(Json.line(record));
        String body = Json.pretty(record).stripTrailing();
        String text = body.substring(0, body.length() - 1).stripTrailing() + ",\n  \"" + CHECKSUM + "\" : \""
                + checksum(tree) + "\"\n}\n";
        AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String checksum(ObjectNode tree) {
        return Sha256.ofText(CanonicalJson.of(tree));
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
