package org.adapterbench.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.adapterbench.api.UserError;
import org.adapterbench.core.CacheFolder;

/** The parts of the cache, each a folder. */
enum CachePart {
    NATIVES("unpacked native libraries; made again from the build"),
    DJL("unpacked tokenizer library; made again from the build"),
    ENCODERS("encoder weights in this program's form; made again from their sources"),
    DATA("task data; built again from WordNet, GLUE downloaded again"),
    WARMUPS("warm-up checkpoints; computed again"),
    ACTIVATIONS("activations of frozen layers that a killed worker left; computed again"),
    ARTIFACTS("Maven artifacts and hub models fetched on demand; need the network to come back");

    private final String meaning;

    CachePart(String meaning) {
        this.meaning = meaning;
    }

    String meaning() {
        return meaning;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Path folder(CacheFolder cache) {
        return switch (this) {
            case NATIVES -> cache.natives();
            case DJL -> cache.root().resolve("djl");
            case ENCODERS -> cache.encoders();
            case DATA -> cache.data();
            case WARMUPS -> cache.warmups();
            case ACTIVATIONS -> cache.activations();
            case ARTIFACTS -> cache.artifacts();
        };
    }

    static CachePart named(String where, String word) {
        List<String> known = Arrays.stream(values()).map(CachePart::word).toList();
        int index = known.indexOf(word);
        if (index < 0) {
            throw UserError.unknown(where, "part", word, known);
        }
        return values()[index];
    }
}
