package org.adapterbench.core;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The jars that this process was started with. Class loaders pass over a damaged one without a word. */
public final class ClassPathJars {

    /** What brings a jar of the class path back. */
    public static final String REMEDY = "`make build` copies it again";

    private ClassPathJars() {}

    /** The damaged jar that has this file name, if there is one. */
    public static Optional<Path> damaged(String fileName) {
        return damaged().stream()
                .filter(jar -> jar.getFileName().toString().equals(fileName))
                .findFirst();
    }

    /** All that cannot be opened, with the remedy, in words; empty where each can. */
    public static Optional<String> damage() {
        List<Path> damaged = damaged();
        return damaged.isEmpty()
                ? Optional.empty()
                : Optional.of(damaged.stream().map(Path::toString).collect(Collectors.joining(", ")) + ": damaged ("
                        + REMEDY + ")");
    }

    private static List<Path> damaged() {
        return damagedOf(System.getProperty("java.class.path"));
    }

    static List<Path> damagedOf(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator))
                .map(File::new)
                .filter(file -> file.getName().endsWith(".jar") && file.isFile() && !opens(file))
                .map(File::toPath)
                .toList();
    }

    private static boolean opens(File jar) {
        try (ZipFile opened = new ZipFile(jar)) {
            return opened.size() >= 0;
        } catch (ZipException damaged) {
            return false;
        } catch (IOException unknown) {
            return true;
        }
    }
}
