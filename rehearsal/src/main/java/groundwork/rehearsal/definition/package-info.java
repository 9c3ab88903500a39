/** Shows the definition of the state machine to people: its text in lines that can be read, and a picture of it. */
package groundwork.rehearsal.definition;
