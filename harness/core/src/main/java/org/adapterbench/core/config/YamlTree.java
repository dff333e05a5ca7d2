package org.adapterbench.core.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adapterbench.api.UserError;
import org.adapterbench.core.config.ConfigNode.Mapping;
import org.adapterbench.core.config.ConfigNode.Nothing;
import org.adapterbench.core.config.ConfigNode.Scalar;
import org.adapterbench.core.config.ConfigNode.Sequence;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads one YAML document into located values. Anchors, aliases, tags, duplicate keys and several documents
 * are refused: an experiment file says what it says in the place where it says it.
 */
final class YamlTree {

    private static final YAMLFactory FACTORY = new YAMLFactory();
    private static final int MOST_NESTING = 20;
    private static final int LONGEST_KEY = 100;

    private final YAMLParser parser;
    private final boolean lines;

    private YamlTree(YAMLParser parser, boolean lines) {
        this.parser = parser;
        this.lines = lines;
    }

    /**
     * @param file for messages
     * @param key  of the whole text for messages, empty for a file
     * @throws UserError when the text is not one plain YAML document
     */
    static ConfigNode read(String file, String key, String text) {
        // What stands on the command line has no lines to count.
        boolean isFile = key.isEmpty();
        try (YAMLParser parser = FACTORY.createParser(text)) {
            YamlTree tree = new YamlTree(parser, isFile);
            if (parser.nextToken() == null) {
                throw isFile
                        ? new UserError(file + ":1: the file is empty (allowed: one YAML document)")
                        : new UserError(file + ": has no value (allowed: key=value)");
            }
            ConfigNode root = tree.value(new Place(file, tree.line(), key), 0);
            if (parser.nextToken() != null) {
                throw new Place(file, tree.line(), "").error("a second document begins", "one");
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new Place(file, isFile ? problemLine(e) : 0, "")
                    .error("not YAML: " + problem(e), "plain YAML, indented by spaces");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ConfigNode value(Place place, int depth) throws IOException {
        if (parser.isCurrentAlias() || parser.getObjectId() != null) {
            throw place.error("anchors and aliases (& and *) are not read", "the value itself");
        }
        if (parser.getTypeId() != null) {
            throw place.error("tags (!) are not read", "the value itself");
        }
        if (depth > MOST_NESTING) {
            throw place.error("nested more than " + MOST_NESTING + " deep", "the keys of an experiment");
        }
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> mapping(place, depth);
            case START_ARRAY -> sequence(place, depth);
            case VALUE_STRING -> new Scalar(place, parser.getText(), Scalar.Type.TEXT);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Scalar(place, parser.getText(), Scalar.Type.NUMBER);
            case VALUE_TRUE, VALUE_FALSE -> new Scalar(place, parser.getText(), Scalar.Type.TRUTH);
            case VALUE_NULL -> new Nothing(place);
            default -> throw place.error("unexpected " + token, "plain YAML");
        };
    }

    private Mapping mapping(Place place, int depth) throws IOException {
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            if (key.length() > LONGEST_KEY) {
                throw place.error("a key of " + key.length() + " characters", "at most " + LONGEST_KEY);
            }
            Place child = place.child(key, line());
            if (parser.isCurrentAlias() || parser.getObjectId() != null) {
                throw child.error("anchors and aliases (& and *) are not read", "the key itself");
            }
            parser.nextToken();
            ConfigNode earlier = entries.get(key);
            if (earlier != null) {
                throw child.error(
                        "given twice"
                                + (lines ? ", first on line " + earlier.place().line() : ""),
                        "once");
            }
            entries.put(key, value(child, depth + 1));
        }
        return new Mapping(place, entries);
    }

    private Sequence sequence(Place place, int depth) throws IOException {
        List<ConfigNode> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(place.element(elements.size(), line()), depth + 1));
        }
        return new Sequence(place, elements);
    }

    private int line() {
        return lines ? Math.max(1, parser.currentTokenLocation().getLineNr()) : 0;
    }

    private static int problemLine(JsonProcessingException e) {
        if (e.getCause() instanceof MarkedYAMLException cause && cause.getProblemMark() != null) {
            return cause.getProblemMark().getLine() + 1;
        }
        return e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
    }

    private static String problem(JsonProcessingException e) {
        if (e.getCause() instanceof MarkedYAMLException cause && cause.getProblem() != null) {
            return cause.getProblem().strip();
        }
        String message = e.getOriginalMessage().lines().findFirst().orElse("").strip();
        if (message.startsWith("Expected a field name")) {
            return "a key that is not a word";
        }
        // Whatever else the library says here, it says of its own classes.
        return "a value that cannot be read";
    }
}
