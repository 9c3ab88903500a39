/**
 * An AWS organization in memory that implements the AWS SDK's own client interfaces: it answers, refuses, pages, throttles and
 * takes its time as the services document, on a clock that the caller owns, and emits the CloudTrail events of what happens in it.
 */
package groundwork.rehearsal.organization;
