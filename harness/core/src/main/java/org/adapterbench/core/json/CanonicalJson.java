package org.adapterbench.core.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One spelling for equal data: JSON as RFC 8785 (JCS) has it. Keys sorted by UTF-16 units, no spaces, numbers
 * as ECMAScript writes them. Reals get their digits from Jackson's own shortest writer, because
 * {@code Double.toString} writes some values with more digits before JDK 19.
 */
public final class CanonicalJson {

    private CanonicalJson() {}

    /** The canonical text of any value that {@link Json} writes. */
    public static String of(Object value) {
        try {
            return of(Json.tree(Json.line(value)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was just written is not readable", e);
        }
    }

    /** The canonical text of a tree. */
    public static String of(JsonNode tree) {
        StringBuilder out = new StringBuilder();
        append(out, tree);
        return out.toString();
    }

    private static void append(StringBuilder out, JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> appendObject(out, node);
            case ARRAY -> {
                String separator = "";
                out.append('[');
                for (JsonNode element : node) {
                    out.append(separator);
                    append(out, element);
                    separator = ",";
                }
                out.append(']');
            }
            case STRING -> appendText(out, node.textValue());
            case NUMBER ->
                out.append(node.isIntegralNumber() ? node.bigIntegerValue().toString() : real(node.doubleValue()));
            case BOOLEAN -> out.append(node.booleanValue());
            case NULL -> out.append("null");
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException(node.getNodeType() + " is not JSON");
        }
    }

    private static void appendObject(StringBuilder out, JsonNode node) {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        Collections.sort(keys);
        String separator = "";
        out.append('{');
        for (String key : keys) {
            out.append(separator);
            appendText(out, key);
            out.append(':');
            append(out, node.get(key));
            separator = ",";
        }
        out.append('}');
    }

    private static void appendText(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < ' ') {
                        out.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /** A finite double as ECMAScript's Number::toString writes it. */
    static String real(double value) {
        if (value == 0) {
            return "0";
        }
        BigDecimal shortest = shortest(Math.abs(value));
        String digits = shortest.unscaledValue().toString();
        int k = digits.length();
        // value = 0.digits x 10^n
        int n = k - shortest.scale();
        String text;
        if (k <= n && n <= 21) {
            text = digits + "0".repeat(n - k);
        } else if (0 < n && n <= 21) {
            text = digits.substring(0, n) + "." + digits.substring(n);
        } else if (-6 < n && n <= 0) {
            text = "0." + "0".repeat(-n) + digits;
        } else {
            String exponent = (n - 1 < 0 ? "-" : "+") + Math.abs(n - 1);
            text = digits.charAt(0) + (k == 1 ? "" : "." + digits.substring(1)) + "e" + exponent;
        }
        return value < 0 ? "-" + text : text;
    }

    /** Java's form has two digits at the least (4.9E-324), ECMAScript's only as many as it takes (5e-324). */
    private static BigDecimal shortest(double value) {
        BigDecimal java = new BigDecimal(NumberOutput.toString(value, true)).stripTrailingZeros();
        BigDecimal single = java.round(new MathContext(1));
        return single.doubleValue() == value ? single : java;
    }
}
