package org.adapterbench.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.UserError;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.core.provenance.ProvenanceCollector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar that somebody else made and put on the class path. */
class ForeignMethodsTest {

    private static final String SOURCE = """
            package com.example;
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

    private final ClassLoader usual = Thread.currentThread().getContextClassLoader();

    @TempDir
    Path folder;

    @AfterEach
    void usualClassPath() {
        Thread.currentThread().setContextClassLoader(usual);
    }

    @Test
    void aJarOfOthersIsNamedWithItsHashInTheRecord() throws IOException {
        Path jar = jar("com.example.Theirs");
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, usual)) {
            Thread.currentThread().setContextClassLoader(loader);

            assertThat(ForeignMethods.of(MethodCatalog.installed()))
                    .containsEntry("method theirs", "theirs-1.jar sha256 " + Sha256.ofFile(jar));
            assertThat(new ProvenanceCollector(Map.of())
                            .collect(Instant.EPOCH, "x")
                            .libraries())
                    .containsEntry("method theirs", "theirs-1.jar sha256 " + Sha256.ofFile(jar));
        }
    }

    @Test
    void aFolderOfClassesHasAHashOverItsFiles() throws IOException {
        compile();
        Path classes = folder.resolve("classes");
        String before = originOf(classes);
        Files.writeString(classes.resolve("more.txt"), "x");

        assertThat(before).matches("classes sha256 [0-9a-f]{64}");
        assertThat(originOf(classes)).matches("classes sha256 [0-9a-f]{64}").isNotEqualTo(before);
    }

    @Test
    void aJarThatNamesAClassItHasNotIsRefusedInOneLine() throws IOException {
        Path jar = jar("com.example.Absent");
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, usual)) {
            Thread.currentThread().setContextClassLoader(loader);
            assertThatThrownBy(MethodCatalog::installed)
                    .isInstanceOf(UserError.class)
                    .hasMessageStartingWith("a method on the class path cannot be loaded: ")
                    .hasMessageContaining("com.example.Absent")
                    .message()
                    .doesNotContain("\n");
        }
    }

    private String originOf(Path classes) throws IOException {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, usual)) {
            TuningMethod theirs = (TuningMethod) loader.loadClass("com.example.Theirs")
                    .getDeclaredConstructor()
                    .newInstance();
            return ForeignMethods.of(MethodCatalog.of(List.of(theirs))).get("method theirs");
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private Path jar(String named) throws IOException {
        compile();
        Path jar = folder.resolve("theirs-1.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new JarEntry("META-INF/services/" + TuningMethod.class.getName()));
            out.write(named.getBytes(StandardCharsets.UTF_8));
            out.putNextEntry(new JarEntry("com/example/Theirs.class"));
            out.write(Files.readAllBytes(folder.resolve("classes/com/example/Theirs.class")));
        }
        return jar;
    }

    private void compile() throws IOException {
        Path source = Files.writeString(folder.resolve("Theirs.java"), SOURCE);
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
