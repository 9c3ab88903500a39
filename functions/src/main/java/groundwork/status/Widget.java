package groundwork.status;

import static groundwork.email.ExternalText.escaped;

import java.util.Optional;

/**
 * A custom widget of a CloudWatch dashboard: HTML without script, whose buttons call functions by elements of CloudWatch's own.
 *
 * @param dark whether the dashboard is dark
 * @param lookAgainArn the function that starts the state machine
 * @param ownArn this function, which the next page of accounts is asked of; empty where nobody knows it
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/add_custom_widget_dashboard_about.html">Details
 *     about custom widgets</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/add_custom_widget_dashboard_interactivity.html">Interactivity
 *     in the custom widget</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/add_custom_widget_dashboard_security.html">Security
 *     and JavaScript</a>
 */
record Widget(boolean dark, String lookAgainArn, Optional<String> ownArn) {
    /** What CloudWatch shows to whoever adds the widget to a dashboard. */
    static final String SHOW_CHECKLIST = """
            ## Groundwork: the checklist
            Shows what has to be true before everyday work in an AWS account is done by an IAM Identity Center administrator. Reads, and
            changes nothing.

            Parameter | Description
            ---|---
            **accountId** | A member account that is looked after. Without it, the account of the stack.
            **accounts** | `{}` lists the member accounts. `{"state": "WAITING"}` lists those in this state: READY, WAITING, BLOCKED, UNKNOWN, FAILED or NOT_ACTIVE.

            ### Example parameters
            ``` yaml
            accountId: "444455556666"
            ```
            """;

    static final String LOOK_AGAIN = """
            ## Groundwork: look again
            Starts the state machine, which looks at the account of the stack again. It has no parameters.
            """;

    String of(Status status) {
        return "<style>\n%s</style>\n<div class=\"groundwork %s\">\n%s%s</div>\n"
                .formatted(
                        StatusPage.STYLE,
                        dark ? "dark" : "light",
                        StatusPage.part(status),
                        switch (status) {
                            case Status.OfAccount account ->
                                account.accountId().equals(account.stack().accountId()) ? lookAgain() : "";
                            case Status.OfMembers members ->
                                members.nextToken() == null
                                        ? ""
                                        : ownArn.map(arn -> nextPage(arn, members))
                                                .orElse("");
                        });
    }

    private String lookAgain() {
        return button(
                "Look again now",
                "<cwdb-action action=\"call\" display=\"popup\" confirmation=\"%s\" endpoint=\"%s\">{}</cwdb-action>"
                        .formatted(
                                "Groundwork will look at the account again, put right what it may, and send what is due. Start it?",
                                escaped(lookAgainArn)));
    }

    private static String nextPage(String ownArn, Status.OfMembers members) {
        String state = members.state() == null ? "" : "\"state\": \"%s\", ".formatted(members.state());
        return button(
                "The next accounts",
                "<cwdb-action action=\"call\" endpoint=\"%s\">{\"accounts\": {%s\"nextToken\": \"%s\"}}</cwdb-action>"
                        .formatted(escaped(ownArn), state, members.nextToken()));
    }

    /** CloudWatch makes a button of a link of this class, and lets the action be of the element before it. */
    private static String button(String label, String action) {
        return "<p><a class=\"btn btn-primary\" role=\"button\" tabindex=\"0\">%s</a>%s</p>\n".formatted(label, action);
    }
}
