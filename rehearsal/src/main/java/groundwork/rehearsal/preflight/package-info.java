/** Looks at a real account before anything is deployed there. */
package groundwork.rehearsal.preflight;
