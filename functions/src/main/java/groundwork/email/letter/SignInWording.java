package groundwork.email.letter;

import groundwork.email.ExternalText;
import groundwork.email.Look;
import groundwork.email.OwnStack;
import groundwork.email.WayIn;
import groundwork.email.letter.Block.Button;
import groundwork.email.letter.Block.Fact;
import groundwork.email.letter.Block.Facts;
import groundwork.email.letter.Block.Heading;
import groundwork.email.letter.Block.Line;
import groundwork.email.letter.Block.Lines;
import groundwork.email.letter.Block.Link;
import groundwork.email.letter.Block.Mark;
import groundwork.email.letter.Block.Paragraph;
import groundwork.email.letter.Block.Reference;
import groundwork.email.letter.Block.Step;
import groundwork.email.letter.Block.Steps;
import groundwork.identitycenter.PortalUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The emails that tell the administrator the way in.
 *
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/userguide/userswithoutpwd.html">Email one-time
 *     password to users created with the API</a>
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/userguide/resetpasswordforuser.html">Reset the IAM
 *     Identity Center user password for an end user</a>
 */
final class SignInWording {
    private static final int NAME_LIMIT = 128;

    private final OwnStack stack;
    private final Look look;
    private final WayIn wayIn;
    private final String userName;

    SignInWording(OwnStack stack, Look look, WayIn wayIn) {
        this.stack = stack;
        this.look = look;
        this.wayIn = wayIn;
        this.userName = ExternalText.name(look.administrator().orElseThrow().userName(), NAME_LIMIT);
    }

    List<Block> first() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Paragraph(
                "You can now work in %s as its administrator, without the root user. This is where you sign in:"
                        .formatted(look.account())));
        wayIn(blocks);
        whoseAccess(blocks);
        blocks.add(new Heading("The first time"));
        blocks.addAll(theFirstTime());
        blocks.add(new Heading("From then on"));
        blocks.add(
                new Paragraph("Sign in there for everyday work: choose the account, then the permission set. Keep the"
                        + " root user's password and MFA device in a safe place, for the few tasks that only the root user can"
                        + " do."));
        return blocks;
    }

    private List<Block> theFirstTime() {
        return switch (wayIn) {
            case ELSEWHERE ->
                List.of(steps(
                        step("Open the portal. It sends you to the sign-in page of your organization."),
                        step("Sign in there with the password that you have there. AWS has none of yours.")));
            case ONE_TIME_CODE -> List.of(NO_INVITATION, steps(open(), step(CODE), registerMfa()));
            case CODE_OR_PASSWORD, KNOWN ->
                List.of(NO_INVITATION, steps(open(), step(CODE), passwordAsked(), registerMfa()));
            case PERHAPS_INVITED ->
                List.of(steps(
                        step("If you have signed in there before, sign in as you always do, and that is all."),
                        step(
                                "If AWS has sent you an invitation to IAM Identity Center, accept it and choose a password."),
                        step("Otherwise open the portal and enter your user name. " + CODE),
                        passwordAsked(),
                        registerMfa()));
        };
    }

    /** To somebody who has signed in before: there is access that was not there. */
    List<Block> more() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Paragraph(
                "Groundwork has given you access to %s as its administrator. This is where you sign in, as before:"
                        .formatted(look.account())));
        wayIn(blocks);
        whoseAccess(blocks);
        blocks.add(new Paragraph(
                "If you did not expect this, find out who started Groundwork for this account, and why."));
        return blocks;
    }

    List<Block> again() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Paragraph(
                "You can work in %s as its administrator, but Groundwork has not seen you sign in yet. This is where:"
                        .formatted(look.account())));
        wayIn(blocks);
        blocks.add(new Heading("What usually goes wrong"));
        List<Step> steps = new ArrayList<>();
        if (wayIn.mayNeedPassword()) {
            steps.add(passwordAsked());
        }
        if (wayIn == WayIn.ELSEWHERE) {
            steps.add(step(
                    "The portal sends you to your organization's own sign-in page, and that does not know you there."
                            + " Ask whoever looks after it to assign AWS to you."));
        } else {
            steps.add(step("The email with the one-time code or the password link is in the spam folder."));
        }
        if (!userName.equalsIgnoreCase(stack.administratorEmail())) {
            steps.add(step("The sign-in page wants the user name, %s, not the email address.".formatted(userName)));
        }
        blocks.add(new Steps(steps));
        blocks.add(new Paragraph("If you have signed in already, the record of it did not reach Groundwork. Your next"
                + " sign-in will do."));
        return blocks;
    }

    /** To the owner, if that is not the administrator. */
    List<Block> firstPassword() {
        List<Block> blocks = new ArrayList<>();
        String made = wayIn == WayIn.PERHAPS_INVITED
                ? "Somebody else made the user %s: if that was in the console, AWS has sent an invitation, and there is nothing to do. Neither is there if"
                : "Groundwork made the user %s. There is nothing to do if";
        blocks.add(
                new Paragraph(
                        "%s has been told how to sign in to %s as its administrator. "
                                        .formatted(stack.administratorEmail(), look.account())
                                + made.formatted(userName)
                                + " \"Send email OTP\" is on in IAM Identity Center. Otherwise the user has no password, and nobody but you can change that."));
        blocks.add(new Lines(List.of(new Line(
                Mark.OPEN,
                "Turn on \"Send email OTP\", or reset the password",
                List.of(
                        "With \"Send email OTP\" on, AWS emails a one-time code at the first sign-in: open the settings of IAM Identity Center, choose Authentication, then Configure next to Standard authentication.",
                        "Or " + resetPassword()),
                Stream.concat(settings().stream(), userPage().stream()).toList()))));
        return blocks;
    }

    private void whoseAccess(List<Block> blocks) {
        look.origin().ifPresent(origin -> blocks.add(new Paragraph(origin)));
        blocks.addAll(new AccessWording(stack, look).remark());
    }

    private void wayIn(List<Block> blocks) {
        look.portal()
                .ifPresent(portal -> blocks.add(new Button(new Link("Open the AWS access portal", portal.address()))));
        blocks.add(new Facts(List.of(new Fact("User name", userName), new Fact("Email", stack.administratorEmail()))));
        look.portal().flatMap(PortalUrl::alternative).ifPresent(other -> {
            blocks.add(new Paragraph("If that page does not open, the same portal is also here:"));
            blocks.add(new Reference(new Link(other.toString(), other)));
        });
    }

    private static final Block NO_INVITATION =
            new Paragraph("AWS sends no invitation to a user that a program has set up, so do not wait for one.");
    private static final String CODE = "AWS then emails you a one-time code. Enter it and choose a password.";

    private static Step open() {
        return step("Open the portal and enter your user name.");
    }

    private static Step registerMfa() {
        return step("When AWS asks you to register an MFA device, do: a passkey or an authenticator app.");
    }

    private Step passwordAsked() {
        String asked = "If AWS asks for a password instead, and you have none, \"Send email OTP\" is off. ";
        return stack.ownerEmail()
                .map(owner -> step(asked
                        + "Ask the owner of the account, %s, to turn it on or to reset your password."
                                .formatted(owner)))
                .orElseGet(() -> new Step(
                        asked + "As the root user, or as whoever else manages IAM Identity Center, " + resetPassword(),
                        userPage()));
    }

    private String resetPassword() {
        return ("open the page of the user %s, choose \"Reset password\", then \"Send an email to the user with"
                        + " instructions for resetting the password\".")
                .formatted(userName);
    }

    private List<Link> userPage() {
        return look.userPage(stack.console()).map(page -> new Link("The page of the user " + userName, page)).stream()
                .toList();
    }

    private List<Link> settings() {
        return look
                .instance()
                .map(instance -> new Link(
                        "The settings of IAM Identity Center",
                        stack.console().identityCenterSettings(instance.instanceArn())))
                .stream()
                .toList();
    }

    private static Steps steps(Step... steps) {
        return new Steps(List.of(steps));
    }

    private static Step step(String text) {
        return new Step(text, List.of());
    }
}
