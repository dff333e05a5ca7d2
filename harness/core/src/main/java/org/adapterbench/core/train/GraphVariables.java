package org.adapterbench.core.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.adapterbench.core.weights.WeightSource;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** The variables of a graph by name: how they are given values, and how these are read back. */
final class GraphVariables {

    private final Ops tf;
    private final Map<String, Variable<TFloat32>> parameters = new LinkedHashMap<>();
    /** What a step changes: the trained parameters under their names, their moments under longer ones. */
    private final Map<String, Variable<TFloat32>> state = new LinkedHashMap<>();

    private final Map<String, Assignment> assignments = new TreeMap<>();

    /** How a variable is given a value. */
    private record Assignment(Placeholder<TFloat32> value, Op assign, Shape shape) {}

    GraphVariables(Ops tf) {
        this.tf = tf;
    }

    /** @throws IllegalArgumentException when the name is taken */
    void declare(String name, List<Integer> shape) {
        Shape dimensions = shape(shape);
        if (parameters.put(name, tf.variable(dimensions, TFloat32.class)) != null) {
            throw new IllegalArgumentException("the adapter adds '" + name + "' a second time");
        }
    }

    /** @throws IllegalArgumentException when there is none */
    Variable<TFloat32> get(String name) {
        Variable<TFloat32> variable = parameters.get(name);
        if (variable == null) {
            throw new IllegalArgumentException("no parameter '" + name + "'");
        }
        return variable;
    }

    /** In the order in which they were declared. */
    List<String> names() {
        return List.copyOf(parameters.keySet());
    }

    /** Declares that a step changes a parameter and its moments. */
    void changes(String name, AdamW.Moments moments) {
        state.put(name, get(name));
        state.put(name + ".first-moment", moments.first());
        state.put(name + ".second-moment", moments.second());
    }

    /** Adds what assigns values to the graph, once everything is declared. */
    void makeAssignable() {
        parameters.forEach(this::makeAssignable);
        state.forEach(this::makeAssignable);
    }

    private void makeAssignable(String name, Variable<TFloat32> variable) {
        assignments.computeIfAbsent(name, unused -> {
            Placeholder<TFloat32> value = tf.placeholder(TFloat32.class);
            return new Assignment(
                    value, tf.assign(variable, value), variable.asOutput().shape());
        });
    }

    /** Has a session run overwrite a variable. @param values row-major */
    void assign(Session.Runner runner, Feeds feeds, String name, float[] values) {
        Assignment assignment = assignments.get(name);
        if (assignment == null) {
            throw new IllegalArgumentException("no parameter '" + name + "'");
        }
        feeds.floats(assignment.value(), values, assignment.shape().asArray());
        runner.addTarget(assignment.assign().op());
    }

    /** Row-major. */
    float[] value(Session session, String name) {
        try (Result result = session.runner().fetch(get(name)).run()) {
            return Feeds.copy((TFloat32) result.get(0));
        }
    }

    /** Everything that a step changes, as it is now; to be read and closed before the next step. */
    GraphState state(Session session) {
        Session.Runner runner = session.runner();
        state.values().forEach(runner::fetch);
        return new GraphState(List.copyOf(state.keySet()), state.isEmpty() ? null : runner.run());
    }

    /** Whether a saved state is one of a graph like this. */
    boolean fit(WeightSource saved) {
        return state.entrySet().stream()
                .allMatch(entry -> saved.names().contains(entry.getKey())
                        && shape(saved.shape(entry.getKey()))
                                .equals(entry.getValue().asOutput().shape()));
    }

    /** Goes back to a state that {@link #fit}s. */
    void restore(Session session, WeightSource saved) {
        if (state.isEmpty()) {
            return;
        }
        Session.Runner runner = session.runner();
        try (Feeds feeds = new Feeds(runner)) {
            state.keySet().forEach(name -> assign(runner, feeds, name, saved.values(name)));
            runner.run().close();
        }
    }

    private static Shape shape(List<Integer> dimensions) {
        return Shape.of(dimensions.stream().mapToLong(Integer::longValue).toArray());
    }
}
