package org.adapterbench.core.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.api.task.Objective;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** The part of a graph that exists only when something trains: loss, gradients of the trained parameters, update. */
final class TrainingPass {

    private final Ops tf;
    private final TrainingSpec spec;
    private final Placeholder<TInt64> stepSeed;
    private final Loss loss;
    private final AdamW optimizer;
    private final Placeholder<TFloat32> rate;
    private final Placeholder<TFloat32> headRate;
    private final Placeholder<TFloat32> decay;
    private final Placeholder<TFloat32> headDecay;
    private final List<Operand<TFloat32>> gradients;
    /** What the update is fed: for each part of a batch the gradients of all trained parameters. */
    private final List<List<Placeholder<TFloat32>>> fed;

    /**
     * @param parts  of a batch that give gradients of their own
     * @param logits builds the forward pass from the scalar dropout seed of a step
     */
    TrainingPass(
            Graph graph,
            Ops tf,
            TrainingSpec spec,
            Numerics numerics,
            int parts,
            Objective objective,
            GraphVariables variables,
            List<TrainedParameter> trained,
            Function<Operand<TInt64>, Operand<TFloat32>> logits) {
        this.tf = tf;
        this.spec = spec;
        this.stepSeed = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
        this.loss = new Loss(tf, objective, logits.apply(stepSeed));
        this.gradients = gradients(graph, variables, trained).stream()
                .map(gradient -> fetchable(gradient, numerics))
                .toList();
        this.optimizer = new AdamW(tf, numerics);
        this.rate = scalar();
        this.headRate = scalar();
        this.decay = scalar();
        this.headDecay = scalar();
        this.fed = IntStream.range(0, parts)
                .mapToObj(part -> fed(variables, trained))
                .toList();
        optimizer.build(targets(variables, trained), spec.clipNorm());
        for (int i = 0; i < trained.size(); i++) {
            variables.changes(trained.get(i).name(), optimizer.moments().get(i));
        }
    }

    private List<Operand<TFloat32>> gradients(Graph graph, GraphVariables variables, List<TrainedParameter> trained) {
        Output<?>[] of =
                trained.stream().map(p -> variables.get(p.name()).asOutput()).toArray(Output[]::new);
        List<Operand<TFloat32>> typed = new ArrayList<>();
        for (Output<?> gradient : graph.addGradients(loss.value().asOutput(), of)) {
            typed.add(gradient.expect(TFloat32.class));
        }
        return List.copyOf(typed);
    }

    /** Mixed precision leaves what is fetched in float32, a product of matrices too. */
    private Operand<TFloat32> fetchable(Operand<TFloat32> gradient, Numerics numerics) {
        return numerics == Numerics.FAST_BF16 ? tf.identity(gradient) : gradient;
    }

    private List<Placeholder<TFloat32>> fed(GraphVariables variables, List<TrainedParameter> trained) {
        return trained.stream()
                .map(parameter -> tf.placeholder(
                        TFloat32.class,
                        Placeholder.shape(
                                variables.get(parameter.name()).asOutput().shape())))
                .toList();
    }

    /** Gradient of the whole batch. @param index of the trained parameter */
    private Operand<TFloat32> whole(int index) {
        return fed.stream()
                .<Operand<TFloat32>>map(part -> part.get(index))
                .reduce(tf.math::add)
                .orElseThrow();
    }

    private List<AdamW.Target> targets(GraphVariables variables, List<TrainedParameter> trained) {
        List<AdamW.Target> targets = new ArrayList<>();
        for (int i = 0; i < trained.size(); i++) {
            TrainedParameter parameter = trained.get(i);
            targets.add(new AdamW.Target(
                    variables.get(parameter.name()),
                    whole(i),
                    parameter.shape().size(),
                    parameter.head() ? headRate : rate,
                    parameter.head() ? headDecay : decay,
                    parameter.decays() && spec.weightDecay() > 0));
        }
        return targets;
    }

    private Placeholder<TFloat32> scalar() {
        return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    }

    /** What sets all moments to 0; to be called once. */
    List<Op> zeroMoments() {
        return optimizer.zero();
    }

    /**
     * The loss first, and then the gradients of all trained parameters, from what they need beside the texts.
     *
     * @param part        of a batch
     * @param examples    of the whole batch
     * @param dropoutSeed of this part
     */
    Request gradients(Batch part, int examples, long dropoutSeed) {
        return (runner, feeds) -> {
            feeds.scalar(stepSeed, dropoutSeed);
            loss.feed(feeds, part, examples);
            runner.fetch(loss.value());
            gradients.forEach(runner::fetch);
        };
    }

    /** All updates. @param parts for each part of the batch the result of {@link #gradients} */
    Request update(List<Result> parts, int step, double rateShare) {
        double bodyRate = spec.learningRate() * rateShare;
        double topRate = spec.headLearningRate() * rateShare;
        return (runner, feeds) -> {
            feeds.scalar(rate, (float) bodyRate)
                    .scalar(headRate, (float) topRate)
                    .scalar(decay, (float) (bodyRate * spec.weightDecay()))
                    .scalar(headDecay, (float) (topRate * spec.weightDecay()));
            for (int part = 0; part < fed.size(); part++) {
                for (int i = 0; i < gradients.size(); i++) {
                    runner.feed(fed.get(part).get(i), gradient(parts.get(part), i));
                }
            }
            optimizer.feed(feeds, step);
            optimizer.updates().forEach(update -> runner.addTarget(update.op()));
        };
    }

    /** Of a part of a batch: its share of the whole batch's loss. */
    static float loss(Result part) {
        return ((TFloat32) part.get(0)).getFloat();
    }

    /** Of a part of a batch: its share of the whole batch's gradient. @param index of the trained parameter */
    static TFloat32 gradient(Result part, int index) {
        return (TFloat32) part.get(index + 1);
    }
}
