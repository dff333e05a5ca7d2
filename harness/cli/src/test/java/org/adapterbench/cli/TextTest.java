package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.0 kB",
        "9949, 9.9 kB",
        "12345, 12 kB",
        "999499, 999 kB",
        "999500, 1.0 MB",
        "1400000000, 1.4 GB",
        "5000000000000000, 5000 TB"
    })
    void sizesHaveTwoOrThreeDigits(long bytes, String text) {
        assertThat(Text.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0s", "59, 59s", "60, 1m 00s", "200, 3m 20s", "3600, 1h 00m", "3720, 1h 02m", "90000, 25h 00m"})
    void timesHaveTwoUnits(long seconds, String text) {
        assertThat(Text.time(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    @Test
    void oneRunIsNotSeveral() {
        assertThat(Text.runs(0)).isEqualTo("0 runs");
        assertThat(Text.runs(1)).isEqualTo("1 run");
        assertThat(Text.runs(2)).isEqualTo("2 runs");
    }

    @Test
    void columnsAlignAndLeaveNoSpaceAtTheEnd() {
        assertThat(Text.columns(List.of(List.of("a", "long", "x"), List.of("bcd", "s", ""))))
                .containsExactly("a    long  x", "bcd  s");
    }
}
