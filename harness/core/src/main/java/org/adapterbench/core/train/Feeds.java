package org.adapterbench.core.train;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.adapterbench.core.encoder.BatchInputs;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
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

    /** Stored activations of the frozen layers in place of computed ones; filled rows are 0. */
    Feeds frozen(Operand<TFloat32> activations, Batch batch, int rowWidth, int columns) {
        TFloat32 tensor = TFloat32.tensorOf(Shape.of((long) batch.rows() * rowWidth / columns, columns));
        FloatDataBuffer data = tensor.asRawTensor().data().asFloats();
        float[] row = new float[rowWidth];
        for (int i = 0; i < batch.rows(); i++) {
            if (i < batch.frozen().size()) {
                batch.frozen().get(i).get(row);
            } else {
                Arrays.fill(row, 0);
            }
            data.offset((long) i * rowWidth).write(row);
        }
        return feed(activations, tensor);
    }

    private Feeds feed(Operand<?> placeholder, Tensor tensor) {
        tensors.add(tensor);
        runner.feed(placeholder, tensor);
        return this;
    }

    /** A fetched tensor's values, row-major. */
    static float[] copy(TFloat32 tensor) {
        float[] values = new float[Math.toIntExact(tensor.size())];
        tensor.asRawTensor().data().asFloats().read(values);
        return values;
    }

    /** A fetched tensor's first values, row-major, as many as there is room for. */
    static void copy(TFloat32 tensor, FloatBuffer room) {
        int count = (int) Math.min(tensor.size(), room.remaining());
        tensor.asRawTensor().data().asFloats().read(room.array(), room.position(), count);
        room.position(room.position() + count);
    }

    @Override
    public void close() {
        tensors.forEach(Tensor::close);
    }
}
