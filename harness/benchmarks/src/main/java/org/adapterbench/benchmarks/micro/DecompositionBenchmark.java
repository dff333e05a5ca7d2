package org.adapterbench.benchmarks.micro;

import java.util.concurrent.TimeUnit;
import org.adapterbench.core.Seeds;
import org.bytedeco.openblas.global.openblas;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRPDecomposition_F64;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Pivoted QR and SVD with factors of a square matrix in double: EJML, on which the methods build because it gives the same bits
 * everywhere, and LAPACK (OpenBLAS), which does not.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
@Fork(1)
public class DecompositionBenchmark {

    private static final long SEED = 4;

    @Param({"384", "768", "1536", "3072"})
    public int side;

    private double[] values = new double[0];

    @Setup
    public void draw() {
        float[] normal = Seeds.normal(side * side, 1, Seeds.generator(SEED));
        values = new double[normal.length];
        for (int i = 0; i < normal.length; i++) {
            values[i] = normal[i];
        }
    }

    @Benchmark
    public DMatrixRMaj pivotedQrByEjml() {
        QRPDecomposition_F64<DMatrixRMaj> qr = DecompositionFactory_DDRM.qrp(side, side);
        require(qr.decompose(matrix()));
        return qr.getQ(qr.getR(null, true), true);
    }

    @Benchmark
    public DMatrixRMaj svdByEjml() {
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(side, side, true, true, true);
        require(svd.decompose(matrix()));
        return svd.getU(null, false);
    }

    @Benchmark
    public double[] pivotedQrByLapack() {
        double[] a = values.clone();
        double[] tau = new double[side];
        int order = openblas.LAPACK_ROW_MAJOR;
        require(openblas.LAPACKE_dgeqp3(order, side, side, a, side, new int[side], tau) == 0);
        require(openblas.LAPACKE_dorgqr(order, side, side, side, a, side, tau) == 0);
        return a;
    }

    @Benchmark
    public double[] svdByLapack() {
        double[] u = new double[side * side];
        require(openblas.LAPACKE_dgesdd(
                        openblas.LAPACK_ROW_MAJOR,
                        (byte) 'S',
                        side,
                        side,
                        values.clone(),
                        side,
                        new double[side],
                        u,
                        side,
                        new double[side * side],
                        side)
                == 0);
        return u;
    }

    private DMatrixRMaj matrix() {
        return DMatrixRMaj.wrap(side, side, values.clone());
    }

    private static void require(boolean done) {
        if (!done) {
            throw new IllegalStateException("the decomposition failed");
        }
    }
}
