package org.adapterbench.datasets.wordnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Keeps the committed data cards and hashes current. With {@code -Dadapterbench.update=true} it writes the figures
 * of the cards; without, it compares.
 */
class DataCardsTest {

    private static final boolean UPDATE = Boolean.getBoolean("adapterbench.update");

    static List<Construction> constructions() {
        return WordNetTasks.CONSTRUCTIONS;
    }

    @ParameterizedTest
    @MethodSource("constructions")
    void theCommittedCardHasTheMeasuredFigures(Construction construction) throws IOException {
        Path card = card(construction);
        String text = Files.readString(card, StandardCharsets.UTF_8);
        int figures = text.indexOf(DataCards.MARKER) + DataCards.MARKER.length();
        assertThat(text).contains(DataCards.MARKER);
        String measured = DataCards.figures(construction, BuiltSuite.division(construction));
        if (UPDATE) {
            Files.writeString(card, text.substring(0, figures) + measured, StandardCharsets.UTF_8);
        } else {
            assertThat(text.substring(figures))
                    .as("rerun with -Dadapterbench.update=true")
                    .isEqualTo(measured);
        }
    }

    @ParameterizedTest
    @MethodSource("constructions")
    void theCardTellsHowTheTaskIsMade(Construction construction) throws IOException {
        String text = Files.readString(card(construction), StandardCharsets.UTF_8);
        assertThat(text)
                .startsWith("# " + construction.task().name() + "\n")
                .contains("## Construction\n", "## Licence\n");
    }

    private static Path card(Construction construction) {
        String name = construction.task().name().replaceFirst(".*/", "");
        return Path.of(System.getProperty("adapterbench.root"), "datasets", "wordnet", "cards", name + ".md");
    }
}
