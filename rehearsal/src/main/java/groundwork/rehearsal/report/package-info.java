/** Shows a rehearsal to a person. */
package groundwork.rehearsal.report;
