package org.adapterbench.core.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.api.task.TaskProvider;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.plugin.TaskCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A jar that somebody else made and put on the class path. */
class ForeignCodeTest {

    private static final String OWN_PACKAGE = "org.adapterbench.methods.copied";

    private static final String METHOD = """
            package PACKAGE;
            public final class Theirs implements org.adapterbench.api.method.TuningMethod {
                public String name() { return "theirs"; }
                public String summary() { return "=cmd <script>"; }
                public java.util.List<org.adapterbench.api.method.Setting> settings() { return java.util.List.of(); }
                public org.adapterbench.api.method.Adapter create(
                        org.adapterbench.api.method.Settings settings,
                        org.adapterbench.api.method.AdapterContext context) {
                    throw new UnsupportedOperationException();
                }
            }
            """;

    private static final String TASKS = """
            package PACKAGE;
            public final class Theirs implements org.adapterbench.api.task.TaskProvider {
                public String suite() { return "their-suite"; }
                public java.util.List<org.adapterbench.api.task.Task> tasks() { return java.util.List.of(); }
                public org.adapterbench.api.task.TaskData load(
                        org.adapterbench.api.task.Task task, org.adapterbench.api.task.DataLocation location) {
                    throw new UnsupportedOperationException();
                }
            }
            """;

    private final ClassLoader usual = Thread.currentThread().getContextClassLoader();

    @TempDir
    Path folder;

    @AfterEach
    void usualClassPath() {
        Thread.currentThread().setContextClassLoader(usual);
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.example", OWN_PACKAGE})
    void aJarOfOthersIsNamedWithItsHashInTheRecordWhateverItsPackage(String packageName) throws IOException {
        Path jar = jar(packageName, METHOD, TuningMethod.class);

        assertThat(recorded(jar)).containsEntry("method theirs", "theirs-1.jar sha256 " + Sha256.ofFile(jar));
    }

    @Test
    void aJarWithTasksOfOthersIsNamedToo() throws IOException {
        Path jar = jar("org.adapterbench.datasets.copied", TASKS, TaskProvider.class);

        assertThat(recorded(jar)).containsEntry("tasks their-suite", "theirs-1.jar sha256 " + Sha256.ofFile(jar));
    }

    @Test
    void whatTheProgramsJarNamesIsItsOwnAndWhatLiesBesideIsNot() throws IOException {
        Path jar = jar(OWN_PACKAGE, METHOD, TuningMethod.class);
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, "lib/first-1.jar lib/theirs-1.jar");
        Path program = folder.resolve("adapterbench-cli-1.jar");
        new JarOutputStream(Files.newOutputStream(program), manifest).close();
        Path laid = Files.createDirectories(folder.resolve("lib")).resolve("theirs-1.jar");
        Files.copy(jar, laid);
        String classPath = program + File.pathSeparator + laid + File.pathSeparator + jar;

        OwnCode own = new OwnCode(Optional.empty(), OwnCode.jars(classPath));

        assertThat(own.contains(laid)).isTrue();
        assertThat(own.contains(jar)).isFalse();
        assertThat(OwnCode.jars(laid + File.pathSeparator + jar)).isEmpty();
    }

    @Test
    void theBuildFoldersOfTheCheckoutAreItsOwnAndAJarInTheFolderOfLibrariesIsNot() {
        Path checkout = folder.toAbsolutePath();
        OwnCode own = new OwnCode(Optional.of(checkout), Set.of());

        assertThat(own.contains(checkout.resolve("methods/lora/target/classes")))
                .isTrue();
        assertThat(own.contains(checkout.resolve("methods/lora/target/adapterbench-lora-1.jar")))
                .isTrue();
        assertThat(own.contains(checkout.resolve("harness/cli/target/lib/adapterbench-lora-1.jar")))
                .isFalse();
        assertThat(own.contains(checkout.resolve("theirs/lora/target-1/x.jar"))).isFalse();
        assertThat(own.contains(checkout.resolve("theirs.jar"))).isFalse();
        assertThat(own.contains(checkout.resolveSibling("methods/lora/target/classes")))
                .isFalse();
    }

    @Test
    void aFolderOfClassesHasAHashOverItsFiles() throws IOException {
        compile("com.example", METHOD);
        Path classes = folder.resolve("classes");
        String before = originOf(classes);
        Files.writeString(classes.resolve("more.txt"), "x");

        assertThat(before).matches("classes sha256 [0-9a-f]{64}");
        assertThat(originOf(classes)).matches("classes sha256 [0-9a-f]{64}").isNotEqualTo(before);
    }

    /** What a record made with this jar on the class path says of libraries. */
    private Map<String, String> recorded(Path jar) throws IOException {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, usual)) {
            Thread.currentThread().setContextClassLoader(loader);
            return new ProvenanceCollector(Map.of()).collect(Instant.EPOCH, "x").libraries();
        }
    }

    private String originOf(Path classes) throws IOException {
        OwnCode nothing = new OwnCode(Optional.empty(), Set.of());
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, usual)) {
            TuningMethod theirs = (TuningMethod) loader.loadClass("com.example.Theirs")
                    .getDeclaredConstructor()
                    .newInstance();
            SortedMap<String, String> found =
                    ForeignCode.of(MethodCatalog.of(List.of(theirs)), TaskCatalog.of(List.of()), nothing);
            return String.valueOf(found.get("method theirs"));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private Path jar(String packageName, String source, Class<?> service) throws IOException {
        compile(packageName, source);
        String type = packageName.replace('.', '/') + "/Theirs.class";
        Path jar = folder.resolve("theirs-1.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new JarEntry("META-INF/services/" + service.getName()));
            out.write((packageName + ".Theirs").getBytes(StandardCharsets.UTF_8));
            out.putNextEntry(new JarEntry(type));
            out.write(Files.readAllBytes(folder.resolve("classes").resolve(type)));
        }
        return jar;
    }

    private void compile(String packageName, String text) throws IOException {
        Path source = Files.writeString(folder.resolve("Theirs.java"), text.replace("PACKAGE", packageName));
        Path api = Path.of(URI.create(TuningMethod.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Files.createDirectories(folder.resolve("classes"));
        assertThat(compiler.run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        api.toString(),
                        "-d",
                        folder.resolve("classes").toString(),
                        source.toString()))
                .isZero();
    }
}
