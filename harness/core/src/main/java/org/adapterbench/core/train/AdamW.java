package org.adapterbench.core.train;

import java.util.ArrayList;
import java.util.List;
import org.adapterbench.api.record.Numerics;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * AdamW (Loshchilov and Hutter 2019, algorithm 2) with the gradient clipped to a global norm, over the
 * trainable parameters only. TensorFlow's kernel adds epsilon to sqrt(v) without bias correction, so the
 * epsilon that is fed is epsilon · sqrt(1 - β2^t), which makes the step that of PyTorch.
 */
final class AdamW {

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;
    /** PyTorch's {@code clip_grad_norm_} adds this to the norm. */
    private static final float NORM_EPSILON = 1e-6f;

    private final Ops tf;
    private final Numerics numerics;
    private final Placeholder<TFloat32> beta1Power;
    private final Placeholder<TFloat32> beta2Power;
    private final Placeholder<TFloat32> epsilon;
    private final List<Moments> moments = new ArrayList<>();
    private final List<Op> updates = new ArrayList<>();

    /**
     * One parameter to update.
     *
     * @param rate  learning rate of this step, scalar
     * @param decay rate · decay, scalar
     */
    record Target(
            Variable<TFloat32> variable,
            Operand<TFloat32> gradient,
            int rank,
            Operand<TFloat32> rate,
            Operand<TFloat32> decay,
            boolean decays) {}

    /** Running means of a parameter's gradient and of its square. */
    record Moments(Variable<TFloat32> first, Variable<TFloat32> second) {}

    AdamW(Ops tf, Numerics numerics) {
        this.tf = tf;
        this.numerics = numerics;
        this.beta1Power = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
        this.beta2Power = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
        this.epsilon = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    }

    /** Builds the update. Gradients are to be fed, lest a weight change while one of the same step still reads it. */
    void build(List<Target> targets, double clipNorm) {
        Operand<TFloat32> scale = clipNorm > 0 ? clipScale(targets, clipNorm) : null;
        Operand<TFloat32> beta1 = tf.constant((float) BETA1);
        Operand<TFloat32> beta2 = tf.constant((float) BETA2);
        for (Target target : targets) {
            Operand<TFloat32> gradient = scale == null ? target.gradient() : tf.math.mul(target.gradient(), scale);
            Ops updating = tf;
            if (target.decays()) {
                Op decayed = tf.train.applyGradientDescent(target.variable(), target.decay(), target.variable());
                updating = tf.withControlDependencies(List.of(decayed));
            }
            Moments kept = new Moments(moment(target), moment(target));
            moments.add(kept);
            updates.add(updating.train.applyAdam(
                    target.variable(),
                    kept.first(),
                    kept.second(),
                    beta1Power,
                    beta2Power,
                    target.rate(),
                    beta1,
                    beta2,
                    epsilon,
                    gradient));
        }
    }

    /** min(1, bound / (norm + 1e-6)). */
    private Operand<TFloat32> clipScale(List<Target> targets, double clipNorm) {
        boolean portable = numerics == Numerics.PORTABLE;
        List<Operand<TFloat32>> squares = new ArrayList<>();
        for (Target target : targets) {
            squares.add(portable ? squaredNorm(target) : tf.nn.l2Loss(target.gradient()));
        }
        Operand<TFloat32> sum = tf.reduceSum(tf.stack(squares), tf.constant(0));
        // TensorFlow's L2 loss is half the squared norm. Its order of summation depends on the number of threads.
        Operand<TFloat32> norm = tf.math.sqrt(portable ? sum : tf.math.mul(sum, tf.constant(2f)));
        return tf.math.minimum(
                tf.constant(1f),
                tf.math.div(tf.constant((float) clipNorm), tf.math.add(norm, tf.constant(NORM_EPSILON))));
    }

    /** Over the last axis first, which fixes the order of the sum. */
    private Operand<TFloat32> squaredNorm(Target target) {
        Operand<TFloat32> sum = tf.math.square(target.gradient());
        for (int axis = target.rank() - 1; axis >= 0; axis--) {
            sum = tf.reduceSum(sum, tf.constant(axis));
        }
        return sum;
    }

    private Variable<TFloat32> moment(Target target) {
        return tf.variable(target.variable().asOutput().shape(), TFloat32.class);
    }

    /** One pair a target, in the order of the targets. */
    List<Moments> moments() {
        return List.copyOf(moments);
    }

    /** Operations that set all moments to zero, to be run before the first step. */
    List<Op> zero() {
        List<Op> all = new ArrayList<>();
        for (Moments pair : moments) {
            all.add(zero(pair.first()));
            all.add(zero(pair.second()));
        }
        return all;
    }

    private Op zero(Variable<TFloat32> moment) {
        Operand<TInt64> shape = tf.constant(moment.asOutput().shape().asArray());
        return tf.assign(moment, tf.fill(shape, tf.constant(0f)));
    }

    List<Op> updates() {
        return updates;
    }

    /** Feeds the step's scalars. @param step 1-based */
    void feed(Feeds feeds, int step) {
        double power2 = StrictMath.pow(BETA2, step);
        feeds.scalar(beta1Power, (float) StrictMath.pow(BETA1, step));
        feeds.scalar(beta2Power, (float) power2);
        feeds.scalar(epsilon, (float) (EPSILON * StrictMath.sqrt(1 - power2)));
    }
}
