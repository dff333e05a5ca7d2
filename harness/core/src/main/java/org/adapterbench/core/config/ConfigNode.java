package org.adapterbench.core.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a YAML file that knows where it stands. */
sealed interface ConfigNode {

    Place place();

    /** What it is, in words, for messages. */
    String kind();

    /** Keys with values, in the order of the file. */
    record Mapping(Place place, Map<String, ConfigNode> entries) implements ConfigNode {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /** A list of values. */
    record Sequence(Place place, List<ConfigNode> elements) implements ConfigNode {
        public Sequence {
            elements = List.copyOf(elements);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A word, text or number as it is written. */
    record Scalar(Place place, String text, Type type) implements ConfigNode {

        /** What YAML takes the scalar for. */
        enum Type {
            TEXT,
            NUMBER,
            TRUTH
        }

        @Override
        public String kind() {
            return switch (type) {
                case TEXT -> "'" + text + "'";
                case NUMBER -> "the number " + text;
                case TRUTH -> "the truth value " + text;
            };
        }
    }

    /** A key without a value, or {@code null}. */
    record Nothing(Place place) implements ConfigNode {
        @Override
        public String kind() {
            return "nothing";
        }
    }
}
