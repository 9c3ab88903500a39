/** Runs Groundwork on one machine: the real definition and handlers against an embedded AWS organization, in virtual time. */
package groundwork.rehearsal;
