package org.adapterbench.core.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.NumberOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One spelling for equal data: JSON as RFC 8785 (JCS) has it. Keys sorted by UTF-16 units, no spaces, numbers
 * as ECMAScript writes them. Reals get their digits from Jackson's own shortest writer, because
 * {@code Double.toString} writes some values with more digits before JDK 19.
 *
 * <p>Written straight from the tokens of a text, for the store checks thousands of records before a run begins.
 */
public final class CanonicalJson {

    /** Every decimal of so many digits is the shortest one of its double. */
    private static final int SAFE_DIGITS = 15;

    private final JsonParser in;
    private final StringBuilder out = new StringBuilder();

    private CanonicalJson(JsonParser in) {
        this.in = in;
    }

    /** The canonical text of any value that {@link Json} writes. */
    public static String of(Object value) {
        try (JsonParser in = Json.parser(Json.line(value))) {
            CanonicalJson canonical = new CanonicalJson(in);
            canonical.append(in.nextToken());
            return canonical.out.toString();
        } catch (IOException e) {
            throw new IllegalStateException("what was just written is not readable", e);
        }
    }

    /**
     * The canonical texts of an object's values, by key.
     *
     * @throws JsonProcessingException when the text is not exactly one JSON object
     */
    public static SortedMap<String, String> members(String text) throws JsonProcessingException {
        try (JsonParser in = Json.parser(text)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonParseException(in, "not a JSON object");
            }
            SortedMap<String, String> members = new TreeMap<>();
            CanonicalJson canonical = new CanonicalJson(in);
            for (String key; (key = in.nextFieldName()) != null; ) {
                canonical.append(in.nextToken());
                members.put(key, canonical.out.toString());
                canonical.out.setLength(0);
            }
            if (in.nextToken() != null) {
                throw new JsonParseException(in, "more than one value");
            }
            return members;
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("a text cannot be read", e);
        }
    }

    /** The canonical text of the object with these values, which are canonical themselves. */
    public static String object(SortedMap<String, String> members) {
        StringBuilder object = new StringBuilder();
        String separator = "{";
        for (String key : members.keySet()) {
            object.append(separator);
            appendText(object, key);
            object.append(':').append(members.get(key));
            separator = ",";
        }
        return members.isEmpty() ? "{}" : object.append('}').toString();
    }

    private void append(JsonToken value) throws IOException {
        switch (value) {
            case START_OBJECT -> appendObject();
            case START_ARRAY -> {
                String separator = "";
                out.append('[');
                for (JsonToken element; (element = in.nextToken()) != JsonToken.END_ARRAY; ) {
                    out.append(separator);
                    append(element);
                    separator = ",";
                }
                out.append(']');
            }
            case VALUE_STRING -> appendText(out, in.getText());
            case VALUE_NUMBER_INT -> {
                String digits = in.getText();
                out.append(digits.equals("-0") ? "0" : digits);
            }
            case VALUE_NUMBER_FLOAT -> appendReal(in.getText());
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> out.append(in.getText());
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new JsonParseException(in, value + " is not a value");
        }
    }

    /** Where a member stands in what is written. */
    private record Member(String key, int from, int to) {}

    private void appendObject() throws IOException {
        List<Member> members = new ArrayList<>();
        boolean sorted = true;
        out.append('{');
        int begin = out.length();
        for (String key; (key = in.nextFieldName()) != null; ) {
            if (!members.isEmpty()) {
                sorted &= members.get(members.size() - 1).key().compareTo(key) < 0;
                out.append(',');
            }
            int from = out.length();
            appendText(out, key);
            out.append(':');
            append(in.nextToken());
            members.add(new Member(key, from, out.length()));
        }
        if (!sorted) {
            sort(members, begin);
        }
        out.append('}');
    }

    private void sort(List<Member> members, int begin) {
        String written = out.substring(begin);
        out.setLength(begin);
        members.sort(Comparator.comparing(Member::key));
        for (Member member : members) {
            if (out.length() > begin) {
                out.append(',');
            }
            out.append(written, member.from() - begin, member.to() - begin);
        }
    }

    private static void appendText(StringBuilder out, String text) {
        out.append('"');
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                out.append(text, written, i);
                appendEscape(out, c);
                written = i + 1;
            }
        }
        out.append(text, written, text.length()).append('"');
    }

    private static void appendEscape(StringBuilder out, char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default ->
                out.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
        }
    }

    private void appendReal(String text) throws JsonParseException {
        if (canonical(text)) {
            out.append(text);
            return;
        }
        double value = Double.parseDouble(text);
        if (!Double.isFinite(value)) {
            throw new JsonParseException(in, text + " is no finite number");
        }
        out.append(real(value));
    }

    /** Whether a JSON real is surely spelled as ECMAScript spells its double: {@code 0.125}, not {@code 1.50}. */
    static boolean canonical(String text) {
        int end = text.length();
        int point = text.indexOf('.');
        int first = text.charAt(0) == '-' ? 1 : 0;
        if (point < 0 || end - first > SAFE_DIGITS + 1 || text.charAt(end - 1) == '0') {
            return false;
        }
        for (int i = first; i < end; i++) {
            char c = text.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        // Below a millionth ECMAScript has exponents.
        return text.charAt(first) != '0' || !text.startsWith("000000", point + 1);
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
        if (java.precision() != 2) {
            return java;
        }
        BigDecimal single = java.round(new MathContext(1));
        return single.doubleValue() == value ? single : java;
    }
}
