package org.adapterbench.core.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.Provenance;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.core.json.Json;

/** Why the bits of two executions need not agree: what no numerics promise anything across. */
public final class Circumstances {

    private Circumstances() {}

    /** One reason each; empty when other bits mean that something is wrong. */
    public static List<String> excusing(Recorded<RunRecord> recorded, Now<RunRecord> now) {
        RunRecord before = recorded.value();
        RunRecord after = now.value();
        List<String> reasons = new ArrayList<>();
        // Other numerics have another recipe, which needs no word beside them.
        if (before.spec().recipeVersion() != RunSpec.recipeVersion(before.spec().numerics())) {
            reasons.add("recorded by recipe " + before.spec().recipeVersion() + ", executed by recipe "
                    + after.spec().recipeVersion() + builtFrom(before.provenance()));
        }
        if (before.spec().numerics() != after.spec().numerics()) {
            reasons.add("recorded with numerics " + Json.word(before.spec().numerics()) + ", executed with "
                    + Json.word(after.spec().numerics()));
        }
        Provenance then = before.provenance();
        Provenance here = after.provenance();
        if (before.spec().numerics() != Numerics.PORTABLE || after.spec().numerics() != Numerics.PORTABLE) {
            other("numerics fast are a machine's own: processor", machine(then), machine(here), reasons);
        }
        other("TensorFlow", then.tensorflow(), here.tensorflow(), reasons);
        other("C library", String.valueOf(then.libc()), String.valueOf(here.libc()), reasons);
        return reasons;
    }

    private static void other(String what, String then, String here, List<String> reasons) {
        if (!Objects.equals(then, here)) {
            reasons.add(what + " was " + then + ", is " + here);
        }
    }

    /** A commit of this program that computes by the old recipe. */
    private static String builtFrom(Provenance provenance) {
        return provenance.gitCommit() == null ? "" : " (commit " + provenance.gitCommit() + " computes by the former)";
    }

    /** The kernel's version, which stands between the system's name and the architecture, decides no bits. */
    private static String machine(Provenance provenance) {
        String[] system = provenance.os().split(" ");
        return provenance.processor() + " (" + provenance.processorFeatures() + ") " + system[0] + " "
                + system[system.length - 1];
    }
}
