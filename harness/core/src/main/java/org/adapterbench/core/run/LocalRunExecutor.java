package org.adapterbench.core.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.Reason;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.record.Outcome;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.plugin.TaskCatalog;
import org.adapterbench.core.store.RunFolderLock;
import org.adapterbench.core.train.ActivationStore;
import org.jspecify.annotations.Nullable;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/** Executes runs one after the other in this process; what they share stays in memory between them. */
public final class LocalRunExecutor implements RunExecutor {

    private final MethodCatalog methods;
    private final RunInputs inputs;
    private final StartHashes startHashes = new StartHashes();
    private final WarmupChecksums warmupChecksums = new WarmupChecksums(System.err::println);
    private @Nullable ActivationStore activations;

    /** With everything on the class path: how a worker makes its own. */
    public LocalRunExecutor() {
        this(MethodCatalog.installed(), TaskCatalog.installed());
    }

    public LocalRunExecutor(MethodCatalog methods, TaskCatalog tasks) {
        this.methods = methods;
        this.inputs = new RunInputs(tasks);
    }

    @Override
    @SuppressWarnings("try")
    public Outcome execute(RunRequest request, RunListener listener) {
        try (RunFolderLock held = RunFolderLock.take(request.folder(), () -> {})) {
            return new Execution(request, inputs, startHashes, warmupChecksums, activations(request), listener)
                    .with(methods.get("method", request.spec().method().name()));
        } catch (TFResourceExhaustedException e) {
            throw new RunFailure(FailureKind.OUT_OF_MEMORY, "TensorFlow: " + e.getMessage(), e);
        } catch (IOException | UncheckedIOException e) {
            throw new RunFailure(FailureKind.ENVIRONMENT, Reason.of(e), e);
        }
    }

    private ActivationStore activations(RunRequest request) {
        if (activations == null) {
            activations = new ActivationStore(
                    new CacheFolder(request.cache()).activations(), (long) request.activationMegabytes() << 20);
        }
        return activations;
    }

    @Override
    public void close() {
        if (activations != null) {
            activations.close();
        }
    }
}
