package org.adapterbench.core.train;

import java.util.ArrayList;
import java.util.List;
import org.adapterbench.core.encoder.BatchInputs;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** The tensors fed to one session run, closed together. */
final class Feeds implements AutoCloseable {

    private final Session.Runner runner;
    private final List<Tensor> tensors = new ArrayList<>();

    Feeds(Session.Runner runner) {
        this.runner = runner;
    }

    Feeds scalar(Operand<TFloat32> placeholder, float value) {
        return feed(placeholder, TFloat32.scalarOf(value));
    }

    Feeds scalar(Operand<TInt64> placeholder, long value) {
        return feed(placeholder, TInt64.scalarOf(value));
    }

    Feeds floats(Operand<TFloat32> placeholder, float[] values, long... shape) {
        return feed(placeholder, TFloat32.tensorOf(Shape.of(shape), DataBuffers.of(values, true, false)));
    }

    Feeds ints(Operand<TInt32> placeholder, int[] values, long... shape) {
        return feed(placeholder, TInt32.tensorOf(Shape.of(shape), DataBuffers.of(values, true, false)));
    }

    Feeds batch(BatchInputs inputs, Batch batch) {
        return ints(inputs.tokens(), batch.tokens(), batch.rows(), batch.length())
                .ints(inputs.types(), batch.types(), batch.rows(), batch.length())
                .ints(inputs.positions(), batch.positions(), batch.rows(), batch.length())
                .floats(inputs.mask(), batch.mask(), batch.rows(), batch.length());
    }

    private Feeds feed(Operand<?> placeholder, Tensor tensor) {
        tensors.add(tensor);
        runner.feed(placeholder, tensor);
        return this;
    }

    @Override
    public void close() {
        tensors.forEach(Tensor::close);
    }
}
