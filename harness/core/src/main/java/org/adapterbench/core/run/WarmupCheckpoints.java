package org.adapterbench.core.run;

import org.adapterbench.api.record.RunSpec;
import org.adapterbench.core.CacheFolder;

/** What is known of warm-ups before a run begins. */
public final class WarmupCheckpoints {

    private WarmupCheckpoints() {}

    /** Whether the cache has the warm-up that a run begins with, or the run begins with none. */
    public static boolean has(CacheFolder cache, RunSpec spec) {
        return spec.start().warmup() == null || WarmupStore.has(cache.warmups(), spec);
    }
}
