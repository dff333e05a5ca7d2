package org.adapterbench.cli;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which of a parent's direct subpackages, deeper ones counted in, know which others. */
final class Packages {

    private Packages() {}

    /** For each subpackage the others that its classes depend on. */
    static SortedMap<String, SortedSet<String>> arrows(JavaClasses classes, String parent) {
        Pattern below = Pattern.compile(Pattern.quote(parent) + "\\.([^.]+)(\\..*)?");
        SortedMap<String, SortedSet<String>> arrows = new TreeMap<>();
        classes.forEach(from -> {
            Matcher source = below.matcher(from.getPackageName());
            if (source.matches()) {
                SortedSet<String> known = arrows.computeIfAbsent(source.group(1), name -> new TreeSet<>());
                from.getDirectDependenciesFromSelf().forEach(dependency -> {
                    Matcher target = below.matcher(
                            dependency.getTargetClass().getBaseComponentType().getPackageName());
                    if (target.matches() && !target.group(1).equals(source.group(1))) {
                        known.add(target.group(1));
                    }
                });
            }
        });
        return arrows;
    }

    /** The subpackages that lie on a cycle, or depend on one: what is left when those that know no one are gone. */
    static SortedMap<String, SortedSet<String>> circling(SortedMap<String, SortedSet<String>> arrows) {
        SortedMap<String, SortedSet<String>> left = new TreeMap<>();
        arrows.forEach((from, known) -> left.put(from, new TreeSet<>(known)));
        boolean smaller = true;
        while (smaller) {
            left.values().forEach(known -> known.retainAll(left.keySet()));
            smaller = left.values().removeIf(SortedSet::isEmpty);
        }
        return left;
    }
}
