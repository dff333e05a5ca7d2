package org.adapterbench.core.encoder;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Gradients as formulas, instead of those that TensorFlow derives operation by operation. A value stands behind an
 * operation that hands on what it gets, value, inputs and what the formula needs besides; TensorFlow has no gradient
 * for that operation and asks here.
 */
enum StatedGradient {

    /** Of {@link Blocks#layerNorm}. Inputs x, scale, shift; kept: normal values, inverse deviation, 1 / width. */
    LAYER_NORM(3) {
        @Override
        List<Operand<TFloat32>> formula(Ops tf, Operand<TFloat32> y, Values values) {
            Operand<TFloat32> scale = values.inputs().get(1);
            Operand<TFloat32> normal = values.kept().get(0);
            Operand<TFloat32> inverse = values.kept().get(1);
            Operand<TFloat32> share = values.kept().get(2);
            Operand<TInt32> last = tf.constant(-1);
            Operand<TFloat32> scaled = tf.math.mul(y, scale);
            Operand<TFloat32> mean = tf.math.mul(tf.reduceSum(scaled, last, ReduceSum.keepDims(true)), share);
            Operand<TFloat32> along =
                    tf.math.mul(tf.reduceSum(tf.math.mul(scaled, normal), last, ReduceSum.keepDims(true)), share);
            Operand<TFloat32> x =
                    tf.math.mul(tf.math.sub(tf.math.sub(scaled, mean), tf.math.mul(normal, along)), inverse);
            return List.of(x, tf.nn.biasAddGrad(tf.math.mul(y, normal)), tf.nn.biasAddGrad(y));
        }
    },

    /**
     * Of {@link Blocks#rows}. Input table; kept: the ids, as the floats of these bits, since a carrier's values are floats.
     * TensorFlow's own also copies what it has summed.
     */
    ROWS(1) {
        @Override
        List<Operand<TFloat32>> formula(Ops tf, Operand<TFloat32> y, Values values) {
            Operand<TInt32> ids = tf.bitcast(values.kept().get(0), TInt32.class);
            Operand<TInt32> count =
                    tf.slice(tf.shape(values.inputs().get(0)), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
            return List.of(tf.math.unsortedSegmentSum(y, ids, tf.reshape(count, tf.constant(new int[0]))));
        }
    },

    /** Of {@link Blocks#gelu} and {@link Blocks#geluTanh}. Input x; kept: the derivative, not the maps it is made of. */
    GELU(1) {
        @Override
        List<Operand<TFloat32>> formula(Ops tf, Operand<TFloat32> y, Values values) {
            return List.of(tf.math.mul(y, values.kept().get(0)));
        }
    },

    /** Of {@link Blocks#attention} without dropout. Inputs query, key, value; kept: scale, weights. */
    ATTENTION(3) {
        @Override
        List<Operand<TFloat32>> formula(Ops tf, Operand<TFloat32> y, Values values) {
            Operand<TFloat32> weights = values.kept().get(1);
            Operand<TFloat32> gradient =
                    HeadProduct.of(tf, y, false, values.inputs().get(2), true);
            Operand<TFloat32> scores = tf.math.mul(weights, tf.math.sub(gradient, rowSums(tf, y, values)));
            return attention(tf, y, values, scores, weights);
        }
    },

    /** Of {@link Blocks#attention}. Inputs query, key, value; kept: scale, weights before and after dropout. */
    DROPPED_ATTENTION(3) {
        @Override
        List<Operand<TFloat32>> formula(Ops tf, Operand<TFloat32> y, Values values) {
            Operand<TFloat32> weights = values.kept().get(1);
            Operand<TFloat32> afterDropout = values.kept().get(2);
            Operand<TFloat32> gradient =
                    HeadProduct.of(tf, y, false, values.inputs().get(2), true);
            // The factors of dropout are not kept: the weights after dropout hold them.
            Operand<TFloat32> scores =
                    tf.math.sub(tf.math.mul(gradient, afterDropout), tf.math.mul(weights, rowSums(tf, y, values)));
            return attention(tf, y, values, scores, afterDropout);
        }
    };

    private static final String CARRIER = "IdentityN";
    private static final String PREFIX = "StatedGradient.";

    private final int inputs;

    StatedGradient(int inputs) {
        this.inputs = inputs;
    }

    /**
     * Gradients of the inputs. The graph is locked meanwhile: whoever asks it for a shape waits for ever.
     *
     * @param y the value's gradient
     */
    abstract List<Operand<TFloat32>> formula(Ops tf, Operand<TFloat32> y, Values values);

    /** @param kept what the formula reads beside value and inputs, in its order */
    record Values(Operand<TFloat32> value, List<Operand<TFloat32>> inputs, List<Operand<TFloat32>> kept) {}

    /** The value with this gradient. @param kept what the formula reads besides, in its order */
    Operand<TFloat32> of(Ops tf, Operand<TFloat32> value, List<Operand<TFloat32>> from, List<Operand<TFloat32>> kept) {
        Registration.require();
        List<Operand<?>> all = new ArrayList<>();
        all.add(tf.stopGradient(value));
        all.addAll(from);
        kept.forEach(x -> all.add(tf.stopGradient(x)));
        return tf.withName(PREFIX + name()).identityN(all).output().get(0).expect(TFloat32.class);
    }

    /**
     * The row sums of weights times their gradient, which are those of value times its gradient (Dao et al. 2022,
     * section 3.1 and appendix B.2).
     */
    private static Operand<TFloat32> rowSums(Ops tf, Operand<TFloat32> y, Values values) {
        return tf.reduceSum(tf.math.mul(y, values.value()), tf.constant(-1), ReduceSum.keepDims(true));
    }

    /**
     * Gradients of query, key and value.
     *
     * @param scores  the gradient of scale Q Kᵀ + bias
     * @param weights those that value was made of, after dropout
     */
    private static List<Operand<TFloat32>> attention(
            Ops tf, Operand<TFloat32> y, Values values, Operand<TFloat32> scores, Operand<TFloat32> weights) {
        Operand<TFloat32> scale = values.kept().get(0);
        return List.of(
                tf.math.mul(HeadProduct.of(tf, scores, false, values.inputs().get(1), false), scale),
                tf.math.mul(HeadProduct.of(tf, scores, true, values.inputs().get(0), false), scale),
                HeadProduct.of(tf, weights, true, y, false));
    }

    private static List<Operand<?>> gradient(Ops tf, GraphOperation carrier, List<Output<?>> gradients) {
        String name = carrier.name().substring(carrier.name().lastIndexOf('/') + 1);
        if (!name.startsWith(PREFIX)) {
            // Another's: what it hands on gets the gradient of what it handed on.
            return List.copyOf(gradients);
        }
        // TensorFlow puts a number behind a name that it has already.
        StatedGradient stated = valueOf(name.substring(PREFIX.length()).replaceAll("_[0-9]+$", ""));
        List<Operand<TFloat32>> all = new ArrayList<>();
        for (int i = 0; i < carrier.numInputs(); i++) {
            all.add(carrier.input(i).expect(TFloat32.class));
        }
        int behind = 1 + stated.inputs;
        Values values = new Values(all.get(0), all.subList(1, behind), all.subList(behind, all.size()));
        Operand<TFloat32> y = gradients.get(0).expect(TFloat32.class);
        List<Operand<?>> result = new ArrayList<>();
        // Those of the value and of what was kept end at once, at the operation that stops gradients.
        result.add(y);
        result.addAll(stated.formula(tf, y, values));
        result.addAll(Collections.nCopies(values.kept().size(), y));
        return result;
    }

    /** Once a process, at the first use: TensorFlow keeps gradients by operation, for all graphs. */
    private static final class Registration {

        private static final boolean DONE = TensorFlow.registerCustomGradient(CARRIER, StatedGradient::gradient);

        static void require() {
            if (!DONE) {
                throw new IllegalStateException(
                        CARRIER + " has a gradient already, of TensorFlow's or of another library's");
            }
        }
    }
}
