package groundwork.rehearsal.organization.call;

/**
 * Sees every call. An observer may record, hold the calling thread back (calls of other threads go on meanwhile), or throw what
 * the caller is to get instead of the answer.
 */
public interface CallObserver {
    /** Called before the call has any effect. */
    default void before(Call call) {}

    /** Called when the operation has taken effect and its events are out; what this throws, the caller gets although it happened. */
    default void after(Call call, Object response) {}

    /** Called when the service refused the call. */
    default void failed(Call call, RuntimeException failure) {}
}
