package org.adapterbench.cli;

import org.adapterbench.api.UserError;
import org.adapterbench.core.config.Defaults;
import picocli.CommandLine.ITypeConverter;

/** Reads the value of {@code --workers}. */
final class WorkerCount implements ITypeConverter<Integer> {

    @Override
    public Integer convert(String text) {
        String number = text.strip();
        if (number.matches("[1-9][0-9]{0,8}") && Integer.parseInt(number) <= Defaults.MOST_WORKERS) {
            return Integer.valueOf(number);
        }
        throw new UserError(
                "--workers: '" + text + "' (allowed: a whole number from 1 to " + Defaults.MOST_WORKERS + ")");
    }
}
