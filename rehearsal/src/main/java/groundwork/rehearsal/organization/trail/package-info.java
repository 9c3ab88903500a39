/** AWS CloudTrail: trails, what they record, and the way of the records to the event buses. */
package groundwork.rehearsal.organization.trail;
