/**
 * Reads a CloudFormation or SAM template and resolves it for one deployment, so that the rehearsal runs the wiring that
 * is deployed and not a copy of it. Whatever the reader does not know is an error that names the place.
 */
package groundwork.rehearsal.template;
