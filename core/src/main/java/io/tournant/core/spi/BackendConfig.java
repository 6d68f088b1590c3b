package io.tournant.core.spi;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The text given to {@link io.tournant.core.TaskExecutor#open(String)}, taken apart: {@code name?key=value&key=value}.
 *
 * @param name the name of the backend
 * @param values the values by key, in the order given
 */
public record BackendConfig(String name, Map<String, String> values) {

    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]*");

    /** Copies the values. */
    public BackendConfig {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * Takes a text apart.
     *
     * @param spec the text
     * @return name and values
     * @throws IllegalArgumentException if the text is not of the form {@code name?key=value&key=value}
     */
    public static BackendConfig parse(String spec) {
        int mark = spec.indexOf('?');
        String name = requireWord(mark < 0 ? spec : spec.substring(0, mark), spec);
        Map<String, String> values = new LinkedHashMap<>();
        if (mark >= 0) {
            for (String pair : spec.substring(mark + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                String key = requireWord(equals < 0 ? pair : pair.substring(0, equals), spec);
                if (equals < 0 || values.put(key, pair.substring(equals + 1)) != null) {
                    throw new IllegalArgumentException(
                            "A backend is given as name?key=value&key=value, each key once: key=" + key + " spec="
                                    + spec);
                }
            }
        }
        return new BackendConfig(name, values);
    }

    private static String requireWord(String word, String spec) {
        if (!WORD.matcher(word).matches()) {
            throw new IllegalArgumentException(
                    "A backend is given as name?key=value&key=value, in lower-case words: found=" + word + " spec="
                            + spec);
        }
        return word;
    }

    /**
     * Returns this configuration without some keys.
     *
     * @param keys the keys to leave out
     * @return the rest
     */
    public BackendConfig without(Set<String> keys) {
        Map<String, String> rest = new LinkedHashMap<>(values);
        rest.keySet().removeAll(keys);
        return new BackendConfig(name, rest);
    }

    /**
     * Refuses keys that the backend does not know.
     *
     * @param keys all keys that the backend takes
     * @throws IllegalArgumentException if there is another one; the message lists those that are taken
     */
    public void allow(String... keys) {
        for (String key : values.keySet()) {
            if (!Arrays.asList(keys).contains(key)) {
                throw new IllegalArgumentException("The backend does not take this key: backend=" + name + " key=" + key
                        + " known=" + new TreeSet<>(Arrays.asList(keys))
                        + ", besides those of every executor, which TaskExecutor.open lists");
            }
        }
    }

    /**
     * Returns a value as it was given.
     *
     * @param key the key
     * @return the value, or empty if the key was not given
     */
    public Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /**
     * Returns a value as a whole number.
     *
     * @param key the key
     * @param min the least value allowed
     * @return the number, or empty if the key was not given
     * @throws IllegalArgumentException if the value is not a whole number or is less than {@code min}
     */
    public OptionalInt integer(String key, int min) {
        String value = values.get(key);
        if (value == null) {
            return OptionalInt.empty();
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= min) {
                return OptionalInt.of(number);
            }
        } catch (NumberFormatException e) {
            throw notANumber(key, value, min, e);
        }
        throw notANumber(key, value, min, null);
    }

    private IllegalArgumentException notANumber(
            String key, String value, int min, @org.jspecify.annotations.Nullable Throwable cause) {
        return new IllegalArgumentException(
                "The value must be a whole number of at least " + min + ": backend=" + name + " " + key + "=" + value,
                cause);
    }
}
