/**
 * Decides as AWS documents it whether IAM policies allow a request. What is not implemented (an operator, a policy
 * variable, an element) is refused when a policy is read and never ignored.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">Policy
 *     evaluation logic</a>
 */
package groundwork.rehearsal.policy;
