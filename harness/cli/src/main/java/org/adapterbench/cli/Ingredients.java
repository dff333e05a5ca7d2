package org.adapterbench.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.UserError;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.api.record.RunSpec.EncoderSpec;
import org.adapterbench.api.record.RunSpec.SplitSpec;
import org.adapterbench.api.record.RunSpec.TaskSpec;
import org.adapterbench.api.task.LabelledSplit;
import org.adapterbench.api.task.TaskData;
import org.adapterbench.core.data.Selection;
import org.adapterbench.core.weights.CatalogueEntry;
import org.adapterbench.core.weights.EncoderAssets;

/** Finds what a recorded run was made of, by its hashes, or says in one line what is missing. */
final class Ingredients {

    private final Materials materials;
    private final List<String> offered;
    private final Map<EncoderSpec, String> encoders = new HashMap<>();
    private final Set<TaskSpec> found = new HashSet<>();

    /** @param offered where else encoders may be, as the user names them */
    Ingredients(Materials materials, List<String> offered) {
        this.materials = materials;
        this.offered = List.copyOf(offered);
    }

    /**
     * Makes sure that everything is at hand with the recorded content.
     *
     * @return how the store of encoders calls the recorded one
     * @throws UserError naming the first thing that is missing, the hash that is wanted, and the remedy
     */
    String require(RunSpec spec) {
        materials.methods().get("method", spec.method().name());
        if (found.add(spec.task())) {
            requireData(spec.task());
        }
        return encoders.computeIfAbsent(spec.encoder(), this::encoder);
    }

    /** An encoder that the user offers, or one in the cache, wherever it came from, or the one of that name. */
    private String encoder(EncoderSpec wanted) {
        List<String> seen = new ArrayList<>();
        for (String locator : offered) {
            EncoderAssets assets = materials.encoders().open(locator);
            if (fits(assets, wanted)) {
                return locator;
            }
            seen.add(locator + " has " + assets.weightsSha256());
        }
        Optional<String> cached = materials.encoders().find(wanted, seen::add);
        if (cached.isPresent()) {
            return cached.get();
        }
        Optional<CatalogueEntry> known = materials.encoders().catalogue().stream()
                .filter(entry -> entry.name().equals(wanted.name()))
                .findFirst();
        if (known.isPresent() && known.get().usable()) {
            EncoderAssets assets = materials.encoders().open(wanted.name());
            if (fits(assets, wanted)) {
                return wanted.name();
            }
            seen.add(wanted.name() + " has " + assets.weightsSha256());
        }
        throw missing(wanted, known.map(CatalogueEntry::remedy).orElse(""), seen);
    }

    private static boolean fits(EncoderAssets assets, EncoderSpec wanted) {
        return assets.weightsSha256().equals(wanted.weightsSha256())
                && assets.tokenizerSha256().equals(wanted.tokenizerSha256())
                && assets.config().sha256().equals(wanted.configSha256());
    }

    private static UserError missing(EncoderSpec wanted, String remedy, List<String> seen) {
        return new UserError("encoder '" + wanted.name() + "' with weights of SHA-256 " + wanted.weightsSha256()
                + ", tokenizer " + wanted.tokenizerSha256() + " and sizes " + wanted.configSha256() + " is not here"
                + (seen.isEmpty() ? "" : "; " + String.join(", ", seen))
                + " (allowed: " + (remedy.isEmpty() ? "" : remedy + "; or ")
                + "--encoder with a folder, or with hub:NAME@REVISION, of that content)");
    }

    private void requireData(TaskSpec wanted) {
        TaskData data;
        try {
            data = materials.tasks().load("task", wanted.name(), materials.data());
        } catch (UserError e) {
            throw new UserError(
                    "data of " + wanted.name() + " is missing: " + e.getMessage() + "; wanted: "
                            + wantedContent(wanted),
                    e);
        }
        requireSplit(wanted, wanted.train(), data, Optional.of(data.train()));
        for (SplitSpec split : wanted.evaluation()) {
            requireSplit(wanted, split, data, data.evaluation(split.split()));
        }
    }

    private static void requireSplit(TaskSpec task, SplitSpec wanted, TaskData data, Optional<LabelledSplit> split) {
        String place = task.name() + " " + wanted.split();
        String remedy = " (allowed: the data that the record was made with; --glue names another folder)";
        if (split.isEmpty()) {
            throw new UserError("data of " + place + ": no such split here; wanted: content of SHA-256 "
                    + wanted.contentSha256() + remedy);
        }
        try {
            Selection.repeat(split.get(), data.facts(wanted.split()), wanted);
        } catch (RunFailure e) {
            throw new UserError("data of " + place + ": " + e.getMessage() + remedy, e);
        }
    }

    private static String wantedContent(TaskSpec task) {
        List<SplitSpec> splits = new ArrayList<>(List.of(task.train()));
        splits.addAll(task.evaluation());
        return splits.stream()
                .map(split -> split.split() + " with content of SHA-256 " + split.contentSha256())
                .collect(Collectors.joining(", "));
    }
}
