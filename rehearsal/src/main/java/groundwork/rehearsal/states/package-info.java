/**
 * Runs state machines written in the JSONata dialect of the Amazon States Language, in virtual time.
 *
 * <p>The interpreter is strict: a definition with a field, state type or error name that it does not implement is
 * refused when it is parsed, and never run differently from AWS Step Functions without saying so.
 *
 * @see <a href="https://states-language.net/spec.html">Amazon States Language</a>
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html">Transforming data with
 *     JSONata in Step Functions</a>
 */
package groundwork.rehearsal.states;
