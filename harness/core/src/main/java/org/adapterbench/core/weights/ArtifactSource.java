package org.adapterbench.core.weights;

import org.adapterbench.api.Sha256;
import org.adapterbench.api.UserError;

/** What the sources inside Maven artifacts have in common. */
final class ArtifactSource {

    private ArtifactSource() {}

    static String remedy(KnownEncoder known) {
        return known.origin() instanceof KnownEncoder.OnnxArtifact
                ? "`make build` fetches it"
                : "`make fetch-encoder ENCODER=" + known.id() + "` fetches it";
    }

    static void requireSha256(String where, String pinned, byte[] bytes) {
        requireSha256(where, pinned, new Sha256().add(bytes).hex());
    }

    static void requireSha256(String where, String pinned, String found) {
        if (!found.equals(pinned)) {
            throw new UserError(where + ": SHA-256 is " + found + " (pinned: " + pinned + "); fetch it again");
        }
    }
}
