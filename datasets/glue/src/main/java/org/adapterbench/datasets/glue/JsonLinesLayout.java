package org.adapterbench.datasets.glue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterbench.api.Reason;
import org.adapterbench.api.UserError;
import org.jspecify.annotations.Nullable;

/** One JSON object a line, with the keys of the Hugging Face columns; the answer as a name or as a number. */
final class JsonLinesLayout {

    private static final ObjectReader READER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private final GlueTask task;
    private final GlueSplit split;

    JsonLinesLayout(GlueTask task, GlueSplit split) {
        this.task = task;
        this.split = split;
    }

    void read(Path path, Rows rows) throws IOException {
        try (TextLines lines = new TextLines(path)) {
            String line;
            while ((line = lines.next()) != null) {
                rows.use(lines.where(), row(lines.where(), parse(lines.where(), line)));
            }
        }
    }

    private Row row(String where, JsonNode object) {
        Columns columns = task.records();
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        columns.check(where, keys, split.labelled());
        String second = columns.second() == null ? null : text(where, object, columns.second());
        return new Row(text(where, object, columns.first()), second, target(where, object));
    }

    private @Nullable Float target(String where, JsonNode object) {
        if (!split.labelled()) {
            return null;
        }
        String key = task.records().label();
        JsonNode value = object.get(key);
        if (value.isNumber()) {
            return task.answers().inNumber(where, key, value.doubleValue());
        }
        if (!value.isTextual()) {
            throw new UserError(where + ": key '" + key + "' holds " + Excerpt.of(value.toString())
                    + " (allowed: a label's name or a number)");
        }
        return task.answers().inText(where, key, value.textValue());
    }

    private static String text(String where, JsonNode object, String key) {
        JsonNode value = object.get(key);
        if (!value.isTextual()) {
            throw new UserError(
                    where + ": key '" + key + "' holds " + Excerpt.of(value.toString()) + " (allowed: text)");
        }
        return value.textValue();
    }

    private static JsonNode parse(String where, String line) {
        try {
            JsonNode node = READER.readValue(line);
            if (node != null && node.isObject()) {
                return node;
            }
            throw new UserError(where + ": '" + Excerpt.of(line) + "' (allowed: one JSON object a line)");
        } catch (JsonProcessingException e) {
            throw new UserError(where + ": not JSON: " + Reason.of(e) + " (allowed: one JSON object a line)", e);
        }
    }
}
