/** The Lambda functions of Groundwork; the packages below follow the checklist. */
package groundwork;
