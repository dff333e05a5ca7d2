package org.adapterbench.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Experiment files that are none, or say what cannot be. */
final class MalformedExperiments {

    static final String SOUND = """
            name: tiny
            encoders: [minilm-l6]
            tasks: [wordnet/accept]
            methods: [full]
            seeds: [1]
            """;

    private final List<MalformedInput> all = new ArrayList<>();

    private MalformedExperiments() {}

    static List<MalformedInput> all() {
        MalformedExperiments cases = new MalformedExperiments();
        cases.noText();
        cases.noYaml();
        cases.noExperiment();
        cases.badValues();
        return cases.all;
    }

    private void noText() {
        add("empty", "");
        add("a comment alone", "# nothing\n");
        add("UTF-16", SOUND.getBytes(StandardCharsets.UTF_16));
        add("Latin-1", "title: \u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        add("an executable", new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0});
        add("a NUL byte", SOUND + "title: a\0b\n");
        add("huge", "#" + "x".repeat(2_000_000));
        all.add(new MalformedInput("experiment: a folder", Map.of()).with(MalformedInput.EXPERIMENT + "/x", ""));
        all.add(new MalformedInput("experiment: missing", Map.of()));
        add("a web page", "<!DOCTYPE html>\n<html><body>404: not found</body></html>\n");
        add("a Git LFS pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n");
    }

    private void noYaml() {
        add("tabs for spaces", "data:\n\ttrain: 3\n");
        add("an open bracket", "name: [a\n");
        add("an open quotation mark", "name: \"a\nseeds: [1]\n");
        add("two documents", SOUND + "---\nname: other\n");
        add("a code point that is none", SOUND + "title: \"\\UFFFFFFFF\"\n");
        add("a key that is a list", SOUND + "? [a, b]\n: 1\n");
        add("aliases of aliases", "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n" + SOUND);
        add("a merge key", SOUND + "data: {<<: *a}\n");
        add("a tag that would make an object", SOUND + "title: !!java.net.URL [x]\n");
        add("deep nesting", "name: " + "[".repeat(100_000));
        add("a directive of another version", "%YAML 9.9\n---\n" + SOUND);
    }

    private void noExperiment() {
        add("text", "just text\n");
        add("a list", "[1, 2]\n");
        add("a key twice", SOUND + "seeds: [2]\n");
        add("an unknown key", SOUND + "epoch: 3\n");
        add("an unknown key inside", SOUND + "training: {epoch: 3}\n");
        add("a key that speaks to the terminal", SOUND + "\"\\e[2Jwiped\": 1\n");
        add("a key without end", SOUND + "? " + "k".repeat(100_000) + "\n: 1\n");
        add("a key missing", SOUND.replace("seeds: [1]\n", ""));
        add("a key without value", SOUND + "title:\n");
        add("an unknown method", SOUND.replace("full", "fulll"));
        add("an unknown task", SOUND.replace("accept", "acept"));
        add("an unknown encoder", SOUND.replace("minilm-l6", "minilm"));
        add("an encoder's folder missing", SOUND.replace("minilm-l6", "./no/such"));
        add("a name with a path", SOUND.replace("tiny", "../tiny"));
        add("no methods", SOUND.replace("[full]", "[]"));
        add("a method twice", SOUND.replace("[full]", "[full, full]"));
        add("a setting of another method", method("lora, settings: {tau: 0.5}"));
    }

    private void badValues() {
        add("a word for a number", training("epochs: many"));
        add("a number below the range", training("epochs: -1"));
        add("a number above the range", training("epochs: 1000000"));
        add("an octal number", training("epochs: 010"));
        add("room for less than one piece", SOUND + "activation-megabytes: 63\n");
        add("not a number", training("learning-rate: .nan"));
        add("an infinite number", training("learning-rate: 1e999"));
        add("a mapping for a number", training("epochs: {a: 1}"));
        add("a list for a mapping", SOUND + "training: [1]\n");
        add("a number for a text", SOUND + "title: 2024\n");
        add("another word for true", training("decay-all: yes"));
        add("a seed twice", SOUND.replace("[1]", "[1, 1]"));
        add("a negative seed", SOUND.replace("[1]", "[-1]"));
        add("a seed beyond exact numbers", SOUND.replace("[1]", "[9007199254740992]"));
        add("no rank", method("lora, settings: {rank: 0}"));
        add("a rank above the matrix", method("lora, settings: {rank: 4000}"));
        add("a rank that is not portable", method("svd-lora, settings: {rank: 80}"));
        add("a setting by its name in PEFT", method("lora, settings: {lora_alpha: 8}"));
        add("a rate for what trains nothing", method("warm-start, learning-rate: 1e-3"));
        add("epochs for what trains nothing", method("warm-start, training: {epochs: 2}"));
        add("nothing left to train", method("head-only, training: {head: frozen, pooler: frozen}"));
        add("more than all energy", method("qr-lora, settings: {tau: 1.5}"));
        add("layers that are not there", method("lora, settings: {layers: last-40}"));
        add("longer than the positions", training("max-length: 4096"));
    }

    private static String training(String text) {
        return SOUND + "training: {" + text + "}\n";
    }

    private static String method(String text) {
        return SOUND.replace("[full]", "[{method: " + text + "}]");
    }

    private void add(String name, String text) {
        add(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void add(String name, byte[] content) {
        all.add(new MalformedInput("experiment: " + name, Map.of(MalformedInput.EXPERIMENT, content)));
    }
}
