package org.adapterbench.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.json.Json;
import org.adapterbench.core.launch.TensorFlowProcess;
import org.jspecify.annotations.Nullable;

/** A process of this program that measures, with an environment of its own, and answers as {@link PeerSide} does. */
final class MeasuringProcess implements AutoCloseable {

    /** Set in the process that measures. */
    static final String MEASURING = "adapterbench.measuring";

    private final Process process;
    private final BufferedReader answers;

    private MeasuringProcess(Process process) {
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** @param arguments those of {@link Bench} */
    static ProcessBuilder builder(Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>(TensorFlowProcess.java(CacheFolder.of(environment), "3g"));
        command.add("-D" + MEASURING + "=true");
        command.add("-Dlogback.configurationFile=logback-benchmarks.xml");
        command.add("-Dadapterbench.root=" + System.getProperty("adapterbench.root"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Bench.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    /** Starts a process that waits for requests. @param numerics how its graphs are executed, as a word */
    static MeasuringProcess answering(String numerics, Map<String, String> environment) throws IOException {
        return new MeasuringProcess(builder(environment, List.of(numerics, "peer"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    PeerSide.Answer ask(String action, PeerSide.@Nullable Open open) throws IOException {
        String request = Json.line(new PeerSide.Request(action, open, null, null)) + "\n";
        process.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        String line = answers.readLine();
        if (line == null) {
            if (ended() == Bench.BAD_INPUT) {
                throw new Refused();
            }
            throw new IOException("a measuring process ended during '" + action + "'; see its messages above");
        }
        return Json.read(line, PeerSide.Answer.class);
    }

    private int ended() throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** The process has said already what was wrong with a person's input. */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
