package groundwork.rehearsal.states;

/** Hears what executions do, in the order in which it happens. */
@FunctionalInterface
public interface ExecutionListener {

    /** Called at the virtual time of the event, before the execution goes on. */
    void happened(HistoryEvent event);
}
