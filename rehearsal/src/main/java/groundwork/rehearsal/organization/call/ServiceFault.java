package groundwork.rehearsal.organization.call;

/** What can go wrong in a service, whatever the service calls it. */
public enum ServiceFault {
    ACCESS_DENIED,
    THROTTLED,
    INTERNAL_ERROR,
    CONFLICT,
    VALIDATION,
    NOT_FOUND,
    QUOTA_EXCEEDED
}
