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
     */
    static ConfigProto of(Numerics numerics, int threads) {
        ConfigProto.Builder config =
                ConfigProto.newBuilder().setIntraOpParallelismThreads(threads).setInterOpParallelismThreads(1);
        if (numerics == Numerics.PORTABLE) {
            config.setGraphOptions(GraphOptions.newBuilder()
                    .setRewriteOptions(RewriterConfig.newBuilder().setDisableMetaOptimizer(true))
                    .setOptimizerOptions(OptimizerOptions.newBuilder()
                            .setOptLevel(OptimizerOptions.Level.L0)
                            .setDoConstantFolding(false)
                            .setGlobalJitLevel(OptimizerOptions.GlobalJitLevel.OFF)));
        }
        return config.build();
    }
}
