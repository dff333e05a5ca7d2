package org.adapterbench.core.weights;

import java.nio.file.Files;
import java.nio.file.Path;
import org.adapterbench.api.UserError;
import org.adapterbench.core.ClassPathJars;

/** What the sources inside Maven artifacts have in common. */
final class ArtifactSource {

    private ArtifactSource() {}

    static String remedy(KnownEncoder known) {
        return known.origin() instanceof KnownEncoder.OnnxArtifact
                ? "`make build` fetches it"
                : "`make fetch-encoder ENCODER=" + known.id() + "` fetches it";
    }

    /** What helps where the jar is there and damaged; nothing overwrites a file of the artifacts folder. */
    static String remedyOfDamage(KnownEncoder known, Path artifacts) {
        Path jar = known.origin().artifact().jar(artifacts);
        return Files.exists(jar) ? "delete " + jar + ", then " + remedy(known) : ClassPathJars.REMEDY;
    }

    static void requireSha256(String where, String pinned, String found, String remedy) {
        if (!found.equals(pinned)) {
            throw new UserError(where + ": damaged: SHA-256 is " + found + " (pinned: " + pinned + "); " + remedy);
        }
    }
}
