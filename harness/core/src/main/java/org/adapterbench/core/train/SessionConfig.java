package org.adapterbench.core.train;

import org.adapterbench.api.record.Numerics;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.OptimizerOptions;
import org.tensorflow.proto.RewriterConfig;

/** TensorFlow's session settings for each kind of numerics. */
final class SessionConfig {

    private SessionConfig() {}

    /**
     * For {@code PORTABLE} no graph rewriting at all: the optimizer would put approximate instructions back
     * and fold reciprocals into constants.
     *
     * @param threads of a worker. Where they are no more than the parts of a batch that are computed at a time, an
     *     operation has one of them; else the operations of all parts share them.
     */
    static ConfigProto of(Numerics numerics, int threads) {
        ConfigProto.Builder config = ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(threads <= SideBySide.atATime(numerics) ? 1 : threads)
                .setInterOpParallelismThreads(numerics.interOpThreads())
                // The pool that sessions share has the size that the first one of the process asked for.
                .setUsePerSessionThreads(numerics != Numerics.PORTABLE);
        GraphOptions.Builder graph = config.getGraphOptionsBuilder();
        RewriterConfig.Builder rewriting = graph.getRewriteOptionsBuilder();
        switch (numerics) {
            case PORTABLE -> {
                rewriting.setDisableMetaOptimizer(true);
                graph.getOptimizerOptionsBuilder()
                        .setOptLevel(OptimizerOptions.Level.L0)
                        .setDoConstantFolding(false)
                        .setGlobalJitLevel(OptimizerOptions.GlobalJitLevel.OFF);
            }
            case FAST -> withoutIdlePasses(rewriting);
            case FAST_BF16 ->
                withoutIdlePasses(rewriting).setAutoMixedPrecisionOnednnBfloat16(RewriterConfig.Toggle.ON);
        }
        return config.build();
    }

    /**
     * Rewriting as TensorFlow chooses, less what takes its time and finds nothing in these graphs: some passes, and a second
     * round of all.
     */
    private static RewriterConfig.Builder withoutIdlePasses(RewriterConfig.Builder rewriting) {
        return rewriting
                .setLayoutOptimizer(RewriterConfig.Toggle.OFF)
                .setLoopOptimization(RewriterConfig.Toggle.OFF)
                .setImplementationSelector(RewriterConfig.Toggle.OFF)
                .setFunctionOptimization(RewriterConfig.Toggle.OFF)
                .setMemoryOptimization(RewriterConfig.MemOptType.NO_MEM_OPT)
                .setMetaOptimizerIterations(RewriterConfig.NumIterationsType.ONE);
    }
}
