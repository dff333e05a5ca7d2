package org.adapterbench.core.weights;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.adapterbench.api.UserError;

/**
 * A model on the Hugging Face hub: {@code hub:roberta-base}, {@code hub:owner/name@revision}.
 *
 * @param revision branch, tag or commit; {@code main} where none is named
 */
record HubReference(String model, String revision) {

    static final String PREFIX = "hub:";

    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";
    private static final Pattern FORM =
            Pattern.compile(PREFIX + "(" + NAME + "(?:/" + NAME + ")?)(?:@(" + NAME + "))?");

    static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    static HubReference parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new UserError("encoder '" + text + "': not a hub reference (allowed: hub:name, hub:owner/name,"
                    + " hub:owner/name@revision)");
        }
        return new HubReference(matcher.group(1), matcher.group(2) == null ? "main" : matcher.group(2));
    }

    /** A name for a folder; no name of the hub contains two hyphens in the place of the slash. */
    String folderName() {
        return model.replace("/", "--") + "@" + revision;
    }

    /** Where a file of the model lies, from the hub's own address on. */
    String path(String file) {
        return model + "/resolve/" + revision + "/" + file;
    }

    @Override
    public String toString() {
        return model + "@" + revision;
    }
}
