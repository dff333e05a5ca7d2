package org.adapterbench.cli;

import java.util.List;
import java.util.Optional;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.AdapterContext;
import org.adapterbench.api.method.AddedParameter;
import org.adapterbench.api.method.BaseModel;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.method.ModelParameter.Role;
import org.adapterbench.api.method.Setting;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.api.record.RunSpec.Part;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.core.encoder.FrozenLayers;
import org.adapterbench.core.encoder.ModelLayout;
import org.adapterbench.core.encoder.ModelOutline;

/**
 * How much of an encoder a method's gradients pass through and what it leaves frozen, which is what its steps cost.
 * Found out by asking the method, not by knowing it.
 *
 * @param layers  of the encoder and what the method makes of them
 * @param weights share of the encoder's weights that get a gradient of their own, 0 to 1
 * @param trained what trains
 */
record Reach(Layers layers, double weights, Trained trained) {

    /**
     * Numbers of layers.
     *
     * @param all    of the encoder
     * @param frozen the first ones, whose activations are the start's throughout; gradients pass the others
     */
    record Layers(int all, int frozen) {

        int passed() {
            return all - frozen;
        }

        double passedShare() {
            return (double) passed() / all;
        }

        double frozenShare() {
            return (double) frozen / all;
        }
    }

    /**
     * Numbers of values that train.
     *
     * @param anything false where the method takes no steps
     * @param encoder  of the encoder's own
     * @param added    by the adapter; 0 also where the weights decide it
     * @param head     of the head
     */
    record Trained(boolean anything, long encoder, long added, long head) {

        long values() {
            return encoder + added + head;
        }
    }

    /** Everything trains. */
    static Reach everything(ModelLayout layout) {
        int layers = layout.config().layers();
        long all = size(layout.parameters());
        long encoder = size(encoder(layout));
        return new Reach(new Layers(layers, 0), 1, new Trained(true, encoder, 0, all - encoder));
    }

    /** What a method with these settings and this recipe does to an encoder of this layout. */
    static Reach of(TuningMethod method, Settings settings, TrainingSpec recipe, ModelLayout layout) {
        try {
            BaseModel outline = new ModelOutline(layout);
            return of(method.create(settings, new AdapterContext(outline, outline, 0)), recipe, layout);
        } catch (ModelOutline.ValuesAsked dataDecide) {
            return ofSettings(method, settings, recipe, layout);
        }
    }

    /**
     * What is known where the weights decide what the method adds: which layers its settings name. It is taken for
     * one that adds to them and trains no weight of theirs.
     */
    private static Reach ofSettings(TuningMethod method, Settings settings, TrainingSpec recipe, ModelLayout layout) {
        Optional<Setting> named = method.settings().stream()
                .filter(Setting.Layers.class::isInstance)
                .findFirst();
        if (named.isEmpty()) {
            return everything(layout);
        }
        int layers = layout.config().layers();
        int first = settings.layers(named.get().name(), layers).get(0);
        return new Reach(new Layers(layers, first), 0, new Trained(true, 0, 0, size(head(recipe, layout))));
    }

    private static Reach of(Adapter adapter, TrainingSpec recipe, ModelLayout layout) {
        List<ModelParameter> encoder = encoder(layout);
        long trained = size(encoder.stream().filter(adapter::trains).toList());
        // What makes another weight out of a weight is trained through the gradient of that weight.
        long differentiated = size(encoder.stream()
                .filter(p -> adapter.trains(p) || adapter.reparametrises(p))
                .toList());
        long added = adapter.added().stream()
                .filter(AddedParameter::trainable)
                .mapToLong(AddedParameter::size)
                .sum();
        long head = adapter.trainsHead() ? size(head(recipe, layout)) : 0;
        return new Reach(
                new Layers(layout.config().layers(), FrozenLayers.count(layout, adapter)),
                (double) differentiated / size(encoder),
                new Trained(trained + added + head > 0, trained, added, head));
    }

    private static List<ModelParameter> encoder(ModelLayout layout) {
        return layout.parameters().stream().filter(p -> !p.head()).toList();
    }

    /** What the recipe lets train of the head. */
    private static List<ModelParameter> head(TrainingSpec recipe, ModelLayout layout) {
        return layout.parameters().stream()
                .filter(ModelParameter::head)
                .filter(p -> (p.role() == Role.POOLER ? recipe.pooler() : recipe.head()) == Part.TRAINED)
                .toList();
    }

    private static long size(List<ModelParameter> parameters) {
        return parameters.stream().mapToLong(ModelParameter::size).sum();
    }

    /** The backward pass of a step in forward passes: gradients of activations, gradients of weights. */
    double backwardPasses() {
        return layers.passedShare() + weights;
    }
}
