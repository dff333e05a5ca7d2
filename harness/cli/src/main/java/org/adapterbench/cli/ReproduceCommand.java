package org.adapterbench.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.adapterbench.api.Reason;
import org.adapterbench.api.UserError;
import org.adapterbench.core.store.RunStore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code reproduce}: executes one run again from nothing but its record. */
@Command(
        name = "reproduce",
        description = "Executes one run again from its record alone: finds the recorded data and weights by hash, or"
                + " says what is missing, and prints what differs (exit code 5).",
        mixinStandardHelpOptions = true)
final class ReproduceCommand implements Callable<Integer> {

    private static final String RECORD = ".json";

    private final Surroundings surroundings;

    @Parameters(
            paramLabel = "RUN",
            description = "a run id or the beginning of one, of a run below OUT; or the file of a record")
    private String run = "";

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "where each experiment has its folder, or one such folder (default: OUT, else ./out)")
    private @Nullable Path out;

    @Mixin
    private RepetitionOptions options = new RepetitionOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ReproduceCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        PrintWriter printer = spec.commandLine().getOut();
        Path file = file();
        RecordedRun recorded = recorded(file);
        printer.println(Label.of(recorded.record()) + ", recorded in " + file);
        Materials materials = options.materials(surroundings, printer);
        return new Repetition(surroundings, materials, options, spec.commandLine()).run(List.of(recorded));
    }

    /** A run's files lie beside its record, if they are there at all. */
    private static RecordedRun recorded(Path file) {
        var record = RunStore.readAlone(file);
        return new RecordedRun(record, file.resolveSibling(record.runId()));
    }

    private Path file() {
        Path given = surroundings.folder().resolve(run).normalize();
        if (Files.isRegularFile(given)) {
            return given;
        }
        if (!run.matches("[0-9a-f]{4,64}")) {
            throw new UserError(
                    "reproduce: '" + run + "' is neither a file nor a run id (allowed: a record's file, or at"
                            + " least 4 of a run id's hexadecimal digits)");
        }
        Path all = surroundings.out(out);
        List<Path> files = files(all);
        if (files.stream().map(Path::getFileName).distinct().count() != 1) {
            throw new UserError("reproduce: " + (files.isEmpty() ? "no run" : "more than one run") + " below " + all
                    + " begins with " + run
                    + (files.isEmpty()
                            ? ""
                            : ": " + files.stream().map(Path::toString).collect(Collectors.joining(", ")))
                    + " (allowed: the beginning of one run id; --out names another folder)");
        }
        return files.get(0);
    }

    /** The records whose id begins so, in the folder itself and in the experiments' folders below it. */
    private List<Path> files(Path all) {
        if (!Files.isDirectory(all)) {
            return List.of();
        }
        try (Stream<Path> below = Files.list(all)) {
            return Stream.concat(Stream.of(all), below.sorted())
                    .filter(OutputFolder::holdsRuns)
                    .flatMap(folder -> records(folder.resolve("runs")).stream())
                    .toList();
        } catch (IOException e) {
            throw unreadable(all, e);
        }
    }

    private List<Path> records(Path runs) {
        try (Stream<Path> files = Files.list(runs)) {
            return files.filter(file -> file.getFileName().toString().startsWith(run)
                            && file.getFileName().toString().endsWith(RECORD))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unreadable(runs, e);
        }
    }

    private static UserError unreadable(Path folder, IOException e) {
        return new UserError(folder + ": cannot be read: " + Reason.of(e) + " (allowed: a readable folder)", e);
    }
}
