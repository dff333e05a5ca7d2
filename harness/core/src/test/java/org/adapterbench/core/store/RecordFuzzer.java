package org.adapterbench.core.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.UserError;
import org.adapterbench.api.damage.KindByte;
import org.adapterbench.api.damage.Refusal;
import org.adapterbench.api.damage.SpoiltFile;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.core.json.CanonicalJson;
import org.adapterbench.core.json.Json;

/**
 * Entry of the fuzzer ({@code make fuzz}) for run records. The first byte says whether the rest is the file as it
 * stands, or gets a checksum that fits, since nothing would get past a wrong one.
 */
public final class RecordFuzzer {

    static final byte AS_IT_STANDS = 0;
    static final byte SEALED = 1;

    private static final SpoiltFile FILE = new SpoiltFile("record.json");

    private RecordFuzzer() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        read(bytes);
    }

    /** What is wrong with the record; empty when it is sound. */
    static Optional<String> read(byte[] bytes) {
        if (bytes.length == 0) {
            return Optional.empty();
        }
        byte[] rest = KindByte.rest(bytes);
        Path file = FILE.holding(KindByte.of(bytes, 2) == AS_IT_STANDS ? rest : sealed(rest));
        return Refusal.of(() -> {
            try {
                return RecordFile.read(file);
            } catch (RecordFile.Damaged e) {
                // The store puts these words into one line, as a refusal does.
                throw new UserError(file + ": " + e.getMessage());
            }
        });
    }

    private static byte[] sealed(byte[] json) {
        try {
            if (Json.tree(new String(json, StandardCharsets.UTF_8)) instanceof ObjectNode tree) {
                tree.remove("checksum");
                tree.put("checksum", Sha256.ofText(CanonicalJson.of(tree)));
                return Json.line(tree).getBytes(StandardCharsets.UTF_8);
            }
        } catch (JsonProcessingException e) {
            // What is no JSON cannot be sealed.
        }
        return json;
    }

    /** Sound inputs. */
    public static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (RunRecord record :
                List.of(Records.finished(Records.spec("lora", 1)), Records.failed(Records.spec("full", 2)))) {
            byte[] content = written(record);
            seeds.add(KindByte.before(AS_IT_STANDS, content));
            seeds.add(KindByte.before(SEALED, content));
        }
        return seeds;
    }

    /** The file of a record, whatever it is called. */
    static byte[] written(RunRecord record) {
        try {
            Path file = FILE.holding(new byte[0]);
            RecordFile.write(file, record);
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
