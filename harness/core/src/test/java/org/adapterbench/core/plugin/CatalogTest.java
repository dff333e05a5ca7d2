package org.adapterbench.core.plugin;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.adapterbench.api.UserError;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.api.task.DataLocation;
import org.adapterbench.api.task.Objective;
import org.adapterbench.api.task.Task;
import org.adapterbench.api.task.TaskData;
import org.adapterbench.api.task.TaskProvider;
import org.adapterbench.core.config.Fakes;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plugins that cannot be used, and names that they must not have. */
class CatalogTest {

    private final ClassLoader usual = Thread.currentThread().getContextClassLoader();

    @TempDir
    Path folder;

    @AfterEach
    void usualClassPath() {
        Thread.currentThread().setContextClassLoader(usual);
    }

    @Test
    void aServicesFileThatNamesAMissingClassIsRefusedInOneLine() throws IOException {
        refused(TuningMethod.class, MethodCatalog::installed, "a method on the class path cannot be loaded: ");
        refused(TaskProvider.class, TaskCatalog::installed, "a suite of tasks on the class path cannot be loaded: ");
    }

    private void refused(Class<?> service, ThrowingCallable load, String begin) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(service.getName()), "com.example.Absent");
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, usual)) {
            Thread.currentThread().setContextClassLoader(loader);
            assertThatThrownBy(load)
                    .isInstanceOf(UserError.class)
                    .hasMessageStartingWith(begin)
                    .hasMessageContaining("com.example.Absent")
                    .message()
                    .doesNotContain("\n");
        }
    }

    @ParameterizedTest
    @CsvSource({"a", "a/", "a/b/c", "a/B", "b/c", "../x", "a/b c"})
    void aTaskHasItsSuiteAndANameOfItsOwn(String name) {
        assertThatThrownBy(() -> TaskCatalog.of(List.of(new Named("a", name))))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("task class " + Named.class.getName() + ": name '" + name
                        + "' is not allowed (allowed: its suite 'a', a slash, and the task, ");
    }

    @Test
    void aSuiteThatIsNoFoldersNameIsRefused() {
        assertThatThrownBy(() -> TaskCatalog.of(List.of(new Named("..", "../x"))))
                .isInstanceOf(UserError.class);
    }

    @Test
    void aTaskThatTwoProvideIsRefusedWithBothNames() {
        assertThatThrownBy(() -> TaskCatalog.of(Stream.of("a/b", "a/b")
                        .<TaskProvider>map(name -> new Named("a", name))
                        .toList()))
                .isInstanceOf(UserError.class)
                .hasMessage("task 'a/b' is provided twice: " + Named.class.getName() + " and " + Named.class.getName()
                        + " (allowed: one of them on the class path)");
    }

    private record Named(String suite, String name) implements TaskProvider {
        @Override
        public List<Task> tasks() {
            return List.of(new Task(
                    name,
                    "",
                    false,
                    new Objective.Classification(List.of("no", "yes")),
                    List.of(new Fakes.Share()),
                    List.of("dev")));
        }

        @Override
        public TaskData load(Task task, DataLocation location) {
            throw new UnsupportedOperationException();
        }
    }
}
