package org.adapterbench.reports.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.adapterbench.reports.Report;
import org.adapterbench.reports.ReportInput;
import org.adapterbench.reports.SyntheticReports;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens the page in a real browser: Chromium, named by {@code CHROMIUM} or found on the path. */
@Tag("browser")
class BrowserTest {

    private static final long LIMIT_SECONDS = 120;

    @TempDir
    Path folder;

    /** What the browser made of the page, and what it complained about. */
    private record Opened(String dom, String log) {}

    private static Optional<String> chromium() {
        String named = System.getenv("CHROMIUM");
        if (named != null) {
            return Optional.of(named);
        }
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator))
                .flatMap(directory -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private Opened open(ReportInput input) throws IOException, InterruptedException {
        return open(Report.write(input, folder.resolve("report")));
    }

    private Opened open(Path page) throws IOException, InterruptedException {
        Optional<String> chromium = chromium();
        assumeTrue(chromium.isPresent(), "SKIPPED: no Chromium on the path (set CHROMIUM=/path/to/chromium)");
        Path dom = folder.resolve("dom.html");
        Path log = folder.resolve("browser.log");
        Process process = new ProcessBuilder(
                        chromium.get(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--enable-logging=stderr",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--dump-dom",
                        page.toUri().toString())
                .redirectOutput(dom.toFile())
                .redirectError(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("Chromium ended within " + LIMIT_SECONDS + " s; its log: " + log)
                    .isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        return new Opened(Files.readString(dom), Files.readString(log));
    }

    @Test
    void theBrowserShowsEverySectionAndReportsNoError() throws IOException, InterruptedException {
        Opened opened = open(SyntheticReports.quick());

        assertThat(opened.log()).doesNotContain("CONSOLE", "Refused to", "ERR_");
        assertThat(opened.dom())
                .contains("<h1>quick</h1>")
                .contains("Results 1: minilm-l6")
                .contains("Score against parameters")
                .contains("Learning curves")
                .contains("Throughput and memory")
                .contains("<h2>Failures</h2>")
                .contains("<h2>Provenance</h2>")
                .contains("<h2>Runs</h2>");
        // Two tasks: one chart of scores against parameters and two of learning curves each.
        assertThat(opened.dom().split("<figure>", -1)).hasSize(1 + 6);
    }

    @Test
    void hostileNamesRunNothingInTheBrowser() throws IOException, InterruptedException {
        Opened opened = open(SyntheticReports.small());

        assertThat(opened.log()).doesNotContain("CONSOLE", "Refused to", "ERR_");
        assertThat(opened.dom()).doesNotContain("<script").contains("&lt;script&gt;");
    }

    /** A browser that would not report errors would make the tests above pass for nothing. */
    @Test
    void theBrowserDoesReportErrors() throws IOException, InterruptedException {
        Path page = Report.write(SyntheticReports.small(), folder.resolve("report"));
        Files.writeString(
                page, Files.readString(page).replace("</body>", "<script>console.error('x')</script></body>"));

        assertThat(open(page).log()).contains("CONSOLE");
    }
}
