package org.adapterbench.api.method;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * One run's adapter. The engine asks it which base values to replace before step 0, which parameters it adds, which
 * base parameters it trains, and, while it builds the graph, for its share at each parameter and each linear map that
 * it adapts: in no promised order, and each of them perhaps several times, so the answers must not change. An adapter
 * that only trains what is there needs {@link #trains} alone.
 *
 * <p>What a run costs and whether it can be portable is found out before any weight is read. So only the values that
 * {@link #added} and {@link #replacedValues} supply, {@link #merge} and {@link #facts} may need values of the model.
 */
public interface Adapter {

    /** Tensors that this adapter brings along. */
    default List<AddedParameter> added() {
        return List.of();
    }

    /** Whether a parameter of the encoder is trained. Head parameters follow {@link #trainsHead}. */
    default boolean trains(ModelParameter parameter) {
        return false;
    }

    /** Whether the task head trains (as far as the experiment lets it). */
    default boolean trainsHead() {
        return true;
    }

    /**
     * New values of base parameters (row-major, the same each time), put in place before step 0, by parameter name.
     */
    default Map<String, Supplier<float[]>> replacedValues() {
        return Map.of();
    }

    /** Whether {@link #parameter} changes this parameter. */
    default boolean reparametrises(ModelParameter parameter) {
        return false;
    }

    /**
     * The parameter as the forward pass uses it, for instance a re-normalised weight. Called only where
     * {@link #reparametrises} answers true.
     *
     * @param value the base value, of the parameter's shape
     * @return a tensor of the same shape
     */
    default Operand<TFloat32> parameter(GraphScope scope, ModelParameter parameter, Operand<TFloat32> value) {
        return value;
    }

    /** Whether {@link #linear} changes the output of this map. */
    default boolean adapts(LinearSite site) {
        return false;
    }

    /**
     * The output of an adapted linear map. Called only where {@link #adapts} answers true. The tokens may be some of a
     * batch's only, and a token's output is to depend on no other token.
     *
     * @param input  tokens x in
     * @param output tokens x out, the base map's output W x + b
     * @return tokens x out
     */
    default Operand<TFloat32> linear(
            GraphScope scope, LinearSite site, Operand<TFloat32> input, Operand<TFloat32> output) {
        return output;
    }

    /**
     * The base parameters with the adapter folded in, so that the model without the adapter computes the same
     * function. Only parameters that differ from {@code values} need be returned.
     *
     * @param values trained values of base and added parameters
     */
    default Map<String, float[]> merge(ParameterValues values) {
        return Map.of();
    }

    /** What is worth recording: ranks, pivots, energies. */
    default List<MethodFact> facts() {
        return List.of();
    }
}
