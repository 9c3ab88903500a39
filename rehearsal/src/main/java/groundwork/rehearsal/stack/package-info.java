/** Deploys an expanded template on this machine: its functions, state machines, rules, roles and tables as they are wired. */
package groundwork.rehearsal.stack;
