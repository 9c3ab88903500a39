/** Discrete-event simulation: processes that share one virtual clock and of which exactly one runs at a time. */
package groundwork.rehearsal.simulation;
