/** The stories that a rehearsal plays, and what has to come of them. */
package groundwork.rehearsal.scenario;
