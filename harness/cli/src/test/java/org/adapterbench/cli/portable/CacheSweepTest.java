package org.adapterbench.cli.portable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.cli.portable.SweepProcess.Sweep;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.run.NumericsCheck;
import org.adapterbench.core.weights.CatalogueEntry;
import org.adapterbench.core.weights.EncoderStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code numerics: portable} does not depend on the sizes of the caches: real computations under those of real and
 * invented processors give one hash each, and what breaks the shape rule gives several.
 */
@Timeout(value = 40, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CacheSweepTest {

    private static final int PROCESSORS = 33;

    @TempDir
    private Path folder;

    @BeforeEach
    void requireAProcessor() {
        assumeTrue(
                NumericsCheck.allowed().contains(Numerics.PORTABLE),
                "SKIPPED: this processor is not x86-64 with AVX2 and FMA");
    }

    @Test
    void everyMethodOnTinyEncodersGivesOneHash() throws Exception {
        Sweep sweep = sweep("1g", "tiny");

        assertOneHashEach(sweep, 2 * MethodCatalog.installed().all().size());
        assertThat(sweep.own()).startsWith(kernelsAccount());
    }

    @Test
    void productsWithinTheShapeRuleGiveOneHash() throws Exception {
        assertOneHashEach(sweep("1g", "within"), Rules.WITHIN.size());
    }

    /** Else the sweep would show nothing: 64 tokens a text, 2,048 a batch, are what the rule forbids. */
    @Test
    void productsAndTrainingsOutsideTheShapeRuleGiveSeveral() throws Exception {
        Sweep sweep = sweep("1g", "without");

        assertThat(sweep.hashes()).hasSize(Rules.WITHOUT.size() + 1).containsKey("without: full");
        sweep.hashes()
                .forEach((name, hashes) ->
                        assertThat(new HashSet<>(hashes.values())).as(name).hasSizeGreaterThan(1));
    }

    @ParameterizedTest
    @Tag("sweep")
    @ValueSource(strings = {"wide", "minilm-l6", "bge-small"})
    void everyMethodGivesOneHash(String encoder) throws Exception {
        assertOneHashEach(sweep("2g", encoder), MethodCatalog.installed().all().size());
    }

    /** At the widths of the small encoders, for every length that texts of up to 128 tokens are padded to. */
    @Test
    @Tag("sweep")
    void everyProductThatARunCanFeedGivesOneHash() throws Exception {
        assertOneHashEach(sweep("2g", "products"), 100);
    }

    @ParameterizedTest
    @Tag("sweep")
    @ValueSource(strings = "bert-base-uncased")
    void everyMethodOnALargeEncoderGivesOneHash(String encoder) throws Exception {
        assumeTrue(
                new EncoderStore(CacheFolder.of(System.getenv()))
                        .catalogue().stream()
                                .filter(entry -> entry.name().equals(encoder))
                                .anyMatch(CatalogueEntry::usable),
                "SKIPPED: " + encoder + " is not there (make fetch-encoder ENCODER=" + encoder + ")");

        assertOneHashEach(sweep("5g", encoder), MethodCatalog.installed().all().size());
    }

    private Sweep sweep(String heap, String what) throws IOException, InterruptedException {
        return SweepProcess.run(folder.resolve("errors"), heap, what);
    }

    private static void assertOneHashEach(Sweep sweep, int least) {
        assertThat(sweep.hashes()).hasSizeGreaterThanOrEqualTo(least);
        sweep.hashes().forEach((name, hashes) -> {
            assertThat(hashes).as(name).hasSize(PROCESSORS);
            assertThat(new HashSet<>(hashes.values()))
                    .as("%s: %s", name, hashes)
                    .hasSize(1);
        });
    }

    /** First and second level as the kernel tells them, where it does: the three longs found are the right ones. */
    private static String kernelsAccount() throws IOException {
        StringBuilder account = new StringBuilder();
        for (String cache : List.of("index0", "index2")) {
            Path size = Path.of("/sys/devices/system/cpu/cpu0/cache", cache, "size");
            account.append(Files.exists(size) ? Files.readString(size).strip().replace("K", "/") : "");
        }
        return account.toString();
    }
}
