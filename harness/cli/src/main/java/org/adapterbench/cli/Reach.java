package org.adapterbench.cli;

import java.util.List;
import java.util.Optional;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.AdapterContext;
import org.adapterbench.api.method.AddedParameter;
import org.adapterbench.api.method.BaseModel;
import org.adapterbench.api.method.LinearSite;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.method.Setting;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.api.record.RunSpec.Part;
import org.adapterbench.api.record.RunSpec.TrainingSpec;
import org.adapterbench.core.encoder.ModelLayout;
import org.adapterbench.core.encoder.ModelOutline;

/**
 * How much of an encoder a method's gradients pass through, which is what its steps cost. Found out by asking
 * the method, not by knowing it.
 *
 * @param trains       whether anything trains at all
 * @param layersPassed share of the layers that gradients pass through, 0 to 1
 * @param weights      share of the encoder's weights that get a gradient of their own, 0 to 1
 * @param parameters   encoder parameters that train; what an adapter adds is not counted
 */
record Reach(boolean trains, double layersPassed, double weights, long parameters) {

    /** Everything trains. */
    static Reach everything(ModelLayout layout) {
        return new Reach(
                true,
                1,
                1,
                encoder(layout).stream().mapToLong(ModelParameter::size).sum());
    }

    /** What a method with these settings and this recipe does to an encoder of this layout. */
    static Reach of(TuningMethod method, Settings settings, TrainingSpec recipe, ModelLayout layout) {
        Optional<Setting> layers = method.settings().stream()
                .filter(Setting.Layers.class::isInstance)
                .findFirst();
        if (layers.isPresent()) {
            int first = settings.layers(layers.get().name(), layout.config().layers())
                    .get(0);
            return new Reach(true, passed(layout, first), 0, 0);
        }
        try {
            BaseModel outline = new ModelOutline(layout);
            return of(method.create(settings, new AdapterContext(outline, outline, 0)), recipe, layout);
        } catch (ModelOutline.ValuesAsked needsWeights) {
            return everything(layout);
        }
    }

    private static Reach of(Adapter adapter, TrainingSpec recipe, ModelLayout layout) {
        List<ModelParameter> trained =
                encoder(layout).stream().filter(adapter::trains).toList();
        int first = trained.stream()
                .mapToInt(ModelParameter::layer)
                .min()
                .orElse(layout.config().layers());
        int adapted = layout.sites().stream()
                .filter(adapter::adapts)
                .mapToInt(LinearSite::layer)
                .min()
                .orElse(layout.config().layers());
        long parameters = trained.stream().mapToLong(ModelParameter::size).sum();
        boolean head = adapter.trainsHead() && (recipe.head() == Part.TRAINED || recipe.pooler() == Part.TRAINED);
        return new Reach(
                parameters > 0 || head || adapter.added().stream().anyMatch(AddedParameter::trainable),
                passed(layout, Math.min(first, adapted)),
                (double) parameters / everything(layout).parameters(),
                parameters);
    }

    private static List<ModelParameter> encoder(ModelLayout layout) {
        return layout.parameters().stream().filter(p -> !p.head()).toList();
    }

    private static double passed(ModelLayout layout, int first) {
        int layers = layout.config().layers();
        return (double) (layers - Math.max(0, first)) / layers;
    }

    /** A step's cost in forward passes: forward, gradients of activations, gradients of weights. */
    double forwardPasses() {
        return 1 + layersPassed + weights;
    }
}
