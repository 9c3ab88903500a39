package groundwork.rehearsal.trust;

import groundwork.rehearsal.stack.LocalTables;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/** Plays many stories at once, as many as there are processors, each with tables of its own. */
public final class Workers implements AutoCloseable {
    private final ExecutorService threads;
    private final BlockingQueue<LocalTables> free = new LinkedBlockingQueue<>();
    private final int count;

    public Workers(int count) {
        this.count = count;
        this.threads = Executors.newFixedThreadPool(count);
        for (int i = 0; i < count; i++) {
            free.add(new LocalTables());
        }
    }

    /** As many as there are processors. */
    public static Workers all() {
        return new Workers(Runtime.getRuntime().availableProcessors());
    }

    /** Does all the work and returns what came of it, in the order of the work. */
    public <T> List<T> all(List<? extends Function<LocalTables, T>> work) {
        List<Future<T>> started = new ArrayList<>();
        work.forEach(piece -> started.add(threads.submit(() -> perform(piece))));
        List<T> results = new ArrayList<>();
        for (Future<T> future : started) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return results;
    }

    private <T> T perform(Function<LocalTables, T> piece) throws InterruptedException {
        LocalTables tables = free.take();
        try {
            return piece.apply(tables);
        } finally {
            free.add(tables);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        for (int i = 0; i < count; i++) {
            try {
                free.take().close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
