package io.tournant.core.context;

import io.tournant.core.Task;
import io.tournant.core.spi.ContextElement;
import io.tournant.core.spi.ContextElement.Scope;
import io.tournant.core.task.Code;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The elements that one executor carries from the submitter's thread to the task's. */
public final class CarriedContext {

    private static final Logger LOG = LoggerFactory.getLogger(CarriedContext.class);

    private final List<ContextElement<?>> elements;

    /** Takes the elements that an executor was told to carry, and those that are installed. */
    public CarriedContext(List<ContextElement<?>> told) {
        elements = new ArrayList<>(told);
        elements.addAll(Installed.ELEMENTS);
    }

    /** Looked up once: it is the same for every executor of this JVM. */
    private static final class Installed {
        static final List<ContextElement<?>> ELEMENTS = load();

        @SuppressWarnings("rawtypes") // a service is looked up by its class
        private static List<ContextElement<?>> load() {
            List<ContextElement<?>> found = new ArrayList<>();
            try {
                ServiceLoader.load(ContextElement.class).forEach(found::add);
            } catch (ServiceConfigurationError e) { // what was found before it is used
                LOG.warn("An installed context element cannot be used, nor those after it.", e);
            }
            return found;
        }
    }

    /** Returns code with what there is on the calling thread, or the code itself if there is nothing. */
    public Object capture(Object code) {
        if (elements.isEmpty()) {
            return code;
        }
        ArrayList<Carried<?>> carried = new ArrayList<>(elements.size());
        for (ContextElement<?> element : elements) {
            capture(element, carried);
        }
        return carried.isEmpty() ? code : new Carrying<>(Code.asCallable(code), carried);
    }

    private static <V> void capture(ContextElement<V> element, List<Carried<?>> into) {
        V value = element.capture();
        if (value != null) {
            into.add(new Carried<>(element, value));
        }
    }

    /** Returns whether nothing is carried. */
    public boolean isEmpty() {
        return elements.isEmpty();
    }

    /** Executes a task on a thread that belongs to another one, whose context it is not to find. */
    public void runCleared(Runnable task) {
        Deque<Scope> scopes = new ArrayDeque<>(elements.size());
        for (ContextElement<?> element : elements) {
            try {
                scopes.push(element.clear());
            } catch (RuntimeException | Error e) { // the task finds too much, and runs
                LOG.warn("A context element could not be taken away before a task.", e);
            }
        }
        try {
            task.run();
        } finally {
            scopes.forEach(CarriedContext::close);
        }
    }

    private static void close(Scope scope) {
        try {
            scope.close();
        } catch (RuntimeException | Error e) { // the task has ended, and is not to blame
            LOG.warn("A context element could not put back what was there before a task.", e);
        }
    }

    /** Returns what was submitted, without what was captured for it. */
    public static Object codeOf(Object code) {
        return code instanceof Carrying<?> carrying ? carrying.body() : code;
    }

    private record Carried<V>(ContextElement<V> element, V value) implements Serializable {
        Scope install() {
            return element.install(value);
        }
    }

    /** Code that finds the context of its submitter. It can be sent to another process if all of it can. */
    private record Carrying<T extends @Nullable Object>(Callable<T> body, ArrayList<Carried<?>> carried)
            implements Task<T> {
        @Override
        public T call() throws Exception {
            Deque<Scope> scopes = new ArrayDeque<>(carried.size());
            try {
                for (Carried<?> each : carried) {
                    scopes.push(each.install());
                }
                return body.call();
            } finally {
                scopes.forEach(CarriedContext::close);
            }
        }
    }
}
