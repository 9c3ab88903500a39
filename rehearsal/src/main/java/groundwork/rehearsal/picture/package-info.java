/**
 * Draws a state machine definition for people: the path on which everything goes well from top to bottom, what happens
 * beside it at its side, and the handling of failures once.
 */
package groundwork.rehearsal.picture;
