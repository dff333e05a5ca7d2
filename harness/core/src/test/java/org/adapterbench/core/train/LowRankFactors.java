package org.adapterbench.core.train;

import java.util.ArrayList;
import java.util.List;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.AddedParameter;
import org.adapterbench.api.method.GraphScope;
import org.adapterbench.api.method.LinearSite;
import org.adapterbench.core.Seeds;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * y + U D dropout(x) at every linear map, with factors that start from random values, so that both have
 * gradients at once; the rank is 8 at square maps and 96, beyond what counts as narrow, at the others.
 */
final class LowRankFactors implements Adapter {

    private final List<LinearSite> sites;
    private final List<AddedParameter> added = new ArrayList<>();
    private final double dropout;

    LowRankFactors(List<LinearSite> sites, long seed) {
        this(sites, seed, 0.1);
    }

    LowRankFactors(List<LinearSite> sites, long seed, double dropout) {
        this.sites = sites;
        this.dropout = dropout;
        for (LinearSite site : sites) {
            int rank = site.in() == site.out() ? 8 : 96;
            added.add(factor(site.name() + ".down", rank, site.in(), seed));
            added.add(factor(site.name() + ".up", site.out(), rank, seed));
        }
    }

    private static AddedParameter factor(String name, int rows, int columns, long seed) {
        float[] values = Seeds.normal(rows * columns, 0.05, Seeds.generator(Seeds.derive(seed, name)));
        return new AddedParameter(name, List.of(rows, columns), () -> values, true, true);
    }

    @Override
    public List<AddedParameter> added() {
        return List.copyOf(added);
    }

    @Override
    public boolean adapts(LinearSite site) {
        return sites.contains(site);
    }

    @Override
    public Operand<TFloat32> linear(
            GraphScope scope, LinearSite site, Operand<TFloat32> input, Operand<TFloat32> output) {
        Operand<TFloat32> x = scope.dropout(input, dropout);
        Operand<TFloat32> middle = scope.linear(x, scope.added(site.name() + ".down"));
        return scope.tf().math.add(output, scope.linear(middle, scope.added(site.name() + ".up")));
    }
}
