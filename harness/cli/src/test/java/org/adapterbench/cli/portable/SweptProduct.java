package org.adapterbench.cli.portable;

import org.adapterbench.api.Sha256;
import org.adapterbench.core.Seeds;
import org.adapterbench.core.run.NumericsCheck;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/** One matrix product of random operands, by itself. */
final class SweptProduct implements Swept {

    private static final long SEED = 11;

    private final Product product;
    private final Graph graph = new Graph();
    private final Session session;
    private final Placeholder<TFloat32> left;
    private final Placeholder<TFloat32> right;
    private final Operand<TFloat32> result;
    private final TFloat32 leftValues;
    private final TFloat32 rightValues;

    SweptProduct(Product product) {
        this.product = product;
        Ops tf = Ops.create(graph);
        left = tf.placeholder(TFloat32.class);
        right = tf.placeholder(TFloat32.class);
        boolean a = product.transposeLeft();
        boolean b = product.transposeRight();
        result = product.single()
                ? tf.linalg.matMul(left, right, MatMul.transposeA(a), MatMul.transposeB(b))
                : tf.train.batchMatMul(left, right, TFloat32.class, BatchMatMul.adjX(a), BatchMatMul.adjY(b));
        leftValues = values("left", product.rows(), product.inner(), a);
        rightValues = values("right", product.inner(), product.columns(), b);
        session = new Session(
                graph,
                ConfigProto.newBuilder()
                        .setIntraOpParallelismThreads(NumericsCheck.PORTABLE_THREADS)
                        .setInterOpParallelismThreads(1)
                        .build());
    }

    private TFloat32 values(String operand, long rows, long columns, boolean transposed) {
        int count = Math.toIntExact(product.batch() * rows * columns);
        float[] values = Seeds.normal(count, 1, Seeds.generator(Seeds.derive(SEED, operand)));
        long first = transposed ? columns : rows;
        long second = transposed ? rows : columns;
        Shape shape = product.single() ? Shape.of(first, second) : Shape.of(product.batch(), first, second);
        return TFloat32.tensorOf(shape, DataBuffers.of(values, true, false));
    }

    @Override
    public String name() {
        return product.toString();
    }

    @Override
    public String hash() {
        try (Result run = session.runner()
                .feed(left, leftValues)
                .feed(right, rightValues)
                .fetch(result)
                .run()) {
            TFloat32 computed = (TFloat32) run.get(0);
            float[] values = new float[Math.toIntExact(computed.size())];
            computed.asRawTensor().data().asFloats().read(values);
            return new Sha256().add(values).hex();
        }
    }

    @Override
    public void close() {
        session.close();
        graph.close();
        leftValues.close();
        rightValues.close();
    }
}
