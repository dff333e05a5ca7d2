package org.adapterbench.cli;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.adapterbench.api.OneLine;
import org.adapterbench.api.method.Setting;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.core.plugin.MethodCatalog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code list methods}: the installed methods with every setting. */
@Command(
        name = "methods",
        description = "The installed methods, each setting with its default and what is allowed.",
        mixinStandardHelpOptions = true)
final class ListMethodsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        for (TuningMethod method : MethodCatalog.installed().all()) {
            out.println(OneLine.of(method.name() + ": " + method.summary()));
            List<List<String>> rows = new ArrayList<>();
            method.settings().forEach(setting -> rows.add(row(setting)));
            Settings standard = Settings.resolve(method.name(), method.settings(), Map.of());
            method.learningRate(standard)
                    .ifPresent(rate -> rows.add(List.of(
                            "   ",
                            "(learning-rate)",
                            new BigDecimal(Double.toString(rate))
                                    .stripTrailingZeros()
                                    .toPlainString(),
                            "peak rate with these settings where the experiment gives none")));
            Text.columns(rows).forEach(out::println);
        }
        return ExitCode.DONE;
    }

    private static List<String> row(Setting setting) {
        return List.of(
                "   ",
                setting.name(),
                Objects.toString(setting.defaultValue()),
                setting.meaning() + " (" + setting.allowed() + ")");
    }
}
