package org.adapterbench.core.config;

import org.adapterbench.api.UserError;

/**
 * Where a value stands.
 *
 * @param file as the user named it
 * @param line 1-based; 0 where there are no lines, as on the command line
 * @param key  path of keys from the top, empty for the whole file
 */
record Place(String file, int line, String key) {

    Place child(String name, int childLine) {
        return new Place(file, childLine, key.isEmpty() ? name : key + "." + name);
    }

    Place element(int index, int childLine) {
        return new Place(file, childLine, key + "[" + index + "]");
    }

    UserError error(String what, String allowed) {
        return new UserError(this + ": " + what + " (allowed: " + allowed + ")");
    }

    @Override
    public String toString() {
        return file + (line == 0 ? "" : ":" + line) + (key.isEmpty() ? "" : ": " + key);
    }
}
