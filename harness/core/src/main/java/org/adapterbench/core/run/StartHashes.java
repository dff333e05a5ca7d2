package org.adapterbench.core.run;

import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.core.encoder.Model;
import org.jspecify.annotations.Nullable;

/** The hash of the start of runs; methods that share a start follow each other, so the last one is kept. */
final class StartHashes {

    private @Nullable Known last;

    private record Key(
            RunSpec.EncoderSpec encoder,
            RunSpec.TaskSpec task,
            RunSpec.StartSpec start,
            long seed,
            Numerics numerics) {}

    private record Known(Key key, String sha256) {}

    /** SHA-256 over all parameters of the spec's start. */
    String of(RunSpec spec, Model start) {
        Key key = new Key(spec.encoder(), spec.task(), spec.start(), spec.seed(), spec.numerics());
        Known known = last;
        if (known == null || !known.key().equals(key)) {
            known = new Known(key, start.sha256());
            last = known;
        }
        return known.sha256();
    }
}
