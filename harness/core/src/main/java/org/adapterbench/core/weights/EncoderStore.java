package org.adapterbench.core.weights;

import org.adapterbench.api.UserError;
import org.adapterbench.core.CacheFolder;

/** Opens encoders by name, folder or hub reference; each is brought to one cached form at its first use. */
public final class EncoderStore {

    private final CacheFolder cache;

    public EncoderStore(CacheFolder cache) {
        this.cache = cache;
    }

    /**
     * @param encoder a catalogue name ({@code minilm-l6})
     * @throws UserError when there is no such encoder, or it is not usable here, with the remedy
     */
    public EncoderAssets open(String encoder) {
        return new EncoderCache(cache.encoders()).open(source(encoder));
    }

    private EncoderSource source(String encoder) {
        KnownEncoder known = KnownEncoder.named(encoder)
                .orElseThrow(() -> UserError.unknown("encoder", "encoder", encoder, KnownEncoder.ids()));
        if (known.origin() instanceof KnownEncoder.OnnxArtifact onnx) {
            return new OnnxSource(known, onnx, cache.artifacts());
        }
        throw new UserError("encoder " + encoder + ": not readable yet");
    }
}
