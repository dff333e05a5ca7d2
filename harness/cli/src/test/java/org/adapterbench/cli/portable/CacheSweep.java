package org.adapterbench.cli.portable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.core.CacheFolder;
import org.adapterbench.core.encoder.ShapeRule;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.weights.EncoderAssets;
import org.adapterbench.core.weights.EncoderConfig;
import org.adapterbench.core.weights.EncoderConfig.Family;
import org.adapterbench.core.weights.EncoderStore;
import org.adapterbench.core.weights.WeightSource;

/**
 * Computes the same things under the cache sizes of one processor after the other: a program of its own, since it
 * overwrites what its process knows of the processor. Prints a line for each result, its parts divided by tabs:
 * what was computed, the sizes, the hash.
 */
final class CacheSweep {

    /** What the processor itself says stands first in each list of sizes under this name. */
    static final String OWN = "own";

    private static final long SEED = 3;
    private static final int INVENTED = 8;
    private static final int ROWS = 32;
    private static final int TINY_ROWS = 8;
    /** What texts of 128 tokens are padded to. */
    private static final int LONGEST = 144;

    private final EigenCaches caches;
    private final CacheSizes own;
    private final Consumer<String> out;

    private CacheSweep(EigenCaches caches, CacheSizes own, Consumer<String> out) {
        this.caches = caches;
        this.own = own;
        this.out = out;
    }

    /** @param arguments tiny, wide, within, without, products; or the name of an encoder */
    public static void main(String[] arguments) {
        try (EigenCaches caches = EigenCaches.ofThisProcess();
                SweptProduct any = new SweptProduct(Rules.WITHIN.get(0))) {
            any.hash();
            CacheSizes own = caches.asked().orElseThrow();
            System.out.println(OWN + "\t" + own + "\t");
            for (String what : arguments) {
                new CacheSweep(caches, own, System.out::println).sweep(what);
            }
        }
    }

    private void sweep(String what) {
        switch (what) {
            case "tiny" -> tiny();
            case "wide" -> {
                RandomEncoder encoder = RandomEncoder.of(Family.BERT, 384, 12, 1536, 1, 72);
                everyMethod(what, encoder.config(), encoder, ROWS, List.of(12, 60));
            }
            case "within" -> Rules.WITHIN.forEach(product -> sweep(what, () -> new SweptProduct(product)));
            case "without" -> {
                Rules.WITHOUT.forEach(product -> sweep(what, () -> new SweptProduct(product)));
                RandomEncoder encoder = RandomEncoder.of(Family.BERT, 384, 12, 1536, 1, 96);
                TuningMethod full = MethodCatalog.installed().get("sweep", "full");
                sweep(what, () -> SweptTraining.of(encoder.config(), encoder, full, Map.of(), ROWS, List.of(64)));
            }
            case "products" -> products().forEach(product -> sweep(what, () -> new SweptProduct(product)));
            default -> {
                EncoderAssets assets = new EncoderStore(CacheFolder.of(System.getenv())).open(what);
                everyMethod(what, assets.config(), assets.weights(), ROWS, List.of(12, 24));
            }
        }
    }

    private void tiny() {
        for (Family family : Family.values()) {
            RandomEncoder encoder = RandomEncoder.of(family, 48, 4, 96, 2, 72);
            everyMethod("tiny " + family, encoder.config(), encoder, TINY_ROWS, List.of(12, 48));
        }
    }

    private void everyMethod(String what, EncoderConfig config, WeightSource weights, int rows, List<Integer> lengths) {
        for (TuningMethod method : MethodCatalog.installed().all()) {
            sweep(what, () -> SweptTraining.of(config, weights, method, lastLayer(method), rows, lengths));
        }
    }

    /** The defaults, but one layer only where layers can be chosen: decompositions take long. */
    static Map<String, Object> lastLayer(TuningMethod method) {
        return method.settings().stream().anyMatch(setting -> setting.name().equals("layers"))
                ? Map.of("layers", "last-1")
                : Map.of();
    }

    /** All products of all methods on encoders 384 wide, for every length that texts are padded to. */
    private static SortedSet<Product> products() {
        SortedSet<Product> products = new TreeSet<>();
        RandomEncoder encoder = RandomEncoder.of(Family.BERT, 384, 12, 1536, 1, LONGEST);
        for (TuningMethod method : MethodCatalog.installed().all()) {
            try (SweptTraining training =
                    SweptTraining.of(encoder.config(), encoder, method, lastLayer(method), ROWS, List.of(LONGEST))) {
                IntStream.rangeClosed(1, LONGEST)
                        .map(ShapeRule::paddedLength)
                        .distinct()
                        .forEach(length -> products.addAll(GraphProducts.of(training.definition(), ROWS, length)
                                .values()));
            }
        }
        return products;
    }

    private void sweep(String what, Supplier<Swept> make) {
        try (Swept swept = make.get()) {
            String name = what + ": " + swept.name() + "\t";
            caches.pretend(own);
            out.accept(name + OWN + "\t" + swept.hash());
            List<CacheSizes> all = new ArrayList<>(CacheSizes.built());
            all.addAll(CacheSizes.invented(INVENTED, SEED));
            for (CacheSizes sizes : all) {
                caches.pretend(sizes);
                out.accept(name + sizes + "\t" + swept.hash());
            }
        }
    }
}
