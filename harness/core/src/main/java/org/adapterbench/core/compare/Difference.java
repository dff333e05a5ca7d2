package org.adapterbench.core.compare;

import java.util.Locale;
import org.adapterbench.core.json.Json;
import org.jspecify.annotations.Nullable;

/** One field in which two executions of a run are not the same. */
public sealed interface Difference {

    /** What differs, in words. */
    String field();

    /** The recorded value as text. */
    String recordedText();

    /** This execution's value as text. */
    String nowText();

    /** How far apart the two are; empty where the values say it all or nothing more is known. */
    String extent();

    /** A difference of hashes, which say that something is not the same, and not how far apart it is. */
    sealed interface OfHashes extends Difference {

        /** The recorded hash. */
        Recorded<String> recorded();

        /** This execution's hash. */
        Now<String> now();

        @Override
        default String recordedText() {
            return Hash.shortened(recorded().value());
        }

        @Override
        default String nowText() {
            return Hash.shortened(now().value());
        }
    }

    /**
     * How many of the values that both executions have are not the same, and by how much.
     *
     * @param changed  tensors or examples with another value
     * @param compared that both executions have
     * @param largest  absolute difference of any value
     */
    record Moved(int changed, int compared, double largest) {

        private static String text(@Nullable Moved moved, String format) {
            return moved == null
                    ? ""
                    : String.format(Locale.ROOT, format, moved.changed, moved.compared, moved.largest);
        }
    }

    /** The weights that training began with. */
    record Start(Recorded<String> recorded, Now<String> now) implements OfHashes {
        @Override
        public String field() {
            return "start";
        }

        @Override
        public String extent() {
            return "";
        }
    }

    /**
     * The loss of the training steps.
     *
     * @param first where the two curves part; null where not both are at hand
     */
    record LossCurve(
            Recorded<String> recorded,
            Now<String> now,
            @Nullable Parting first) implements OfHashes {

        /**
         * @param step    1 for the first
         * @param largest absolute difference at any step
         */
        public record Parting(int step, Recorded<Float> recorded, Now<Float> now, double largest) {}

        @Override
        public String field() {
            return "loss curve";
        }

        @Override
        public String extent() {
            return first == null
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            "from step %d on (recorded %s, now %s), by at most %.1e",
                            first.step(),
                            Json.line(first.recorded().value()),
                            Json.line(first.now().value()),
                            first.largest());
        }
    }

    /**
     * The final values of all trained parameters.
     *
     * @param moved null where not both executions' weights are at hand
     */
    record Weights(
            Recorded<String> recorded,
            Now<String> now,
            @Nullable Moved moved) implements OfHashes {

        @Override
        public String field() {
            return "weights";
        }

        @Override
        public String extent() {
            return Moved.text(moved, "%d of %d kept tensors moved, by at most %.1e");
        }
    }

    /**
     * The answers for the evaluation examples.
     *
     * @param moved null where not both executions' predictions are at hand
     */
    record Predictions(
            Recorded<String> recorded,
            Now<String> now,
            @Nullable Moved moved) implements OfHashes {

        @Override
        public String field() {
            return "predictions";
        }

        @Override
        public String extent() {
            return Moved.text(moved, "%d of %d changed, scores moved by at most %.1e");
        }
    }

    /**
     * A metric or a mean loss; null on the side that has none.
     *
     * @param place split and metric, with the epoch where it is not the reported one
     */
    record Score(String place, Recorded<@Nullable Double> recorded, Now<@Nullable Double> now) implements Difference {
        @Override
        public String field() {
            return place;
        }

        @Override
        public String recordedText() {
            return text(recorded.value());
        }

        @Override
        public String nowText() {
            return text(now.value());
        }

        @Override
        public String extent() {
            Double before = recorded.value();
            Double after = now.value();
            return before == null || after == null ? "" : String.format(Locale.ROOT, "%+.1e", after - before);
        }

        private static String text(@Nullable Double value) {
            return value == null ? "none" : Json.line(value);
        }
    }

    /** A number of parameters, bytes, steps or examples. */
    record Count(String field, Recorded<Long> recorded, Now<Long> now) implements Difference {
        @Override
        public String recordedText() {
            return recorded.value().toString();
        }

        @Override
        public String nowText() {
            return now.value().toString();
        }

        @Override
        public String extent() {
            return "";
        }
    }
}
