package org.adapterbench.core.json;

import org.adapterbench.api.Sha256;
import org.adapterbench.api.record.RunSpec;

/** A run's name: the SHA-256 of its spec's canonical JSON. */
public final class RunIds {

    private RunIds() {}

    /** 64 lower-case hexadecimal digits. */
    public static String of(RunSpec spec) {
        return Sha256.ofText(CanonicalJson.of(spec));
    }
}
