package org.adapterbench.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** The program, whose speed probe waits for ever for a debugger once it has connected to the port it is given. */
final class HeldUpProbe {

    private HeldUpProbe() {}

    public static void main(String[] arguments) {
        String waits = "-agentlib:jdwp=transport=dt_socket,suspend=y,address=127.0.0.1:" + arguments[0];
        System.exit(Main.run(
                Surroundings.ofThisProcess().with(Map.of("JAVA_TOOL_OPTIONS", waits)),
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                Arrays.copyOfRange(arguments, 1, arguments.length)));
    }
}
