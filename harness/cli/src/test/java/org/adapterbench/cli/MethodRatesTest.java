package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapterbench.core.config.Experiment;
import org.adapterbench.core.config.ExperimentReader;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.plugin.TaskCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which learning rate a run has where its experiment names none, or names it in one place or the other. */
final class MethodRatesTest {

    @TempDir
    private Path folder = Path.of("");

    private double rate(String method, String more) throws IOException {
        Path file = Files.writeString(folder.resolve("rates.yaml"), """
                name: rates
                encoders: [minilm-l6]
                tasks: [wordnet/accept]
                seeds: [1]
                methods:
                  - %s
                %s
                """.formatted(method, more));
        Experiment experiment =
                new ExperimentReader(MethodCatalog.installed(), TaskCatalog.installed()).read(file, List.of());
        return experiment.methods().get(0).training().learningRate();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            full                                                   | 1e-4
            lora                                                   | 3e-4
            {method: svd-lora, settings: {rank: 4}}                | 3e-4
            qr-lora                                                | 1e-2
            {method: qr-lora, settings: {layers: last-5}}          | 3e-3
            {method: qr-lora, settings: {layers: [0, 1, 2, 3]}}    | 1e-2
            {method: qr-lora, settings: {layers: all}}             | 3e-3
            {method: qr-lora, training: {epochs: 2}}               | 1e-2
            warm-start                                             | 1e-4
            head-only                                              | 1e-4
            """)
    void aMethodHasItsOwnRateWhereTheExperimentNamesNone(String method, double expected) throws IOException {
        assertThat(rate(method, "training: {epochs: 1}")).isEqualTo(expected);
    }

    @Test
    void theExperimentsRateGoesBeforeTheMethodsOwnAndTheEntrysBeforeBoth() throws IOException {
        String all = "training: {learning-rate: 5e-5}";
        assertThat(rate("qr-lora", all)).isEqualTo(5e-5);
        assertThat(rate("{method: qr-lora, training: {learning-rate: 6e-5}}", all))
                .isEqualTo(6e-5);
        assertThat(rate("{method: qr-lora, training: {learning-rate: 6e-5}, learning-rate: 7e-5}", all))
                .isEqualTo(7e-5);
        assertThat(rate("{method: qr-lora, learning-rate: 7e-5}", "")).isEqualTo(7e-5);
    }

    @Test
    void theListOfMethodsShowsTheRate() {
        StringWriter out = new StringWriter();

        Main.run(
                Surroundings.ofThisProcess(),
                new PrintWriter(out, true),
                new PrintWriter(out, true),
                "list",
                "methods");

        assertThat(out.toString())
                .containsPattern("\\(learning-rate\\) +0\\.0003 ")
                .containsPattern("\\(learning-rate\\) +0\\.01 ");
    }
}
