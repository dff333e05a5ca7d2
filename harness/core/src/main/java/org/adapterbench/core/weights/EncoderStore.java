package org.adapterbench.core.weights;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.datasets.download.DownloadListener;
import org.adapterbench.datasets.download.Endpoint;

/** Opens encoders by name, folder or hub reference; each is brought to one cached form at its first use. */
public final class EncoderStore {

    /** Before the name of a folder of the cache. */
    private static final String CACHED = "cached:";

    private final CacheFolder cache;
    private final Map<String, String> environment;
    private final DownloadListener listener;
    private final Consumer<String> log;

    public EncoderStore(CacheFolder cache) {
        this(cache, System.getenv(), DownloadListener.SILENT, System.err::println);
    }

    /**
     * @param environment {@code HF_ENDPOINT} is read from it
     * @param listener    hears of downloads from the hub
     * @param log         told in one line of a damaged encoder that was made again
     */
    public EncoderStore(
            CacheFolder cache, Map<String, String> environment, DownloadListener listener, Consumer<String> log) {
        this.cache = cache;
        this.environment = Map.copyOf(environment);
        this.listener = listener;
        this.log = log;
    }

    /**
     * @param encoder a catalogue name ({@code minilm-l6}), an existing folder in Hugging Face's layout, or
     *                {@code hub:name[@revision]}
     * @throws UserError when there is no such encoder, or it is not usable here, with the remedy
     */
    public EncoderAssets open(String encoder) {
        EncoderCache cached = encoderCache();
        return encoder.startsWith(CACHED)
                ? cached.openFolder(encoder.substring(CACHED.length()))
                : cached.open(source(encoder));
    }

    /**
     * Finds an encoder by its content, wherever it came from when it was cached.
     *
     * @param damaged hears of each cached encoder that cannot be read, and so might be the one
     * @return how {@link #open} calls it
     */
    public Optional<String> find(RunSpec.EncoderSpec content, Consumer<String> damaged) {
        return encoderCache().find(content, damaged).map(folder -> CACHED + folder);
    }

    /** The encoders that have a name of their own, in a fixed order. */
    public List<CatalogueEntry> catalogue() {
        EncoderCache cached = encoderCache();
        return Arrays.stream(KnownEncoder.values())
                .map(known -> {
                    boolean usable = cached.has(source(known)) || isThere(known);
                    return new CatalogueEntry(
                            known.id(),
                            known.summary(),
                            known.config(),
                            usable,
                            usable ? "" : ArtifactSource.remedy(known));
                })
                .toList();
    }

    private EncoderCache encoderCache() {
        return new EncoderCache(cache.encoders(), log);
    }

    private boolean isThere(KnownEncoder known) {
        Path jar = known.origin().artifact().jar(cache.artifacts());
        return Files.exists(jar)
                || (known.origin() instanceof KnownEncoder.OnnxArtifact onnx
                        && onnx.artifact().isOnClassPath(onnx.model().name()));
    }

    private EncoderSource source(String encoder) {
        if (encoder.startsWith(HubReference.PREFIX)) {
            Path hubFolder = cache.artifacts().resolve("hub");
            return new HubSource(
                    HubReference.parse(encoder), new HubDownload(Endpoint.of(environment), hubFolder, listener));
        }
        return KnownEncoder.named(encoder).map(this::source).orElseGet(() -> folderSource(encoder));
    }

    private EncoderSource source(KnownEncoder known) {
        if (known.origin() instanceof KnownEncoder.OnnxArtifact onnx) {
            return new OnnxSource(known, onnx, cache.artifacts());
        }
        return new CheckpointSource(known, (KnownEncoder.CheckpointArtifact) known.origin(), cache.artifacts());
    }

    private static EncoderSource folderSource(String encoder) {
        if (encoder.contains("\0") || !Files.isDirectory(Path.of(encoder))) {
            if (encoder.contains("/")) {
                String problem =
                        encoder.contains("\0") || !Files.exists(Path.of(encoder)) ? "no such folder" : "not a folder";
                String hub = HubReference.PREFIX + encoder;
                throw new UserError("encoder '" + encoder + "': " + problem + " (allowed: a folder with config.json and"
                        + " model.safetensors"
                        + (HubReference.isOne(hub) ? "; " + hub + " downloads from the Hugging Face hub)" : ")"));
            }
            throw new UserError("unknown encoder '" + encoder + "'" + UserError.nearest(encoder, KnownEncoder.ids())
                    + " (known: "
                    + String.join(", ", KnownEncoder.ids().stream().sorted().toList())
                    + "; for a model of the Hugging Face hub: hub:" + encoder + "; for a folder: ./" + encoder + ")");
        }
        return HuggingFaceFolder.at(Path.of(encoder));
    }
}
