package org.adapterbench.datasets.wordnet;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A synset's gloss, taken apart into the definition and the quoted example phrases. */
record Gloss(String definition, List<String> examples) {

    /** Examples follow a semicolon; a quotation mark anywhere else belongs to the definition. */
    private static final Pattern EXAMPLE = Pattern.compile("(?:^|;)\\s*\"([^\"]*)\"");

    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern TRAILING = Pattern.compile("[;:, ]+$");

    static Gloss parse(String gloss) {
        String text = gloss.strip();
        List<String> examples = new ArrayList<>();
        int definitionEnd = text.length();
        Matcher matcher = EXAMPLE.matcher(text);
        while (matcher.find()) {
            definitionEnd = Math.min(definitionEnd, matcher.start());
            String example = oneSpaced(matcher.group(1));
            if (!example.isEmpty()) {
                examples.add(example);
            }
        }
        return new Gloss(trimmed(text.substring(0, definitionEnd)), examples);
    }

    private static String trimmed(String definition) {
        return TRAILING.matcher(oneSpaced(definition)).replaceFirst("");
    }

    private static String oneSpaced(String text) {
        return SPACES.matcher(text.strip()).replaceAll(" ");
    }
}
