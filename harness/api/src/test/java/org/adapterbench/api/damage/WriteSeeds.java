package org.adapterbench.api.damage;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the sound inputs that a fuzz target names in {@code seeds()} into a folder, for the fuzzer to spoil. */
public final class WriteSeeds {

    private WriteSeeds() {}

    /** @param arguments the target's class and the folder */
    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        int number = 0;
        for (Object seed : seeds(Class.forName(arguments[0]))) {
            Files.write(folder.resolve("seed-" + number++), (byte[]) seed);
        }
    }

    private static List<?> seeds(Class<?> target)
            throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
        return (List<?>) target.getMethod("seeds").invoke(null);
    }
}
