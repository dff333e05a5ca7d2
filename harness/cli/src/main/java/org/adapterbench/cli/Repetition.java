package org.adapterbench.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.core.compare.Circumstances;
import org.adapterbench.core.compare.Now;
import org.adapterbench.core.compare.Recorded;
import org.adapterbench.core.compare.RunComparison;
import org.adapterbench.core.config.Defaults;
import org.adapterbench.core.config.Save;
import org.adapterbench.core.grid.PlannedRun;
import org.adapterbench.core.json.Json;
import org.adapterbench.core.json.RunIds;
import org.adapterbench.core.launch.GridCounts;
import org.adapterbench.core.launch.GridSettings;
import org.adapterbench.core.run.NumericsCheck;
import org.adapterbench.core.store.RunStore;
import picocli.CommandLine;

/** Executes recorded runs again in a scratch folder, as a grid is executed, and compares the outcomes. */
final class Repetition {

    /** A recorded run and the run that repeats it, whose id is another where recipe or numerics are. */
    private record Pair(RecordedRun recorded, PlannedRun planned) {}

    private final Surroundings surroundings;
    private final Materials materials;
    private final RepetitionOptions options;
    private final CommandLine command;
    private final PrintWriter out;

    Repetition(Surroundings surroundings, Materials materials, RepetitionOptions options, CommandLine command) {
        this.surroundings = surroundings;
        this.materials = materials;
        this.options = options;
        this.command = command;
        this.out = command.getOut();
    }

    /**
     * Prints the differences.
     *
     * @return the command's exit code
     */
    int run(List<RecordedRun> recorded) {
        List<Pair> pairs = plan(recorded);
        // Closed in the other order: when the user stops the command, the JVM waits until the scratch folder is gone.
        try (CacheUse use = CacheUse.begin(surroundings.cache());
                GridExecution execution = new GridExecution(surroundings, materials, command, "nothing is kept");
                Scratch scratch = Scratch.open(options.scratch(surroundings), use.cache())) {
            int code = repeat(recorded, pairs, execution, scratch);
            if (code == ExitCode.DIFFERS || code == ExitCode.RUN_FAILED) {
                scratch.keepRuns();
            }
            if (scratch.keepsRuns()) {
                out.println("the repeated runs: " + scratch.output().resolve("runs"));
            }
            return code;
        }
    }

    private int repeat(List<RecordedRun> recorded, List<Pair> pairs, GridExecution execution, Scratch scratch) {
        try (RunStore store = RunStore.openForWriting(scratch.output(), out::println)) {
            GridSettings shared = new GridSettings(
                    recorded.get(0).record().experiment(),
                    materials.data().glue(),
                    options.trustWarmups() ? surroundings.cache() : scratch.cacheWithoutWarmups(),
                    Save.ADAPTER,
                    Defaults.ACTIVATION_MEGABYTES,
                    options.workers());
            GridCounts counts = execution.run(
                    shared, store, pairs.stream().map(Pair::planned).distinct().toList());
            if (counts.stopped() > 0) {
                return ExitCode.STOPPED;
            }
            RepeatedLines lines = new RepeatedLines(outcomes(pairs, store));
            lines.lines().forEach(out::println);
            return lines.code();
        }
    }

    /** Everything that is missing is named before anything is computed. */
    private List<Pair> plan(List<RecordedRun> recorded) {
        Ingredients ingredients = new Ingredients(materials, options.encoders());
        List<Pair> pairs = new ArrayList<>();
        Set<Numerics> lacking = EnumSet.noneOf(Numerics.class);
        for (RecordedRun run : recorded) {
            RunSpec spec = run.record().spec();
            if (!RunIds.of(spec).equals(run.record().runId())) {
                throw new UserError("run " + run.record().runId() + ": its spec has the id " + RunIds.of(spec)
                        + " (allowed: a record whose id is that of its spec)");
            }
            boolean asRecorded = surroundings.numerics().contains(spec.numerics());
            if (!asRecorded) {
                lacking.add(spec.numerics());
            }
            RunSpec executed = spec.executedWith(asRecorded ? spec.numerics() : Numerics.FAST);
            String locator = ingredients.require(spec);
            PlannedRun planned =
                    new PlannedRun(RunIds.of(executed), executed, run.record().variant(), locator);
            // Read once before anything is computed, so that a damaged file costs no hours.
            run.evidence();
            pairs.add(new Pair(run, planned));
        }
        lacking.forEach(numerics -> out.println("numerics: fast instead of " + Json.word(numerics)
                + ", for this processor is not " + NumericsCheck.processorFor(numerics)
                + ": other bits are to be expected"));
        return pairs;
    }

    private static List<Repeated> outcomes(List<Pair> pairs, RunStore store) {
        List<Repeated> repeated = new ArrayList<>();
        for (Pair pair : pairs) {
            String id = pair.planned().runId();
            RunRecord now = store.record(id)
                    .orElseThrow(() -> new UserError(store.file(id) + ": gone or damaged (allowed: leave the scratch"
                            + " folder alone while runs are repeated)"));
            repeated.add(compare(pair.recorded(), now, store));
        }
        return repeated;
    }

    private static Repeated compare(RecordedRun before, RunRecord now, RunStore store) {
        RunRecord.Failure failure = now.failure();
        if (failure != null) {
            return new Repeated.Failed(before.record(), failure);
        }
        return new Repeated.Compared(
                before.record(),
                RunComparison.of(
                        new Recorded<>(before.evidence()),
                        new Now<>(RecordedRun.of(now, store).evidence())),
                Circumstances.excusing(new Recorded<>(before.record()), new Now<>(now)));
    }
}
