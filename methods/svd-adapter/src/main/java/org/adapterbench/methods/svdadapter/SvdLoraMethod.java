package org.adapterbench.methods.svdadapter;

import java.util.List;
import java.util.OptionalDouble;
import org.adapterbench.api.UserError;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.AdapterContext;
import org.adapterbench.api.method.BaseModel;
import org.adapterbench.api.method.LinearSite;
import org.adapterbench.api.method.Projection;
import org.adapterbench.api.method.Setting;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.method.Targets;
import org.adapterbench.api.method.TuningMethod;

/**
 * SVD-LoRA: LoRA whose factors start from the leading singular vectors of the weight.
 *
 * <p>Equation: W = U S Vᵀ, s = alpha / rank, B0 = U_r (S_r / s)^1/2 (out x rank), A0 = (S_r / s)^1/2 V_rᵀ
 * (rank x in); y = (W - s B0 A0) x + b + s B A x. Start: A = A0, B = B0, so step 0 equals the base model up to
 * rounding. Trained: rank (in + out) scalars a site; the rest of W is fixed. Cost: one decomposition a site and
 * LoRA's rank (in + out) multiplications a token. Source: the baseline of Liang and Bharadwaj 2025
 * (arXiv 2508.21810), which says no more than that LoRA's factors start from an SVD; the exact form is that of
 * Meng et al. 2024 (PiSSA, arXiv 2404.02948, section 3).
 */
public final class SvdLoraMethod implements TuningMethod {

    @Override
    public String name() {
        return "svd-lora";
    }

    @Override
    public String summary() {
        return "SVD-LoRA: LoRA whose A and B start from the top singular vectors of W (arXiv 2404.02948, 2508.21810)";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting.Whole("rank", "singular triplets moved into A and B (paper: r)", 8, 1, 4096),
                new Setting.Real("alpha", "numerator of the scale alpha/rank", 16, 0, true, 4096),
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
        double scale = settings.real("alpha") / rank;
        BaseModel start = context.start();
        List<LinearSite> sites = Targets.select(settings, start);
        sites.forEach(site -> checkRank(rank, site));
        return new SvdLoraAdapter(sites, start, rank, scale);
    }

    private static void checkRank(int rank, LinearSite site) {
        int most = Math.min(site.out(), site.in());
        if (rank > most) {
            throw new UserError("rank: " + rank + " is more than " + site.name() + ", " + site.out() + " x " + site.in()
                    + ", can have (allowed: 1 to " + most + ")");
        }
    }
}
