package org.adapterbench.methods.warmstart;

import java.util.List;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.AdapterContext;
import org.adapterbench.api.method.Setting;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.method.TuningMethod;

/**
 * Trains nothing: scores the start checkpoint itself. A method that follows a warm-up has gained only what it
 * scores above this control, because the warm-up has already trained every parameter.
 *
 * <p>Equation: theta stays theta, head included. Trained: nothing. Cost: one evaluation.
 */
public final class WarmStartMethod implements TuningMethod {

    @Override
    public String name() {
        return "warm-start";
    }

    @Override
    public String summary() {
        return "control: nothing trains, the start checkpoint itself is scored";
    }

    @Override
    public List<Setting> settings() {
        return List.of();
    }

    @Override
    public Adapter create(Settings settings, AdapterContext context) {
        return new Adapter() {
            @Override
            public boolean trainsHead() {
                return false;
            }
        };
    }
}
