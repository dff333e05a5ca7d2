package org.adapterbench.methods.qrlora;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.adapterbench.api.Lazy;
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
 * QR-LoRA: trains one scalar for each kept direction of a pivoted QR basis of the weight.
 *
 * <p>Equation: W P = Q R; y = W x + b + Q_r diag(lambda) R_r Pᵀ x, with W of out x in, P a permutation of the
 * inputs, Q_r the first r columns of Q (out x r), R_r the first r rows of R (r x in). Q_r and R_r Pᵀ are fixed.
 * Start: lambda = 0, so step 0 equals the base model. Trained: the r scalars of lambda a site. Cost: one
 * factorisation a site (about 4 out in min(out, in) operations) and r (in + out) multiplications a token.
 * Source: Liang and Bharadwaj 2025 (arXiv 2508.21810), method section: r is the smallest number whose share of
 * sum R_ii^2 reaches tau.
 *
 * <p>The paper leaves open, and we choose: P is undone, so that lambda = 1 at full rank doubles W exactly;
 * lambda starts at 0; no scale alpha; AdamW's weight decay applies to lambda, as the recipe exempts biases and
 * LayerNorms only; W is the start checkpoint's ({@code basis: warm}).
 */
public final class QrLoraMethod implements TuningMethod {

    private static final int FEW_LAYERS = 4;

    @Override
    public String name() {
        return "qr-lora";
    }

    @Override
    public String summary() {
        return "QR-LoRA: W + Q diag(lambda) R P^T on a pivoted QR basis of W, lambda trains (arXiv 2508.21810)";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting.Real("tau", "share of the energy sum R_ii^2 that the basis keeps", 0.5, 0, true, 1),
                new Setting.Whole(
                        "rank", "fixed number of directions a site in place of tau; 0: tau decides", 0, 0, 4096),
                new Setting.Choice(
                        "basis",
                        "the weights that are factored: those training starts from, or the published ones",
                        "warm",
                        List.of("warm", "pretrained")),
                Targets.projections(Projection.QUERY, Projection.VALUE),
                Targets.layers("last-4"));
    }

    @Override
    public List<List<String>> alternatives() {
        return List.of(List.of("tau", "rank"));
    }

    /** The scalars of a few layers want a larger step than those of all together. */
    @Override
    public OptionalDouble learningRate(Settings settings) {
        return OptionalDouble.of(settings.layersNamed("layers") <= FEW_LAYERS ? 1e-2 : 3e-3);
    }

    @Override
    public Adapter create(Settings settings, AdapterContext context) {
        int fixedRank = settings.whole("rank");
        List<LinearSite> sites = Targets.select(settings, context.start());
        sites.forEach(site -> checkRank(fixedRank, site));
        BaseModel basis = settings.word("basis").equals("warm") ? context.start() : context.pretrained();
        double tau = settings.real("tau");
        Lazy<Map<LinearSite, QrFactors>> factors = new Lazy<>(() -> Targets.computeEach(
                sites, site -> QrFactors.of(site, basis.values(site.weightName()), fixedRank, tau)));
        Map<LinearSite, Integer> ranks = new LinkedHashMap<>();
        // By tau the weights decide the ranks, and so are read here.
        sites.forEach(site -> ranks.put(
                site, fixedRank > 0 ? fixedRank : factors.get().get(site).rank()));
        return new QrLoraAdapter(ranks, factors);
    }

    private static void checkRank(int rank, LinearSite site) {
        int most = Math.min(site.out(), site.in());
        if (rank > most) {
            throw new UserError("rank: " + rank + " is more than " + site.name() + ", " + site.out() + " x " + site.in()
                    + ", can have (allowed: 1 to " + most + ", or 0 to let tau decide)");
        }
    }
}
