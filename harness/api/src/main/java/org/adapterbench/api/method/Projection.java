package org.adapterbench.api.method;

import java.util.Locale;

/** The six linear maps of an encoder layer. */
public enum Projection {
    /** Wq, {@code attention.self.query}. */
    QUERY("attention.self.query"),
    /** Wk, {@code attention.self.key}. */
    KEY("attention.self.key"),
    /** Wv, {@code attention.self.value}. */
    VALUE("attention.self.value"),
    /** Wo, {@code attention.output.dense}. */
    ATTENTION_OUTPUT("attention.output.dense"),
    /** Feed-forward, hidden to intermediate, {@code intermediate.dense}. */
    INTERMEDIATE("intermediate.dense"),
    /** Feed-forward, intermediate to hidden, {@code output.dense}. */
    OUTPUT("output.dense");

    private final String module;

    Projection(String module) {
        this.module = module;
    }

    /** Hugging Face's module name inside a layer. */
    public String module() {
        return module;
    }

    /** The name used in settings, for instance {@code attention-output}. */
    public String settingName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
