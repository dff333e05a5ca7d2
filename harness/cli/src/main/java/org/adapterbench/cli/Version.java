package org.adapterbench.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The program's version, from the jar it was started from. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"adapterbench " + number()};
    }

    static String number() {
        String version = Main.class.getPackage().getImplementationVersion();
        return Objects.requireNonNullElse(version, "(not packaged)");
    }
}
