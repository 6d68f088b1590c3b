package io.tournant.ipc.process.codec;

import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds how one object is reached from another, for a message. Does its best: it cannot look into closed modules. */
final class CapturePath {

    private static final int MAX_OBJECTS = 20_000;

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Step> open = new ArrayDeque<>();

    private record Step(Object object, String path) {}

    private CapturePath() {}

    /** Returns a path such as {@code task.arg0.socket}, or the name of the root followed by {@code .…}. */
    @SuppressWarnings("ReferenceEquality") // this very object, not one like it
    static String find(String root, Object first, Object target) {
        try {
            CapturePath search = new CapturePath();
            search.visit(first, root);
            for (Step step = search.open.poll(); step != null; step = search.open.poll()) {
                if (step.object == target) {
                    return step.path;
                }
                search.expand(step);
            }
        } catch (RuntimeException | Error e) { // a collection of the user's that cannot be walked
            return root + ".…";
        }
        return root + ".…";
    }

    private void visit(@Nullable Object object, String path) {
        if (object != null && seen.size() < MAX_OBJECTS && seen.add(object)) {
            open.add(new Step(object, path));
        }
    }

    private void expand(Step step) {
        switch (step.object) {
            case SerializedLambda lambda -> {
                for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
                    visit(lambda.getCapturedArg(i), step.path + ".arg" + i);
                }
            }
            case Object[] array -> {
                for (int i = 0; i < array.length; i++) {
                    visit(array[i], step.path + "[" + i + "]");
                }
            }
            case Collection<?> collection -> {
                int index = 0;
                for (Object element : collection) {
                    visit(element, step.path + "[" + index++ + "]");
                    if (index == MAX_OBJECTS) {
                        break; // its iterator may never end
                    }
                }
            }
            case Map<?, ?> map -> {
                int index = 0;
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    visit(entry.getKey(), step.path + ".key");
                    visit(entry.getValue(), step.path + "[" + entry.getKey() + "]");
                    if (++index == MAX_OBJECTS) {
                        break;
                    }
                }
            }
            default ->
                fieldsOf(step.object)
                        .forEach(field -> visit(read(field, step.object), step.path + "." + field.getName()));
        }
    }

    private static List<Field> fieldsOf(Object object) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                boolean written =
                        !Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers());
                if (written && !field.getType().isPrimitive()) {
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    private static @Nullable Object read(Field field, Object object) {
        try {
            return field.trySetAccessible() ? field.get(object) : null;
        } catch (IllegalAccessException e) { // a closed module: the path ends before it
            return null;
        }
    }
}
