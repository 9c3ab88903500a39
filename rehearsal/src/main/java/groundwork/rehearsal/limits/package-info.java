/** What AWS takes: lengths, patterns, ranges and numbers of entries of the properties of resources, from AWS's own data. */
package groundwork.rehearsal.limits;
