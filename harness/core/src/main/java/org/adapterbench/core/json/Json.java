package org.adapterbench.core.json;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.api.task.SplitFacts;

/**
 * How specs, records, messages and published hashes become JSON and come back: strict about unknown, missing, repeated and null
 * values, enums as lower-case words ({@code out-of-memory}), numbers in their shortest round-trip form on
 * every JDK, never NaN.
 */
public final class Json {

    private static final ObjectMapper MAPPER = mapper();

    private Json() {}

    /** One line without a line break. */
    public static String line(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Indented by two spaces, line feeds on every system. */
    public static String pretty(Object value) {
        try {
            DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
            return MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(indenter))
                            .writeValueAsString(value)
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** @throws JsonProcessingException when the text is not exactly one such value */
    public static <T> T read(String text, Class<T> type) throws JsonProcessingException {
        return MAPPER.readValue(text, type);
    }

    /** @throws JsonProcessingException when the text is not exactly one JSON value */
    public static JsonNode tree(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    /** The tokens of a text, as strict about them as everything here. */
    static JsonParser parser(String text) throws IOException {
        return MAPPER.getFactory().createParser(text);
    }

    private static ObjectMapper mapper() {
        return JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .annotationIntrospector(new LowerCaseEnums())
                .addMixIn(RunRecord.class, IgnoresChecksum.class)
                .addMixIn(SplitFacts.class, LeavesOutNothingRefused.class)
                .addModule(module())
                .build();
    }

    private static SimpleModule module() {
        SimpleModule module = new SimpleModule();
        module.addSerializer(Settings.class, new WriteSettings());
        module.addDeserializer(Settings.class, new ReadSettings());
        module.addDeserializer(SplitFacts.class, new ReadSplitFacts());
        module.addSerializer(Path.class, new WritePath());
        module.addDeserializer(Path.class, new ReadPath());
        module.addSerializer(Double.class, new WriteDouble());
        module.addSerializer(double.class, new WriteDouble());
        module.addSerializer(Float.class, new WriteFloat());
        module.addSerializer(float.class, new WriteFloat());
        return module;
    }

    /** The store keeps a checksum beside the record's own keys. */
    @JsonIgnoreProperties("checksum")
    private interface IgnoresChecksum {}

    /** Records from before rows were counted that way lack the key; where no row was refused they stay as they are. */
    private interface LeavesOutNothingRefused {
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        SortedMap<String, Long> refused();
    }

    private static final class ReadSplitFacts extends JsonDeserializer<SplitFacts> {

        private record AllUsed(
                String split,
                String contentSha256,
                long rows,
                SortedMap<String, Long> labels,
                SplitFacts.ContentStatus status) {}

        @Override
        public SplitFacts deserialize(JsonParser in, DeserializationContext context) throws IOException {
            ObjectNode tree = context.readValue(in, ObjectNode.class);
            JsonNode stored = tree.remove("refused");
            SortedMap<String, Long> refused = new TreeMap<>();
            for (Map.Entry<String, JsonNode> reason :
                    stored == null ? Set.<Map.Entry<String, JsonNode>>of() : stored.properties()) {
                refused.put(reason.getKey(), context.readTreeAsValue(reason.getValue(), Long.class));
            }
            AllUsed facts = context.readTreeAsValue(tree, AllUsed.class);
            return new SplitFacts(
                    facts.split(), facts.contentSha256(), facts.rows(), facts.labels(), facts.status(), refused);
        }
    }

    /** The word that stands for a constant, such as {@code out-of-memory}. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static final class LowerCaseEnums extends JacksonAnnotationIntrospector {
        @Override
        public String[] findEnumValues(
                MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, String[] names) {
            for (int i = 0; i < constants.length; i++) {
                names[i] = word(constants[i]);
            }
            return names;
        }
    }

    private static final class WriteSettings extends JsonSerializer<Settings> {
        @Override
        public void serialize(Settings value, JsonGenerator out, SerializerProvider provider) throws IOException {
            provider.defaultSerializeValue(value.values(), out);
        }
    }

    private static final class ReadSettings extends JsonDeserializer<Settings> {
        @Override
        public Settings deserialize(JsonParser in, DeserializationContext context) throws IOException {
            Map<String, Object> values = context.readValue(
                    in, context.getTypeFactory().constructMapType(Map.class, String.class, Object.class));
            return Settings.recorded(values);
        }
    }

    private static final class WritePath extends JsonSerializer<Path> {
        @Override
        public void serialize(Path value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(value.toString());
        }
    }

    private static final class ReadPath extends JsonDeserializer<Path> {
        @Override
        public Path deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return Path.of(in.getValueAsString());
        }
    }

    private static final class WriteDouble extends JsonSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (!Double.isFinite(value)) {
                throw JsonMappingException.from(out, value + " has no place in a record");
            }
            out.writeNumber(value.doubleValue());
        }
    }

    private static final class WriteFloat extends JsonSerializer<Float> {
        @Override
        public void serialize(Float value, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (!Float.isFinite(value)) {
                throw JsonMappingException.from(out, value + " has no place in a record");
            }
            out.writeNumber(value.floatValue());
        }
    }
}
