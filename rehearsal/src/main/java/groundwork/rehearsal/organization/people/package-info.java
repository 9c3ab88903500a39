/** What people do, in a console, at the access portal or by following a link, and the events of their acts. */
package groundwork.rehearsal.organization.people;
