package org.adapterbench.cli;

import org.adapterbench.core.provenance.MultiplyRate;
import org.tensorflow.TensorFlow;

/**
 * The program of the process that {@link Probe} starts: loads TensorFlow, multiplies matrices for about a
 * second, and prints what it found. In a process of its own because a library that does not fit the machine
 * ends the process that loads it.
 */
final class ProbeMain {

    private static final int SIDE = 1536;
    /** As many as a worker has. */
    private static final int THREADS = 2;

    private static final double SECONDS = 1;

    private ProbeMain() {}

    public static void main(String[] arguments) {
        long before = System.nanoTime();
        String version = TensorFlow.version();
        double loadSeconds = (System.nanoTime() - before) / 1e9;
        double gigaflops = MultiplyRate.measure(SIDE, THREADS, SECONDS).median();
        System.out.println(new Probe.Found(version, loadSeconds, gigaflops).line());
    }
}
