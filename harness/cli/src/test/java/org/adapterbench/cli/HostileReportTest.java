package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.core.store.RunStore;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code report} on an experiment file and records whose every text is hostile: page, tables and screen stay inert. */
final class HostileReportTest {

    static final String HOSTILE = "=cmd|' /C calc'!A0<script>alert(1)</script>\"><img src=x onerror=alert(1)>"
            + "\u202Eevil\u0000\u001B[2J\u0007\r\n@SUM(A1)</title></style></svg>";

    private static final String EXPERIMENT = """
            name: hostile
            title: %1$s
            description: %1$s
            encoders: [minilm-l6]
            tasks: [wordnet/accept]
            seeds: [1]
            methods:
              - method: lora
                label: %2$s
            """;

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    static Stream<String> texts() {
        return Stream.of(
                HOSTILE,
                "<script>alert(1)</script>",
                "\"=cmd|' /C calc'!A0\"",
                "=cmd|' /C calc'!A0",
                "\t=1+1",
                "\r\n@SUM(A1)",
                "\uFF1D1+1",
                "javascript:alert(1)//\u2028\u2066",
                "{{7*7}}${7*7}@if(true)x@endif",
                "x\uD800y",
                "<b>" + "long ".repeat(2048) + "</b>");
    }

    @ParameterizedTest(name = "text {index}")
    @MethodSource("texts")
    void pageTablesAndScreenStayInert(String text) throws IOException {
        Path file = Files.writeString(
                folder.resolve("hostile.yaml"), EXPERIMENT.formatted(yaml(text), yaml(text.replaceAll("[,=]", "-"))));
        try (RunStore store = RunStore.openForWriting(folder.resolve("out/hostile"), line -> {})) {
            HostileRecord records = new HostileRecord(text);
            store.write(records.finished());
            store.write(records.failed());
        }

        assertThat(run("report", file.toString())).as(err.toString()).isZero();

        Path report = folder.resolve("out/hostile/report");
        assertInert(Files.readString(report.resolve("index.html")));
        for (String table : List.of("runs.csv", "metrics.csv", "summary.csv")) {
            assertNoFormula(report.resolve(table));
        }
        assertPrintable(out.toString());
    }

    @Test
    void aMethodWithoutAProperNameIsRefusedInOneLine() throws IOException {
        Path services = Files.createDirectories(folder.resolve("theirs/META-INF/services"));
        Files.writeString(services.resolve(TuningMethod.class.getName()), HostileMethod.class.getName());
        ClassLoader usual = Thread.currentThread().getContextClassLoader();
        URL[] theirs = {folder.resolve("theirs").toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(theirs, usual)) {
            Thread.currentThread().setContextClassLoader(loader);

            assertThat(run("list", "methods")).isEqualTo(2);
        } finally {
            Thread.currentThread().setContextClassLoader(usual);
        }
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains(HostileMethod.class.getName(), "is not allowed");
        assertPrintable(err.toString());
    }

    private int run(String... arguments) {
        Surroundings surroundings = Surroundings.ofThisProcess()
                .with(Map.of("OUT", folder.resolve("out").toString()));
        return Main.run(surroundings, new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    /** A quoted scalar. */
    private static String yaml(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> quoted.append("\\u%04x".formatted(c)));
        return quoted.append('"').toString();
    }

    private static void assertInert(String page) {
        Document parsed = Jsoup.parse(page);
        List<String> live = new ArrayList<>();
        for (Element element : parsed.getAllElements()) {
            if (element.tagName().matches("script|img|iframe|object|embed|form|input|base|audio|video|b|i")) {
                live.add(element.tagName());
            }
            for (Attribute attribute : element.attributes()) {
                String name = attribute.getKey();
                String value = attribute.getValue().strip();
                boolean link = name.matches("(?i)href|src|xlink:href|action|formaction|srcset|data");
                if (name.matches("(?i)on.*") || link && !value.matches("(#|data:,).*")) {
                    live.add(element.tagName() + " " + name + "=" + value);
                }
            }
        }
        assertThat(live).isEmpty();
        assertThat(parsed.select("head > title")).hasSize(1);
        assertThat(parsed.select("style")).hasSize(1);
        assertThat(parsed.select("style").get(0).data()).doesNotContain("alert", "{{7*7}}");
        assertPrintable(page);
    }

    private static void assertNoFormula(Path file) throws IOException {
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                CSVParser rows = CSVFormat.RFC4180.parse(in)) {
            List<CSVRecord> all = rows.getRecords();
            assertThat(all).hasSizeGreaterThan(1);
            assertThat(all).extracting(CSVRecord::size).containsOnly(all.get(0).size());
            for (CSVRecord row : all) {
                assertThat(row.toList())
                        .allSatisfy(cell -> assertThat(cell.strip())
                                .as(file.getFileName().toString())
                                .matches("(?s)([^=+\\-@\uFF1D\uFF0B\uFF0D\uFF20].*|-?[0-9.]+(E-?[0-9]+)?|)"));
            }
        }
    }

    /** Nothing that moves a cursor, rings a bell or turns the direction of what follows. */
    private static void assertPrintable(String text) {
        assertThat(text.lines())
                .allSatisfy(line ->
                        assertThat(line).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\\t]]"));
    }
}
