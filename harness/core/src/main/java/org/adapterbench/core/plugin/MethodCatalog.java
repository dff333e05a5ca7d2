package org.adapterbench.core.plugin;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.adapterbench.api.UserError;
import org.adapterbench.api.method.TuningMethod;

/** The installed tuning methods by name. */
public final class MethodCatalog {

    private final Map<String, TuningMethod> methods;

    private MethodCatalog(Map<String, TuningMethod> methods) {
        this.methods = Collections.unmodifiableMap(methods);
    }

    /**
     * Finds the methods on the class path.
     *
     * @throws UserError when two share a name, a name is malformed, or one cannot be loaded
     */
    public static MethodCatalog installed() {
        try {
            return of(ServiceLoader.load(TuningMethod.class));
        } catch (ServiceConfigurationError | LinkageError e) {
            throw Unloadable.of("a method", e);
        }
    }

    /** A catalogue of the given methods, checked. */
    public static MethodCatalog of(Iterable<TuningMethod> candidates) {
        Map<String, TuningMethod> methods = new TreeMap<>();
        for (TuningMethod method : candidates) {
            String name = method.name();
            if (!name.matches("[a-z][a-z0-9-]*")) {
                throw new UserError("method class " + method.getClass().getName() + ": name '" + name
                        + "' is not allowed (allowed: lower-case letters, digits and hyphens, a letter first)");
            }
            TuningMethod other = methods.put(name, method);
            if (other != null) {
                throw new UserError("method '" + name + "' is provided twice: "
                        + other.getClass().getName() + " and "
                        + method.getClass().getName() + " (allowed: one of them on the class path)");
            }
        }
        return new MethodCatalog(methods);
    }

    public Collection<TuningMethod> all() {
        return methods.values();
    }

    /**
     * @param where file and key for the message
     * @throws UserError when there is no such method
     */
    public TuningMethod get(String where, String name) {
        TuningMethod method = methods.get(name);
        if (method == null) {
            throw UserError.unknown(where, "method", name, methods.keySet());
        }
        return method;
    }
}
