package org.adapterbench.core.train;

import java.util.List;
import java.util.function.Function;
import org.adapterbench.core.encoder.TurnedWeights;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.types.TFloat32;

/** Turned weights of some layers, kept from the first pass that wants them until the weights change. */
final class ReadyWeights implements AutoCloseable {

    private static final Request NOTHING = (runner, feeds) -> {};

    private final TurnedWeights weights;
    private @Nullable Result values;

    ReadyWeights(TurnedWeights weights) {
        this.weights = weights;
    }

    /**
     * Feeds the weights to any number of passes, until they change; not for concurrent use, which the feeding is.
     *
     * @param run has TensorFlow compute what is not there
     */
    Request ready(Function<Request, Result> run) {
        List<Operand<TFloat32>> places = weights.fed();
        if (places.isEmpty()) {
            return NOTHING;
        }
        Result ready = values == null ? run.apply(turning()) : values;
        values = ready;
        return (runner, feeds) -> {
            for (int i = 0; i < places.size(); i++) {
                runner.feed(places.get(i), ready.get(i));
            }
        };
    }

    private Request turning() {
        return (runner, feeds) -> weights.computed().forEach(runner::fetch);
    }

    /** Gives back what was computed of weights that change now. */
    void changed() {
        if (values != null) {
            values.close();
            values = null;
        }
    }

    @Override
    public void close() {
        changed();
    }
}
