package org.adapterbench.core.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.Provenance;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.core.store.Records;
import org.junit.jupiter.api.Test;

final class CircumstancesTest {

    private static final RunSpec PORTABLE = Records.spec("lora", 1).executedWith(Numerics.PORTABLE);
    private static final RunSpec FAST = PORTABLE.executedWith(Numerics.FAST);

    private static RunRecord on(RunSpec spec, String processor, String system, String libc) {
        Provenance provenance = new Provenance(
                "0.1.0",
                "abc",
                false,
                "2026-01-02T03:04:05Z",
                "17",
                "2.18.0",
                libc,
                system,
                processor,
                "avx2 fma",
                2,
                null,
                new TreeMap<>(),
                new TreeMap<>());
        return RunRecord.finished("id", "tiny", "lora", spec, Records.outcome(), provenance);
    }

    private static List<String> excuses(RunRecord recorded, RunRecord now) {
        return Circumstances.excusing(new Recorded<>(recorded), new Now<>(now));
    }

    @Test
    void portableRunsHaveNoExcuseOnAnotherProcessor() {
        assertThat(excuses(
                        on(PORTABLE, "one", "Linux 5.1 amd64", "glibc 2.36"),
                        on(PORTABLE, "two", "Linux 6.2 amd64", "glibc 2.36")))
                .isEmpty();
    }

    @Test
    void fastRunsHaveOneOnAnotherProcessorButNotUnderAnotherKernel() {
        assertThat(excuses(
                        on(FAST, "one", "Linux 5.1 amd64", "glibc 2.36"),
                        on(FAST, "two", "Linux 5.1 amd64", "glibc 2.36")))
                .singleElement()
                .asString()
                .contains("was one (avx2 fma) Linux amd64, is two (avx2 fma) Linux amd64");
        assertThat(excuses(
                        on(FAST, "one", "Linux 5.1 amd64", "glibc 2.36"),
                        on(FAST, "one", "Linux 6.2 amd64", "glibc 2.36")))
                .isEmpty();
    }

    @Test
    void otherNumericsAnotherRecipeAndAnotherLibraryAreExcuses() {
        RunSpec older = older(PORTABLE);

        assertThat(excuses(on(PORTABLE, "one", "Linux 5 amd64", "a"), on(FAST, "one", "Linux 5 amd64", "a")))
                .containsExactly("recorded with numerics portable, executed with fast");
        assertThat(excuses(on(older, "one", "Linux 5 amd64", "a"), on(PORTABLE, "one", "Linux 5 amd64", "b")))
                .hasSize(2)
                .anyMatch(excuse -> excuse.startsWith("recorded by recipe ") && excuse.contains("(commit abc "))
                .contains("C library was a, is b");
        assertThat(excuses(on(older(FAST), "one", "Linux 5 amd64", "a"), on(FAST, "one", "Linux 5 amd64", "a")))
                .singleElement()
                .asString()
                .startsWith("recorded by recipe 1, executed by recipe " + RunSpec.recipeVersion(Numerics.FAST));
    }

    private static RunSpec older(RunSpec spec) {
        return new RunSpec(
                Records.spec("lora", 1).recipeVersion(),
                spec.encoder(),
                spec.task(),
                spec.method(),
                spec.start(),
                spec.training(),
                spec.seed(),
                spec.numerics(),
                spec.threads());
    }
}
