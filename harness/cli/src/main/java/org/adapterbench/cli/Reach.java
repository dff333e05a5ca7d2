package org.adapterbench.cli;

import java.util.List;
import java.util.Optional;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.AdapterContext;
import org.adapterbench.api.method.AddedParameter;
import org.adapterbench.api.method.BaseModel;
import org.adapterbench.api.method.LinearSite;
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
     * @param passed by gradients, the last ones
     * @param frozen the first ones, whose activations are the start's throughout
     */
    record Layers(int all, int passed, int frozen) {

        double passedShare() {
            return (double) passed / all;
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
     * @param added    by the adapter; 0 also where it must see weights to tell
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
        return new Reach(new Layers(layers, layers, 0), 1, new Trained(true, encoder, 0, all - encoder));
    }

    /** What a method with these settings and this recipe does to an encoder of this layout. */
    static Reach of(TuningMethod method, Settings settings, TrainingSpec recipe, ModelLayout layout) {
        try {
            BaseModel outline = new ModelOutline(layout);
            return of(method.create(settings, new AdapterContext(outline, outline, 0)), recipe, layout);
        } catch (ModelOutline.ValuesAsked needsWeights) {
            return ofSettings(method, settings, recipe, layout);
        }
    }

    /** What is known without weights: which layers the settings name. */
    private static Reach ofSettings(TuningMethod method, Settings settings, TrainingSpec recipe, ModelLayout layout) {
        Optional<Setting> named = method.settings().stream()
                .filter(Setting.Layers.class::isInstance)
                .findFirst();
        if (named.isEmpty()) {
            return everything(layout);
        }
        int layers = layout.config().layers();
        int first = settings.layers(named.get().name(), layers).get(0);
        return new Reach(
                new Layers(layers, layers - first, first), 0, new Trained(true, 0, 0, size(head(recipe, layout))));
    }

    private static Reach of(Adapter adapter, TrainingSpec recipe, ModelLayout layout) {
        int layers = layout.config().layers();
        List<ModelParameter> trained =
                encoder(layout).stream().filter(adapter::trains).toList();
        int first = trained.stream().mapToInt(ModelParameter::layer).min().orElse(layers);
        int adapted = layout.sites().stream()
                .filter(adapter::adapts)
                .mapToInt(LinearSite::layer)
                .min()
                .orElse(layers);
        long added = adapter.added().stream()
                .filter(AddedParameter::trainable)
                .mapToLong(AddedParameter::size)
                .sum();
        long head = adapter.trainsHead() ? size(head(recipe, layout)) : 0;
        return new Reach(
                new Layers(layers, layers - Math.max(0, Math.min(first, adapted)), FrozenLayers.count(layout, adapter)),
                (double) size(trained) / size(encoder(layout)),
                new Trained(size(trained) + added + head > 0, size(trained), added, head));
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
