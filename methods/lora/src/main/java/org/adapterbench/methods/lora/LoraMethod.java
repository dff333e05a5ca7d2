package org.adapterbench.methods.lora;

import java.util.List;
import java.util.OptionalDouble;
import org.adapterbench.api.UserError;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.AdapterContext;
import org.adapterbench.api.method.LinearSite;
import org.adapterbench.api.method.Projection;
import org.adapterbench.api.method.Setting;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.method.Targets;
import org.adapterbench.api.method.TuningMethod;

/**
 * LoRA: a trained product of two thin matrices beside each adapted weight.
 *
 * <p>Equation: y = W x + b + (alpha / rank) B A dropout(x), with A of rank x in, B of out x rank. Start: A
 * Kaiming-uniform with a = sqrt 5, that is U(-1/sqrt(in), 1/sqrt(in)), and B zero, so step 0 equals the base
 * model. Trained: rank (in + out) scalars a site. Cost: rank (in + out) multiplications a token and site.
 * Source: Hu et al. 2021 (arXiv 2106.09685), section 4.1; alpha 16 as in the authors' scripts (their table 9
 * says 8). Differs from the paper: A is drawn as in the authors' code, where the paper says Gaussian.
 */
public final class LoraMethod implements TuningMethod {

    @Override
    public String name() {
        return "lora";
    }

    @Override
    public String summary() {
        return "LoRA: W + (alpha/rank) B A, A and B train (arXiv 2106.09685, section 4.1)";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting.Whole("rank", "columns of B and rows of A (paper: r)", 8, 1, 4096),
                new Setting.Real("alpha", "numerator of the scale alpha/rank", 16, 0, true, 4096),
                new Setting.Real("dropout", "share of the adapter's input dropped in training", 0, 0, false, 0.9),
                Targets.projections(Projection.QUERY, Projection.VALUE),
                Targets.layers("all"));
    }

    @Override
    public OptionalDouble learningRate(Settings settings) {
        return OptionalDouble.of(3e-4);
    }

    @Override
    public Adapter create(Settings settings, AdapterContext context) {
        int rank = settings.whole("rank");
        List<LinearSite> sites = Targets.select(settings, context.start());
        for (LinearSite site : sites) {
            int most = Math.min(site.out(), site.in());
            if (rank > most) {
                throw new UserError("rank: " + rank + " is more than " + site.name() + ", " + site.out() + " x "
                        + site.in() + ", can have (allowed: 1 to " + most + ")");
            }
        }
        return new LoraAdapter(sites, rank, settings.real("alpha") / rank, settings.real("dropout"), context.seed());
    }
}
