package org.adapterbench.datasets.wordnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NounTreeTest {

    private final WordNet wordNet = BuiltSuite.wordNet();
    private final NounTree tree = new NounTree(wordNet);

    @Test
    void commonDepthIsThatOfTheLongestSharedPath() {
        List<Synset> nouns = wordNet.nouns();
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            Synset a = nouns.get(random.nextInt(nouns.size()));
            List<Synset> near =
                    tree.subtree(tree.path(a).get(random.nextInt(tree.path(a).size())));
            Synset b = near.get(random.nextInt(near.size()));
            List<Synset> shared = new ArrayList<>(tree.path(a));
            shared.retainAll(tree.path(b));
            assertThat(tree.commonDepth(a, b)).isEqualTo(shared.size());
        }
    }

    @Test
    void aSubtreeIsWhatHasItsRootOnThePath() {
        Synset root = wordNet.nouns().get(4_000);
        List<Synset> expected = wordNet.nouns().stream()
                .filter(noun -> tree.path(noun).contains(root))
                .toList();
        assertThat(tree.subtree(root)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void theScoreIsFiveTimesTheWuPalmerSimilarity() {
        List<Synset> nouns = wordNet.nouns();
        for (int i = 0; i < 1_000; i++) {
            Synset a = nouns.get(i * 7);
            Synset b = nouns.get(i * 13 + 5);
            double expected = 5 * 2.0 * tree.commonDepth(a, b) / (tree.depth(a) + tree.depth(b));
            assertThat(Similarity.hundredths(tree, a, b) / 100.0)
                    .isCloseTo(expected, org.assertj.core.data.Offset.offset(0.0050001));
        }
    }
}
