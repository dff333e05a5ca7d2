/**
 * What the author of a tuning method compiles against. Start at
 * {@link org.adapterbench.api.method.TuningMethod}; it creates an
 * {@link org.adapterbench.api.method.Adapter}, which names the parameters that it trains, adds or replaces
 * and builds its share of the graph through {@link org.adapterbench.api.method.GraphScope}.
 *
 * <p>Parameter names are those of Hugging Face's BERT and RoBERTa without the model prefix, for instance
 * {@code encoder.layer.3.attention.self.query.weight}; weights of linear maps are stored out x in (y = W x).
 */
@NullMarked
package org.adapterbench.api.method;

import org.jspecify.annotations.NullMarked;
