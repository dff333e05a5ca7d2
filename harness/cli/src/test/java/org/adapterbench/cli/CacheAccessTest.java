package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.adapterbench.core.CacheFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file in the way stands for every cache that cannot be written, for whoever runs the tests. */
final class CacheAccessTest {

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Path cache, String... arguments) {
        Surroundings surroundings = Surroundings.ofThisProcess()
                .with(Map.of(
                        "ADAPTERBENCH_CACHE", cache.toString(),
                        "OUT", folder.resolve("out").toString()));
        return Main.run(surroundings, new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run smoke", "plan smoke", "cache fill"})
    void aCacheThatIsAFileIsRefusedBeforeAnythingIsDone(String command) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");

        for (Path cache : new Path[] {file, file.resolve("below")}) {
            assertThat(run(cache, command.split(" "))).isEqualTo(2);
            assertThat(err.toString())
                    .isEqualToIgnoringNewLines("adapterbench: cache " + cache + ": " + file
                            + " is no folder (allowed: a writable folder; ADAPTERBENCH_CACHE names another)");
            err.getBuffer().setLength(0);
        }
        assertThat(out.toString()).isEmpty();
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "plan"})
    void withoutAPlaceForWarmupsNoRunThatNeedsOneBegins(String command) throws IOException {
        CacheFolder cache = BorrowedCache.in(folder.resolve("cache"));
        Files.writeString(cache.warmups(), "in the way");

        assertThat(run(cache.root(), command, "smoke")).isEqualTo(2);

        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString())
                .startsWith("adapterbench: cache " + cache.root() + ": there is no place for warm-up checkpoints: "
                        + cache.warmups() + " is no folder (allowed: ");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void theDoctorMissesACacheThatCannotBeUsed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");

        assertThat(run(file, "doctor")).isEqualTo(4);

        assertThat(out.toString())
                .containsPattern("MISSING +cache +" + file + " is no folder")
                .contains("-> set ADAPTERBENCH_CACHE to a folder that can be written")
                .contains("The default experiment cannot run here; missing: ");
    }

    @Test
    void theDoctorMissesAPlaceForWarmups() throws IOException {
        CacheFolder cache = BorrowedCache.in(folder.resolve("cache"));
        Files.writeString(cache.warmups(), "in the way");

        assertThat(run(cache.root(), "doctor")).isEqualTo(4);

        assertThat(out.toString()).contains(cache.warmups() + " is no folder, where warm-ups are kept");
    }

    @Test
    void aCacheThatIsThereOrCanBeMadeIsUsable() {
        assertThat(CacheAccess.problem(new CacheFolder(folder))).isEmpty();
        assertThat(CacheAccess.problem(new CacheFolder(folder.resolve("a/b")))).isEmpty();
        assertThat(CacheAccess.unwritable(folder.resolve("a/b"))).isEmpty();
    }
}
