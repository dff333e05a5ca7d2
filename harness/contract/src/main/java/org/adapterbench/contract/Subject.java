package org.adapterbench.contract;

import java.util.Map;
import org.adapterbench.api.method.Settings;

/**
 * What a check runs on: an encoder and the settings of the method.
 *
 * @param given as an experiment would give them
 */
record Subject(TinyModel tiny, Map<String, Object> given, Settings settings) {

    @Override
    public String toString() {
        return tiny.config().family() + " " + tiny.config().hidden() + " wide, " + given;
    }
}
