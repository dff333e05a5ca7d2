package org.adapterbench.core.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.api.task.Objective;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
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

    /** @param logits builds the forward pass from the scalar dropout seed of a step */
    TrainingPass(
            Graph graph,
            Ops tf,
            TrainingSpec spec,
            Numerics numerics,
            Objective objective,
            GraphVariables variables,
            List<TrainedParameter> trained,
            Function<Operand<TInt64>, Operand<TFloat32>> logits) {
        this.tf = tf;
        this.spec = spec;
        this.stepSeed = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
        this.loss = new Loss(tf, objective, logits.apply(stepSeed));
        this.gradients = gradients(graph, variables, trained);
        this.optimizer = new AdamW(tf, numerics);
        this.rate = scalar();
        this.headRate = scalar();
        this.decay = scalar();
        this.headDecay = scalar();
        optimizer.build(targets(variables, trained), loss.value(), spec.clipNorm());
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

    private List<AdamW.Target> targets(GraphVariables variables, List<TrainedParameter> trained) {
        List<AdamW.Target> targets = new ArrayList<>();
        for (int i = 0; i < trained.size(); i++) {
            TrainedParameter parameter = trained.get(i);
            targets.add(new AdamW.Target(
                    variables.get(parameter.name()),
                    gradients.get(i),
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

    /** Feeds what a step needs beside its batch's texts, asks for its loss first, and for all updates. */
    void prepareStep(Session.Runner runner, Feeds feeds, Batch batch, int step, double rateShare, long dropoutSeed) {
        double bodyRate = spec.learningRate() * rateShare;
        double topRate = spec.headLearningRate() * rateShare;
        feeds.scalar(rate, (float) bodyRate)
                .scalar(headRate, (float) topRate)
                .scalar(decay, (float) (bodyRate * spec.weightDecay()))
                .scalar(headDecay, (float) (topRate * spec.weightDecay()));
        fetchLoss(runner, feeds, batch, dropoutSeed);
        optimizer.feed(feeds, step);
        optimizer.updates().forEach(update -> runner.addTarget(update.op()));
    }

    /** Asks for the loss first, and then for the gradients of all trained parameters. */
    void prepareGradients(Session.Runner runner, Feeds feeds, Batch batch, long dropoutSeed) {
        fetchLoss(runner, feeds, batch, dropoutSeed);
        gradients.forEach(runner::fetch);
    }

    private void fetchLoss(Session.Runner runner, Feeds feeds, Batch batch, long dropoutSeed) {
        feeds.scalar(stepSeed, dropoutSeed);
        loss.feed(feeds, batch);
        runner.fetch(loss.value());
    }
}
