package groundwork.email.letter;

import groundwork.administrator.Administrator;
import groundwork.email.ExternalText;
import groundwork.email.Look;
import groundwork.email.OwnStack;
import groundwork.email.letter.Block.Button;
import groundwork.email.letter.Block.Fact;
import groundwork.email.letter.Block.Facts;
import groundwork.email.letter.Block.Heading;
import groundwork.email.letter.Block.Link;
import groundwork.email.letter.Block.Paragraph;
import groundwork.email.letter.Block.Reference;
import groundwork.email.letter.Block.Step;
import groundwork.email.letter.Block.Steps;
import groundwork.identitycenter.PortalUrl;
import java.util.ArrayList;
import java.util.List;

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
    private final Administrator administrator;
    private final String userName;

    SignInWording(OwnStack stack, Look look) {
        this.stack = stack;
        this.look = look;
        this.administrator = look.administrator().orElseThrow();
        this.userName = ExternalText.name(administrator.userName(), NAME_LIMIT);
    }

    List<Block> first() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Paragraph(
                "You can now work in %s as its administrator, without the root user. This is where you sign in:"
                        .formatted(look.account())));
        wayIn(blocks);
        whoseAccess(blocks);
        blocks.add(new Heading("The first time"));
        List<Step> steps = new ArrayList<>();
        blocks.add(
                new Paragraph("AWS sends no invitation to a user that a program has set up. There is no other email to"
                        + " look for."));
        steps.add(step("Open the sign-in URL and enter your user name."));
        steps.add(new Step(
                "If AWS then emails you a one-time code, enter it and choose a password. It does so if \"Send email"
                        + " OTP\" is on, in the settings of IAM Identity Center under Authentication.",
                settings()));
        steps.add(new Step(
                "If AWS asks for a password instead and you have none yet, this is how to get one. " + resetPassword(),
                userPage()));
        steps.add(step("When AWS asks you to register an MFA device, do: a passkey or an authenticator app."));
        blocks.add(new Steps(steps));
        blocks.add(new Heading("From then on"));
        blocks.add(
                new Paragraph("Sign in there for everyday work: choose the account, then the permission set. Keep the"
                        + " root user's password and MFA device in a safe place, for the few tasks that only the root user can"
                        + " do."));
        return blocks;
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
        steps.add(new Step("There is no password yet. AWS sends no invitation. " + resetPassword(), userPage()));
        steps.add(step("The email with the one-time code or the password link is in the spam folder."));
        if (!userName.equalsIgnoreCase(stack.administratorEmail())) {
            steps.add(step("The sign-in page wants the user name, %s, not the email address.".formatted(userName)));
        }
        blocks.add(new Steps(steps));
        blocks.add(new Paragraph("If you have signed in already, the record of it did not reach Groundwork. Your next"
                + " sign-in will do."));
        return blocks;
    }

    private void whoseAccess(List<Block> blocks) {
        look.origin().ifPresent(origin -> blocks.add(new Paragraph(origin)));
        blocks.addAll(new AccessWording(stack, look).remark());
    }

    private void wayIn(List<Block> blocks) {
        look.portal().ifPresent(portal -> blocks.add(new Button(new Link("Sign in to AWS", portal.address()))));
        blocks.add(new Facts(List.of(new Fact("User name", userName), new Fact("Email", stack.administratorEmail()))));
        look.portal().flatMap(PortalUrl::alternative).ifPresent(other -> {
            blocks.add(new Paragraph("If that page does not open, the same portal is also here:"));
            blocks.add(new Reference(new Link(other.toString(), other)));
        });
    }

    private String resetPassword() {
        return "As the root user, or as whoever else manages IAM Identity Center, open the page of the user " + userName
                + ", choose \"Reset password\", then \"Send an email to the user with instructions for resetting the"
                + " password\".";
    }

    private List<Link> userPage() {
        return look
                .instance()
                .filter(instance -> administrator.userId().matches("[A-Za-z0-9-]{1,47}"))
                .map(instance -> new Link(
                        "The page of the user " + userName,
                        stack.console().identityCenterUser(instance.instanceArn(), administrator.userId())))
                .stream()
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

    private static Step step(String text) {
        return new Step(text, List.of());
    }
}
