package org.adapterbench.datasets.glue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.adapterbench.api.damage.Refusal;
import org.adapterbench.api.damage.SpoiltFile;

/** Reads arbitrary bytes as a split of a task; the first byte chooses the task and whether answers are public. */
final class GlueFuzz {

    private static final List<GlueTask> TASKS = GlueTable.all();
    private static final Manifest MANIFEST = Manifest.load();

    private final Layout layout;
    private final SpoiltFile file;

    /** @param name of the file that the bytes are put in, which tells its compression */
    GlueFuzz(Layout layout, String name) {
        this.layout = layout;
        this.file = new SpoiltFile(name);
    }

    /** The byte that chooses a task by its place in {@link GlueTable#all}. */
    static byte choice(int task, boolean labelled) {
        return (byte) (2 * task + (labelled ? 0 : 1));
    }

    static byte[] seed(int task, boolean labelled, byte[] content) {
        byte[] seed = new byte[content.length + 1];
        seed[0] = choice(task, labelled);
        System.arraycopy(content, 0, seed, 1, content.length);
        return seed;
    }

    /** The line in which the content was refused; empty when it was read. */
    Optional<String> read(byte[] choiceAndContent) {
        int choice = choiceAndContent.length == 0 ? 0 : choiceAndContent[0] & 0xff;
        GlueTask task = TASKS.get(choice / 2 % TASKS.size());
        boolean labelled = choice % 2 == 0 && task.hasTrain();
        GlueSplit split = task.splits().get(labelled ? 0 : task.splits().size() - 1);
        Path path = file.holding(
                Arrays.copyOfRange(choiceAndContent, Math.min(1, choiceAndContent.length), choiceAndContent.length));
        SplitReader reader = new SplitReader(task, split, MANIFEST);
        SplitFiles files = new SplitFiles(layout, List.of(path));
        return Refusal.of(() -> labelled ? reader.labelled(files) : reader.unlabelled(files));
    }
}
