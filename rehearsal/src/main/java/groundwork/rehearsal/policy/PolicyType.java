package groundwork.rehearsal.policy;

/** Where a policy is attached, which decides what its statements must and must not have. */
enum PolicyType {
    /** Attached to an identity, which is the principal. */
    IDENTITY,
    /** Attached to a resource: names principals and resources. */
    RESOURCE,
    /** The trust policy of a role: names principals; the role itself is the resource. */
    TRUST
}
