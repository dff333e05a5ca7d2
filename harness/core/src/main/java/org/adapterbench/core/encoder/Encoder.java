package org.adapterbench.core.encoder;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.GraphScope;
import org.adapterbench.api.method.LinearSite;
import org.adapterbench.api.method.ModelParameter;
import org.adapterbench.api.method.Projection;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.core.weights.EncoderConfig;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * One forward pass of BERT (Devlin et al. 2018) or RoBERTa (Liu et al. 2019) with its classification head,
 * as Hugging Face's {@code …ForSequenceClassification} computes it. At every parameter and every linear map
 * the adapter is asked for its share.
 *
 * <p>Hidden states are kept as rows of tokens, (B·S) x H, so that the large products are plain matrix
 * products; attention works on B x heads x S x (H / heads).
 */
public final class Encoder {

    /** Added to the attention scores of padding; far below any score, far above the smallest float. */
    private static final float MASKED = -1e9f;

    /** Numbers of the adapter's dropout places, apart from the encoder's, whose masks all methods share. */
    private static final long ADAPTER_PLACES = 1L << 32;

    /** Attention maps, attention output, feed-forward output. */
    private static final int PLACES_A_LAYER = 3;

    private static final List<Projection> ATTENTION_INPUTS =
            List.of(Projection.QUERY, Projection.KEY, Projection.VALUE);

    private final Ops tf;
    private final Products products;
    private final Blocks trainedBlocks;
    private final Blocks frozenBlocks;
    private final int frozenLayers;
    private final ModelLayout layout;
    private final EncoderConfig config;
    private final Adapter adapter;
    private final Function<String, Operand<TFloat32>> added;
    private final Map<String, Operand<TFloat32>> parameters = new TreeMap<>();
    private final Map<String, ModelParameter> byName = new TreeMap<>();
    private final Function<String, Operand<TFloat32>> variables;
    private final BatchInputs inputs;
    private final @Nullable Dropout dropout;
    private long adapterPlaces = ADAPTER_PLACES;
    private final double dropoutRate;
    private final int dropoutFrom;
    private final Operand<TInt32> batch;
    private final Operand<TInt32> length;
    private final GraphScope scope = new Scope();

    /**
     * What one forward pass needs.
     *
     * @param variables base parameters by name
     * @param added     the adapter's parameters by name
     * @param stepSeed  scalar dropout seed; null builds the evaluation graph
     * @param dropoutRate rate everywhere
     * @param dropoutFrom first layer with dropout; embeddings have dropout only when it is 0
     * @param frozenLayers layers that no gradient passes through
     * @param numerics  which blocks the pass is made of
     * @param survivors how dropout decides
     */
    public record Wiring(
            Function<String, Operand<TFloat32>> variables,
            Function<String, Operand<TFloat32>> added,
            @Nullable Operand<TInt64> stepSeed,
            double dropoutRate,
            int dropoutFrom,
            int frozenLayers,
            Numerics numerics,
            Survivors survivors) {}

    public Encoder(Ops tf, ModelLayout layout, Adapter adapter, BatchInputs inputs, Wiring wiring) {
        this.tf = tf;
        this.products = new Products(tf);
        this.trainedBlocks = Blocks.of(tf, wiring.numerics(), wiring.stepSeed() != null);
        this.frozenBlocks = Blocks.of(tf, wiring.numerics(), false);
        this.frozenLayers = wiring.frozenLayers();
        this.layout = layout;
        this.config = layout.config();
        this.adapter = adapter;
        this.inputs = inputs;
        this.variables = wiring.variables();
        this.added = wiring.added();
        Operand<TInt64> seed = wiring.stepSeed();
        this.dropout = seed == null ? null : new Dropout(tf, wiring.survivors(), seed);
        this.dropoutRate = wiring.dropoutRate();
        this.dropoutFrom = wiring.dropoutFrom();
        layout.parameters().forEach(p -> byName.put(p.name(), p));
        Operand<TInt32> shape = tf.shape(inputs.tokens());
        this.batch = element(shape, 0);
        this.length = element(shape, 1);
    }

    /** Hidden states behind the first so many layers, (B·S) x H; behind none of them, the embeddings. */
    public Operand<TFloat32> firstLayers(int count) {
        return layers(0, count, embeddings());
    }

    /** Last hidden states, (B·S) x H, from the hidden states behind the first so many layers. */
    public Operand<TFloat32> layersAfter(int count, Operand<TFloat32> hidden) {
        return layers(count, config.layers(), hidden);
    }

    private Operand<TFloat32> layers(int from, int to, Operand<TFloat32> hidden) {
        Operand<TFloat32> result = hidden;
        Operand<TFloat32> bias = attentionBias();
        for (int layer = from; layer < to; layer++) {
            result = layer(layer, result, bias);
        }
        return result;
    }

    /** Each example's first token, B x H, from (B·S) x H. */
    public Operand<TFloat32> firstTokens(Operand<TFloat32> hidden) {
        int width = config.hidden();
        Operand<TFloat32> examples = tf.reshape(hidden, tf.stack(List.of(batch, length, tf.constant(width))));
        return tf.reshape(
                tf.slice(examples, tf.constant(new int[] {0, 0, 0}), tf.constant(new int[] {-1, 1, -1})),
                tf.constant(new int[] {-1, width}));
    }

    /** Head outputs, B x outputs: dropout, dense, tanh, dropout, classifier on the first tokens, B x H. */
    public Operand<TFloat32> logits(Operand<TFloat32> first) {
        int width = config.hidden();
        int behind = placeBehindLayers();
        boolean roberta = config.family() == EncoderConfig.Family.ROBERTA;
        Operand<TFloat32> input = roberta ? drop(first, config.layers(), behind) : first;
        String pooler = layout.poolerModule();
        Operand<TFloat32> pooled =
                tf.math.tanh(products.wide(input, parameter(pooler + ".weight"), parameter(pooler + ".bias")));
        String classifier = layout.classifierModule();
        Operand<TFloat32> scores = products.few(
                drop(pooled, config.layers(), roberta ? behind + 1 : behind),
                parameter(classifier + ".weight"),
                layout.outputs(),
                width);
        return tf.nn.biasAdd(scores, parameter(classifier + ".bias"));
    }

    private Operand<TFloat32> embeddings() {
        Operand<TInt32> axis = tf.constant(0);
        Operand<TFloat32> words =
                tf.gather(parameter("embeddings.word_embeddings.weight"), flat(inputs.tokens()), axis);
        Operand<TFloat32> positions =
                tf.gather(parameter("embeddings.position_embeddings.weight"), flat(inputs.positions()), axis);
        Operand<TFloat32> types =
                tf.gather(parameter("embeddings.token_type_embeddings.weight"), flat(inputs.types()), axis);
        Operand<TFloat32> sum = tf.math.add(tf.math.add(words, types), positions);
        return drop(norm(blocks(0), "embeddings.LayerNorm", sum), 0, 0);
    }

    /** 0 for tokens and {@link #MASKED} for padding, B x 1 x 1 x S. */
    private Operand<TFloat32> attentionBias() {
        Operand<TFloat32> bias = tf.math.mul(tf.math.sub(inputs.mask(), tf.constant(1f)), tf.constant(-MASKED));
        return tf.reshape(bias, tf.stack(List.of(batch, tf.constant(1), tf.constant(1), length)));
    }

    private Operand<TFloat32> layer(int layer, Operand<TFloat32> hidden, Operand<TFloat32> bias) {
        String name = "encoder.layer." + layer;
        Operand<TFloat32> context = attention(layer, hidden, bias);
        Operand<TFloat32> attended = drop(linear(layer, Projection.ATTENTION_OUTPUT, context), layer, place(layer, 2));
        Operand<TFloat32> middle =
                norm(blocks(layer), name + ".attention.output.LayerNorm", tf.math.add(attended, hidden));
        Operand<TFloat32> wide = activation(layer, linear(layer, Projection.INTERMEDIATE, middle));
        Operand<TFloat32> output = drop(linear(layer, Projection.OUTPUT, wide), layer, place(layer, 3));
        return norm(blocks(layer), name + ".output.LayerNorm", tf.math.add(output, middle));
    }

    /** softmax(Q Kᵀ / sqrt d + bias) V for each head, (B·S) x H. */
    private Operand<TFloat32> attention(int layer, Operand<TFloat32> hidden, Operand<TFloat32> bias) {
        float scale = (float) (1.0 / StrictMath.sqrt(headWidth()));
        AttentionInputs heads = attentionInputs(layer, hidden);
        Operand<TFloat32> context = blocks(layer)
                .attention(heads.query(), heads.key(), heads.value(), scale, bias, mask(layer, place(layer, 1)));
        return tf.reshape(
                tf.linalg.transpose(context, tf.constant(new int[] {0, 2, 1, 3})),
                tf.constant(new int[] {-1, config.hidden()}));
    }

    /** Each B x heads x S x H/heads. */
    private record AttentionInputs(Operand<TFloat32> query, Operand<TFloat32> key, Operand<TFloat32> value) {}

    /** @param hidden (B·S) x H */
    private AttentionInputs attentionInputs(int layer, Operand<TFloat32> hidden) {
        List<LinearSite> sites =
                ATTENTION_INPUTS.stream().map(p -> layout.site(layer, p)).toList();
        if (!blocks(layer).joinsLinear() || sites.stream().anyMatch(adapter::adapts)) {
            return new AttentionInputs(
                    heads(linear(layer, Projection.QUERY, hidden)),
                    heads(linear(layer, Projection.KEY, hidden)),
                    heads(linear(layer, Projection.VALUE, hidden)));
        }
        int count = sites.size();
        Operand<TFloat32> joined =
                products.wide(hidden, below(sites, LinearSite::weightName), below(sites, LinearSite::biasName));
        Operand<TInt32> shape = tf.stack(
                List.of(batch, length, tf.constant(count), tf.constant(config.heads()), tf.constant(headWidth())));
        List<Output<TFloat32>> each = tf.unstack(
                        tf.linalg.transpose(tf.reshape(joined, shape), tf.constant(new int[] {2, 0, 3, 1, 4})),
                        (long) count)
                .output();
        // In the order of the sites.
        return new AttentionInputs(each.get(0), each.get(1), each.get(2));
    }

    /** Parameters of some sites, one below the other. */
    private Operand<TFloat32> below(List<LinearSite> sites, Function<LinearSite, String> name) {
        return tf.concat(sites.stream().map(site -> parameter(name.apply(site))).toList(), tf.constant(0));
    }

    /** (B·S) x H to B x heads x S x H/heads. */
    private Operand<TFloat32> heads(Operand<TFloat32> x) {
        Operand<TInt32> shape = tf.stack(List.of(batch, length, tf.constant(config.heads()), tf.constant(headWidth())));
        return tf.linalg.transpose(tf.reshape(x, shape), tf.constant(new int[] {0, 2, 1, 3}));
    }

    private int headWidth() {
        return config.hidden() / config.heads();
    }

    private Operand<TFloat32> linear(int layer, Projection projection, Operand<TFloat32> x) {
        LinearSite site = layout.site(layer, projection);
        Operand<TFloat32> output = products.wide(x, parameter(site.weightName()), parameter(site.biasName()));
        return adapter.adapts(site) ? adapter.linear(scope, site, x, output) : output;
    }

    private Operand<TFloat32> activation(int layer, Operand<TFloat32> x) {
        return switch (config.activation()) {
            case GELU -> blocks(layer).gelu(x);
            case GELU_TANH -> blocks(layer).geluTanh(x);
            case RELU -> tf.nn.relu(x);
        };
    }

    private Operand<TFloat32> norm(Blocks blocks, String module, Operand<TFloat32> x) {
        return blocks.layerNorm(
                x,
                config.hidden(),
                config.layerNormEpsilon(),
                parameter(module + ".weight"),
                parameter(module + ".bias"));
    }

    private Blocks blocks(int layer) {
        return layer < frozenLayers ? frozenBlocks : trainedBlocks;
    }

    private Operand<TFloat32> drop(Operand<TFloat32> x, int layer, int place) {
        return dropout == null || !drops(layer) ? x : dropout.apply(x, dropoutRate, place);
    }

    private Blocks.@Nullable Mask mask(int layer, int place) {
        return dropout == null || !drops(layer) ? null : x -> dropout.mask(x, dropoutRate, place);
    }

    private boolean drops(int layer) {
        return layer >= dropoutFrom && dropoutRate > 0;
    }

    /** Places have the same numbers wherever dropout begins, so that all methods share the masks of a place. */
    private static int place(int layer, int spot) {
        return PLACES_A_LAYER * layer + spot;
    }

    private int placeBehindLayers() {
        return place(config.layers(), 1);
    }

    private Operand<TFloat32> parameter(String name) {
        Operand<TFloat32> known = parameters.get(name);
        if (known == null) {
            ModelParameter parameter = byName.get(name);
            if (parameter == null) {
                throw new IllegalArgumentException("no parameter '" + name + "' in the model");
            }
            Operand<TFloat32> variable = variables.apply(name);
            known = adapter.reparametrises(parameter) ? adapter.parameter(scope, parameter, variable) : variable;
            parameters.put(name, known);
        }
        return known;
    }

    private Operand<TInt32> flat(Operand<TInt32> ids) {
        return tf.reshape(ids, tf.constant(new int[] {-1}));
    }

    private Operand<TInt32> element(Operand<TInt32> vector, int index) {
        return tf.reshape(
                tf.slice(vector, tf.constant(new int[] {index}), tf.constant(new int[] {1})), tf.constant(new int[0]));
    }

    /** What the adapter sees of this graph. */
    private final class Scope implements GraphScope {
        @Override
        public Ops tf() {
            return tf;
        }

        @Override
        public boolean training() {
            return dropout != null;
        }

        @Override
        public Operand<TFloat32> added(String name) {
            return added.apply(name);
        }

        @Override
        public Operand<TFloat32> parameter(String name) {
            return Encoder.this.parameter(name);
        }

        @Override
        public Operand<TFloat32> linear(Operand<TFloat32> x, Operand<TFloat32> weight) {
            Shape shape = weight.asOutput().shape();
            int out = Math.toIntExact(shape.get(0));
            int in = Math.toIntExact(shape.get(1));
            return Math.min(out, in) <= Products.NARROW
                    ? trainedBlocks.narrow(x, weight, out, in, batch)
                    : products.wide(x, weight);
        }

        @Override
        public Operand<TFloat32> dropout(Operand<TFloat32> x, double rate) {
            return dropout == null || rate == 0 ? x : dropout.apply(x, rate, adapterPlaces++);
        }
    }
}
