package org.adapterbench.api.task;

/**
 * One example with its answer.
 *
 * @param target class number, or regression value
 */
public record LabelledExample(TextInput input, float target) {

    public String id() {
        return input.id();
    }
}
