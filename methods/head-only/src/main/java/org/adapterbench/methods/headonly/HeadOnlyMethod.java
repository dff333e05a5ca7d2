package org.adapterbench.methods.headonly;

import java.util.List;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.AdapterContext;
import org.adapterbench.api.method.Setting;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.method.TuningMethod;

/**
 * Trains the task head and leaves the encoder as it is: what an adapter adds beyond its head is the difference
 * from this control.
 *
 * <p>Equation: W stays W for every weight of the encoder. Trained: the head alone. Cost: one forward pass and
 * the head's backward pass.
 */
public final class HeadOnlyMethod implements TuningMethod {

    @Override
    public String name() {
        return "head-only";
    }

    @Override
    public String summary() {
        return "control: the task head trains, the encoder stays as it is";
    }

    @Override
    public List<Setting> settings() {
        return List.of();
    }

    @Override
    public Adapter create(Settings settings, AdapterContext context) {
        return new Adapter() {};
    }
}
