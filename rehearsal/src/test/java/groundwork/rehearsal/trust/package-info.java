/**
 * Plays the scenarios while AWS fails, while executions get in each other's way, and while things become visible late,
 * and says whether what must always hold did hold.
 */
package groundwork.rehearsal.trust;
