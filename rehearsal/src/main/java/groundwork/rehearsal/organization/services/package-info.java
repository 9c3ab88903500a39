/** What answers a call: the operations of each service, as its API reference documents them. */
package groundwork.rehearsal.organization.services;
