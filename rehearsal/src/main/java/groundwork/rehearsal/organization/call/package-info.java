/** A call to AWS: who makes it and where, to which service, and what IAM is asked about it. */
package groundwork.rehearsal.organization.call;
