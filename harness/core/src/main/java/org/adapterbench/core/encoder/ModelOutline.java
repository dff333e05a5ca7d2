package org.adapterbench.core.encoder;

import java.util.List;
import org.adapterbench.api.method.BaseModel;
import org.adapterbench.api.method.LinearSite;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.method.ModelShape;

/** A model as far as its config tells: names and shapes without values, for asking a method before weights are read. */
public record ModelOutline(ModelLayout layout) implements BaseModel {

    /** A method asked an outline for values. */
    public static final class ValuesAsked extends RuntimeException {

        private static final long serialVersionUID = 1;

        public ValuesAsked() {
            super("only names and shapes are known yet");
        }
    }

    @Override
    public ModelShape shape() {
        return layout.shape();
    }

    @Override
    public List<ModelParameter> parameters() {
        return layout.parameters();
    }

    @Override
    public List<LinearSite> sites() {
        return layout.sites();
    }

    /** @throws ValuesAsked always */
    @Override
    public float[] values(String parameterName) {
        throw new ValuesAsked();
    }
}
