package org.adapterbench.datasets.wordnet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The nouns as a tree: each one hangs under its first hypernym, the root is the noun without hypernym. */
final class NounTree {

    private final WordNet wordNet;
    private final Map<String, Integer> positions = new HashMap<>();
    private final Map<String, Integer> depths = new HashMap<>();
    private final Map<String, Integer> ends = new HashMap<>();
    private final Map<String, Synset> parents = new HashMap<>();
    private final Map<String, List<Synset>> children = new HashMap<>();
    private final List<Synset> preorder = new ArrayList<>();

    NounTree(WordNet wordNet) {
        this.wordNet = wordNet;
        List<Synset> roots = new ArrayList<>();
        for (Synset noun : wordNet.nouns()) {
            List<Synset> hypernyms = wordNet.parents(noun);
            if (hypernyms.isEmpty()) {
                roots.add(noun);
            } else {
                parents.put(noun.id(), hypernyms.get(0));
                children.computeIfAbsent(hypernyms.get(0).id(), id -> new ArrayList<>())
                        .add(noun);
            }
        }
        roots.forEach(this::number);
    }

    /** Numbers a subtree in preorder, so that what lies below a synset is one range of positions. */
    private void number(Synset root) {
        record Visit(Synset synset, int depth, boolean left) {}
        Deque<Visit> open = new ArrayDeque<>(List.of(new Visit(root, 1, false)));
        while (!open.isEmpty()) {
            Visit visit = open.pop();
            String id = visit.synset().id();
            if (visit.left()) {
                ends.put(id, preorder.size());
                continue;
            }
            positions.put(id, preorder.size());
            depths.put(id, visit.depth());
            preorder.add(visit.synset());
            open.push(new Visit(visit.synset(), visit.depth(), true));
            List<Synset> below = children(visit.synset());
            for (int i = below.size() - 1; i >= 0; i--) {
                open.push(new Visit(below.get(i), visit.depth() + 1, false));
            }
        }
    }

    /** Every noun, each before what lies below it. */
    List<Synset> preorder() {
        return preorder;
    }

    List<Synset> children(Synset synset) {
        return children.getOrDefault(synset.id(), List.of());
    }

    /** From the root to the synset itself, both included. */
    List<Synset> path(Synset synset) {
        List<Synset> path = new ArrayList<>();
        for (Synset next = synset; next != null; next = parents.get(next.id())) {
            path.add(next);
        }
        Collections.reverse(path);
        return path;
    }

    /** The synset and everything below it, in preorder. */
    List<Synset> subtree(Synset synset) {
        return preorder.subList(positions.get(synset.id()), ends.get(synset.id()));
    }

    /** 1 for the root. */
    int depth(Synset synset) {
        return depths.get(synset.id());
    }

    /** Depth of the deepest synset that both lie below or are; 0 where they have no common root. */
    int commonDepth(Synset a, Synset b) {
        int position = positions.get(b.id());
        Synset common = a;
        while (common != null && (position < positions.get(common.id()) || position >= ends.get(common.id()))) {
            common = parents.get(common.id());
        }
        return common == null ? 0 : depth(common);
    }

    /** Every hypernym of the synset, by any path, without itself. */
    Set<String> ancestors(Synset synset) {
        Set<String> found = new HashSet<>();
        Deque<Synset> open = new ArrayDeque<>(wordNet.parents(synset));
        while (!open.isEmpty()) {
            Synset next = open.pop();
            if (found.add(next.id())) {
                open.addAll(wordNet.parents(next));
            }
        }
        return found;
    }
}
