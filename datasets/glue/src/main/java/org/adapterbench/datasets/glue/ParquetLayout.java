package org.adapterbench.datasets.glue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapterbench.api.UserError;
import org.adapterbench.api.task.Objective;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * The Hugging Face hub's layout. Its answers are numbers; where the file says what the numbers mean, that must be
 * what they mean here, since a swapped pair of labels would otherwise go unseen.
 */
final class ParquetLayout {

    private final GlueTask task;
    private final GlueSplit split;

    ParquetLayout(GlueTask task, GlueSplit split) {
        this.task = task;
        this.split = split;
    }

    void read(Path path, Rows rows) throws IOException {
        try (InputStream start = RawFile.open(path)) {
            start.read(); // refuses what is no parquet file before the library sees it
        }
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new PageCodecs(path))
                .build();
        try (ParquetFileReader reader = new ParquetFileReader(new LocalInputFile(path), options)) {
            checkMeaning(path, reader.getFileMetaData());
            checkExtent(path, reader.getFooter());
            read(path, reader, rows);
        } catch (UserError e) {
            throw e;
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            // The library reports damage by many unchecked exceptions, and takes lengths and depths for granted that a
            // damaged file merely claims.
            throw new UserError(path + ": damaged or cut off (allowed: a complete parquet file)", e);
        }
    }

    /** What the file says of its pieces must lie inside it, before memory is taken for them. */
    private static void checkExtent(Path path, ParquetMetadata footer) throws IOException {
        long size = Files.size(path);
        for (BlockMetaData group : footer.getBlocks()) {
            if (group.getRowCount() < 0 || group.getRowCount() > Rows.MOST) {
                throw new UserError(
                        path + ": a group of " + group.getRowCount() + " rows (allowed: at most " + Rows.MOST + ")");
            }
            for (ColumnChunkMetaData chunk : group.getColumns()) {
                long start = chunk.getStartingPos();
                if (start < 0 || chunk.getTotalSize() < 0 || start > size - chunk.getTotalSize()) {
                    throw new UserError(path + ": a column lies outside the file (allowed: a complete parquet file)");
                }
            }
        }
    }

    private void read(Path path, ParquetFileReader reader, Rows rows) throws IOException {
        MessageType schema = reader.getFileMetaData().getSchema();
        long number = 0;
        PageReadStore group;
        while ((group = reader.readNextRowGroup()) != null) {
            RecordReader<Group> records =
                    new ColumnIOFactory().getColumnIO(schema).getRecordReader(group, new GroupRecordConverter(schema));
            for (long i = 0; i < group.getRowCount(); i++) {
                String where = path + ": row " + number++;
                rows.use(where, row(where, records.read()));
            }
        }
    }

    private Row row(String where, Group record) {
        Columns columns = task.records();
        String second = columns.second() == null ? null : text(where, record, columns.second());
        return new Row(text(where, record, columns.first()), second, target(where, record));
    }

    private @Nullable Float target(String where, Group record) {
        if (!split.labelled()) {
            return null;
        }
        String column = task.records().label();
        checkPresent(where, record, column);
        double value = switch (primitive(record.getType().getType(column))) {
            case INT32 -> record.getInteger(column, 0);
            case INT64 -> record.getLong(column, 0);
            case FLOAT -> record.getFloat(column, 0);
            default -> record.getDouble(column, 0);
        };
        return task.answers().inNumber(where, column, value);
    }

    private static String text(String where, Group record, String column) {
        checkPresent(where, record, column);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(record.getBinary(column, 0).toByteBuffer())
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UserError(where + ": column '" + column + "' is not UTF-8 (allowed: UTF-8 text)", e);
        }
    }

    private static void checkPresent(String where, Group record, String column) {
        if (record.getFieldRepetitionCount(column) != 1) {
            throw new UserError(where + ": column '" + column + "' holds no value (allowed: one)");
        }
    }

    private void checkMeaning(Path path, FileMetaData metadata) {
        Columns columns = task.records();
        List<Type> types = metadata.getSchema().getFields();
        columns.check(path.toString(), types.stream().map(Type::getName).toList(), split.labelled());
        for (Type type : types) {
            if (!type.isPrimitive()) {
                throw new UserError(path + ": column '" + type.getName() + "' is nested (allowed: text and numbers)");
            }
            PrimitiveTypeName kind = primitive(type);
            boolean text = columns.texts().contains(type.getName());
            boolean label = split.labelled() && columns.label().equals(type.getName());
            if ((text && kind != PrimitiveTypeName.BINARY) || (label && !isNumber(kind))) {
                throw new UserError(path + ": column '" + type.getName() + "' holds " + kind + " (allowed: "
                        + (text ? "text" : "numbers") + ")");
            }
        }
        String features = metadata.getKeyValueMetaData().get("huggingface");
        if (features != null && task.task().objective() instanceof Objective.Classification classification) {
            checkLabelNames(path, features, classification.labels());
        }
    }

    private void checkLabelNames(Path path, String features, List<String> expected) {
        String column = task.records().label();
        try {
            JsonNode stated = new JsonMapper().readTree(features).at("/info/features/" + column + "/names");
            List<String> names = stated.valueStream().map(JsonNode::asText).toList();
            if (!names.isEmpty() && !names.equals(expected)) {
                throw new UserError(path + ": the labels are numbered " + Excerpt.of(String.join(", ", names))
                        + " (allowed: " + String.join(", ", expected) + ")");
            }
        } catch (JsonProcessingException e) {
            throw new UserError(
                    path + ": its 'huggingface' entry is not JSON: " + e.getOriginalMessage()
                            + " (allowed: the entry that the datasets library writes)",
                    e);
        }
    }

    private static PrimitiveTypeName primitive(Type type) {
        return type.asPrimitiveType().getPrimitiveTypeName();
    }

    private static boolean isNumber(PrimitiveTypeName kind) {
        return switch (kind) {
            case INT32, INT64, FLOAT, DOUBLE -> true;
            case BOOLEAN, BINARY, INT96, FIXED_LEN_BYTE_ARRAY -> false;
        };
    }
}
