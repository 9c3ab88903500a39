/** What the services keep: accounts, users, groups, permission sets, topics, rules and mail. */
package groundwork.rehearsal.organization.store;
