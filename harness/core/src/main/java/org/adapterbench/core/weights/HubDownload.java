package org.adapterbench.core.weights;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.adapterbench.api.Reason;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.UserError;
import org.adapterbench.datasets.download.Download;
import org.adapterbench.datasets.download.DownloadListener;
import org.adapterbench.datasets.download.Endpoint;

/**
 * Brings a model of the Hugging Face hub into a local folder in Hugging Face's layout. Size and SHA-256 of each
 * file go into a lock file at the first use; from then on the same content is required, whatever the branch
 * {@code main} has become.
 */
final class HubDownload {

    private static final String LOCK = "hub-lock.json";
    private static final String HINT = "use a local folder, another encoder, or try again";
    private static final long MOST_SMALL_BYTES = 100_000_000L;
    private static final long MOST_WEIGHT_BYTES = 20_000_000_000L;
    private static final List<String> BERT_VOCABULARY = List.of("vocab.txt");
    private static final List<String> ROBERTA_VOCABULARY = List.of("vocab.json", "merges.txt");

    private final Endpoint endpoint;
    private final Path hubFolder;
    private final Download http;

    HubDownload(Endpoint endpoint, Path hubFolder, DownloadListener listener) {
        this.endpoint = endpoint;
        this.hubFolder = hubFolder;
        this.http = new Download(endpoint, listener, HINT);
    }

    /** What identifies the content; downloads it when this machine has never seen it. */
    HubLock lock(HubReference reference) {
        Path file = folder(reference).resolve(LOCK);
        if (!Files.exists(file)) {
            fetch(reference);
        }
        return StrictJson.read(file, HubLock.class);
    }

    /** The complete folder, every file checked against the lock file. */
    Path fetch(HubReference reference) {
        Path folder = folder(reference);
        return FolderLock.holding(hubFolder.resolve(reference.folderName() + ".lock"), () -> {
            Files.createDirectories(folder);
            Path lockFile = folder.resolve(LOCK);
            if (Files.exists(lockFile)) {
                restore(reference, folder, StrictJson.read(lockFile, HubLock.class));
            } else {
                writeLock(lockFile, reference, firstFetch(reference, folder));
            }
            return folder;
        });
    }

    private Path folder(HubReference reference) {
        return hubFolder.resolve(reference.folderName());
    }

    private void restore(HubReference reference, Path folder, HubLock lock) throws IOException {
        for (var locked : lock.files().entrySet()) {
            Path file = folder.resolve(locked.getKey());
            if (!Files.exists(file) && !get(reference, folder, locked.getKey(), MOST_WEIGHT_BYTES)) {
                throw new UserError("hub model " + reference + ": " + locked.getKey() + " is gone from "
                        + endpoint.base() + ", though " + folder.resolve(LOCK) + " lists it");
            }
            HubLock.File found = describe(file);
            if (!found.equals(locked.getValue())) {
                throw new UserError("hub model " + reference + ": " + file + " has " + found.size()
                        + " bytes and SHA-256 " + found.sha256() + ", " + LOCK + " records "
                        + locked.getValue().size() + " and " + locked.getValue().sha256()
                        + " (delete the file to fetch it again, or the folder to accept other content)");
            }
        }
    }

    private SortedMap<String, HubLock.File> firstFetch(HubReference reference, Path folder) {
        TreeSet<String> files = new TreeSet<>();
        require(reference, folder, HuggingFaceFolder.CONFIG, files);
        // Refused before hundreds of megabytes are spent on it.
        EncoderConfig config = HuggingFaceConfig.read(folder.resolve(HuggingFaceFolder.CONFIG));
        boolean wholeTokenizer = optional(reference, folder, "tokenizer.json", files);
        optional(reference, folder, "tokenizer_config.json", files);
        if (!wholeTokenizer) {
            optional(reference, folder, "added_tokens.json", files);
            (config.family() == EncoderConfig.Family.BERT ? BERT_VOCABULARY : ROBERTA_VOCABULARY)
                    .forEach(file -> require(reference, folder, file, files));
        }
        if (get(reference, folder, HuggingFaceFolder.WEIGHTS, MOST_WEIGHT_BYTES)) {
            files.add(HuggingFaceFolder.WEIGHTS);
        } else if (optional(reference, folder, HuggingFaceFolder.INDEX, files)) {
            shards(folder).forEach(shard -> {
                if (!get(reference, folder, shard, MOST_WEIGHT_BYTES)) {
                    throw new UserError("hub model " + reference + ": " + shard + " is missing at " + endpoint.base());
                }
                files.add(shard);
            });
        } else {
            throw new UserError("hub model " + reference + ": holds no " + HuggingFaceFolder.WEIGHTS
                    + " (only safetensors are read, never pickled weights)");
        }
        SortedMap<String, HubLock.File> described = new TreeMap<>();
        files.forEach(file -> described.put(file, describe(folder.resolve(file))));
        return described;
    }

    private static List<String> shards(Path folder) {
        JsonNode weightMap =
                StrictJson.object(folder.resolve(HuggingFaceFolder.INDEX)).path("weight_map");
        TreeSet<String> names = new TreeSet<>();
        weightMap
                .properties()
                .forEach(named -> names.add(SafeTensors.requireShardName(
                        folder.resolve(HuggingFaceFolder.INDEX),
                        named.getKey(),
                        named.getValue().asText())));
        return List.copyOf(names);
    }

    private void require(HubReference reference, Path folder, String file, TreeSet<String> files) {
        if (!optional(reference, folder, file, files)) {
            throw new UserError("hub model " + reference + ": not found, or without " + file + ", at "
                    + endpoint.file(reference.path(file)));
        }
    }

    private boolean optional(HubReference reference, Path folder, String file, TreeSet<String> files) {
        boolean there = get(reference, folder, file, MOST_SMALL_BYTES);
        if (there) {
            files.add(file);
        }
        return there;
    }

    private boolean get(HubReference reference, Path folder, String file, long mostBytes) {
        return http.fetch(endpoint.file(reference.path(file)), folder.resolve(file), mostBytes);
    }

    private static HubLock.File describe(Path file) {
        try {
            return new HubLock.File(Files.size(file), Sha256.ofFile(file));
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + Reason.of(e), e);
        }
    }

    private static void writeLock(Path lockFile, HubReference reference, SortedMap<String, HubLock.File> files)
            throws IOException {
        Path partial = lockFile.resolveSibling(LOCK + ".partial");
        Files.write(partial, StrictJson.bytes(new HubLock(reference.model(), reference.revision(), files)));
        Files.move(partial, lockFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
