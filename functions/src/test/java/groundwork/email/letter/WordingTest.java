package groundwork.email.letter;

import static groundwork.conclusion.Samples.ACCOUNT;
import static groundwork.conclusion.Samples.DEACTIVATED;
import static groundwork.conclusion.Samples.NOT_ENABLED;
import static groundwork.conclusion.Samples.NOT_SIGNED_IN;
import static groundwork.conclusion.Samples.NO_MFA;
import static groundwork.conclusion.Samples.START;
import static groundwork.conclusion.Samples.checklist;
import static groundwork.conclusion.Samples.line;
import static groundwork.conclusion.Samples.look;
import static org.assertj.core.api.Assertions.assertThat;

import groundwork.administrator.Administrator;
import groundwork.checklist.BlockedReason;
import groundwork.checklist.Checklist;
import groundwork.checklist.ChecklistItem;
import groundwork.checklist.Outcome;
import groundwork.checklist.Prerequisite;
import groundwork.conclusion.Samples;
import groundwork.email.Due;
import groundwork.email.Look;
import groundwork.email.MessageKind;
import groundwork.email.OwnStack;
import groundwork.email.Point;
import groundwork.email.Reader;
import groundwork.email.WayIn;
import groundwork.identitycenter.PortalUrl;
import groundwork.request.Cause;
import groundwork.state.OutboxContents;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every kind of email, exactly as it arrives. The texts are in {@code src/test/resources/email}, and as they are now in
 * {@code target/emails}.
 */
class WordingTest {
    private static final ChecklistItem ROOT_MFA = line(Prerequisite.ROOT_MFA, NO_MFA);
    private static final ChecklistItem IDENTITY_CENTER = line(Prerequisite.IDENTITY_CENTER, NOT_ENABLED);
    private static final Checklist OPEN = checklist(ROOT_MFA, IDENTITY_CENTER);

    @ParameterizedTest
    @EnumSource
    void readsAsText(MessageKind kind) throws IOException {
        Message message = sample(kind);

        assertThat(arrived(kind, ".txt", "Subject: " + message.subject().ascii() + "\n\n" + TextRendering.of(message)))
                .isEqualTo(expected(kind, ".txt"));
    }

    @ParameterizedTest
    @EnumSource
    void looksAsHtml(MessageKind kind) throws IOException {
        Message message = sample(kind);

        assertThat(arrived(kind, ".html", HtmlRendering.of(message))).isEqualTo(expected(kind, ".html"));
    }

    @Test
    void signIn_whenOwnerGaveThePortalUrl_showsThatAlone() {
        Look look = withPortal(PortalUrl.given("https://example.awsapps.com/start"));

        assertThat(text(
                        look,
                        new Due(
                                MessageKind.SIGN_IN,
                                Reader.ADMINISTRATOR,
                                List.of(new Point.Whole(Samples.occasions("SIGN_IN#user-1"))))))
                .contains("https://example.awsapps.com/start\n")
                .doesNotContain("If that page does not open")
                .doesNotContain("d-9067012345");
    }

    @Test
    void signInReminder_whenUserNameIsTheEmailAddress_doesNotWarnOfMixingThemUp() {
        Look look = withAdministrator(new Administrator("user-1", "Ada@example.com"));

        Due due = new Due(
                MessageKind.SIGN_IN_REMINDER,
                Reader.ADMINISTRATOR,
                List.of(new Point.Repetition(1, Samples.occasions("x"))));

        assertThat(unwrapped(text(look(), due))).contains("not the email address");
        assertThat(unwrapped(text(look, due))).doesNotContain("not the email address");
    }

    @Test
    void signInReminder_whenItIsTheLast_saysSo() {
        assertThat(text(
                        look(),
                        new Due(
                                MessageKind.SIGN_IN_REMINDER,
                                Reader.ADMINISTRATOR,
                                List.of(new Point.Repetition(4, Samples.occasions("x"))))))
                .contains("This was the last reminder.");
    }

    @Test
    void needsYouAgain_whenSomethingLimitsTheAccess_saysWhatAndWhereToLook() {
        ChecklistItem limited = line(
                Prerequisite.ADMIN_ACCESS,
                Outcome.Blocked.because(
                        BlockedReason.ACCESS_LIMITED,
                        "The policy AWSDenyAll denies iam:CreateRole.",
                        URI.create("https://console.aws.amazon.com/iam/home#/roles/details/R")));

        assertThat(unwrapped(text(
                        look(), new Due(MessageKind.NEEDS_YOU_AGAIN, Reader.ADMINISTRATOR, List.of(open(limited))))))
                .contains("The policy AWSDenyAll denies iam:CreateRole. Groundwork leaves it as it is")
                .contains(
                        "Look at the role, in the IAM console: https://console.aws.amazon.com/iam/home#/roles/details/R");
    }

    @Test
    void reminder_whenItIsTheLastOfALine_saysSoAtThatLine() {
        Due due = new Due(MessageKind.REMINDER, Reader.ADMINISTRATOR, List.of(open(ROOT_MFA)));

        assertThat(message(look(), due, OPEN, START.plus(Duration.ofDays(14))))
                .extracting(TextRendering::of)
                .asString()
                .contains("Open since 20 November 2026. This is the last reminder about it.");
    }

    @Test
    void repaired_whenTheSameWasNotedTwice_saysItOnce() {
        OutboxContents.Repair repair = repair("look-1");
        Due due = new Due(
                MessageKind.REPAIRED,
                Reader.ADMINISTRATOR,
                List.of(
                        new Point.Repaired(repair, Samples.occasions("a")),
                        new Point.Repaired(repair("look-2"), Samples.occasions("b"))));

        assertThat(text(look(), due).split("put back into the group", -1)).hasSize(2);
    }

    @Test
    void repaired_whenNoChangeIsTheCause_namesNone() {
        Look look = look("Example", new Cause.Schedule());

        assertThat(text(
                        look,
                        new Due(
                                MessageKind.REPAIRED,
                                Reader.ADMINISTRATOR,
                                List.of(new Point.Repaired(repair("look-1"), Samples.occasions("a"))))))
                .doesNotContain("What set this off");
    }

    @ParameterizedTest
    @CsvSource({"eu-central-1/../x, 8a7b6c5d", ", 8a7b6c5d", "eu-central-1, ../x", "eu-central-1,"})
    void repaired_whenTheEventCannotBeNamed_namesTheChangeAlone(String region, String eventId) {
        Cause cause = new Cause.Change("RemoveMemberFromGroup", " ", null, region, eventId);

        assertThat(text(
                        look("Example", cause),
                        new Due(
                                MessageKind.REPAIRED,
                                Reader.ADMINISTRATOR,
                                List.of(new Point.Repaired(repair("look-1"), Samples.occasions("a"))))))
                .contains("RemoveMemberFromGroup")
                .doesNotContain("Who", "../x", "cloudtrailv2");
    }

    @Test
    void theAccessOfSomebodyWhoHasSignedInBefore_isToldWithoutWhatIsForTheFirstTime() {
        Message message =
                wording(Samples.STACK, WayIn.KNOWN).of(List.of(whole(MessageKind.SIGN_IN, Reader.ADMINISTRATOR)));

        assertThat(TextRendering.of(message))
                .contains("Groundwork has given you access to AWS account 111122223333", "find out who started")
                .doesNotContain("The first time", "reset password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "a.b", "x y", "\u540D"})
    void anExecutionWithANameThatAPersonMadeUp_isNotLinked(String name) {
        Look look = Samples.lookOf(
                ACCOUNT,
                "Example",
                "arn:aws:states:eu-central-1:111122223333:execution:groundwork-account-setup:" + name,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());

        assertThat(text(look, new Due(MessageKind.WAITING, Reader.ADMINISTRATOR, List.of(open(ROOT_MFA)))))
                .doesNotContain("What Groundwork did this time", name);
    }

    @Test
    void ready_whenItWasReadyBefore_saysAgain() {
        Due due = new Due(
                MessageKind.READY,
                Reader.ADMINISTRATOR,
                List.of(new Point.Repetition(1, Samples.occasions("READY#13"))));

        assertThat(message(look(), due, checklist(), START).subject().line())
                .isEqualTo("AWS 111122223333: your account is ready again");
    }

    @Test
    void ready_tellsWhoOwnsTheAccount_howTheRestOfTheOrganizationIsSetUp_unlessTheStackLooksAfterIt() {
        assertThat(ready(Samples.STACK, Reader.ADMINISTRATOR)).contains("OrganizationId");
        assertThat(ready(Samples.STACK_OF_TWO_PEOPLE, Reader.OWNER)).contains("OrganizationId");
        assertThat(ready(Samples.STACK_OF_TWO_PEOPLE, Reader.ADMINISTRATOR)).doesNotContain("OrganizationId");
        assertThat(ready(Samples.STACK_OF_A_HUB, Reader.ADMINISTRATOR)).doesNotContain("OrganizationId");
    }

    private static String ready(OwnStack stack, Reader reader) {
        Due due = new Due(MessageKind.READY, reader, List.of(new Point.Repetition(0, Samples.occasions("READY#13"))));
        return TextRendering.of(wording(stack, WayIn.CODE_OR_PASSWORD).of(List.of(due)));
    }

    @Test
    void everyEmail_whenTheAccountNameIsUnknown_namesTheIdAlone() {
        assertThat(text(look("", null), new Due(MessageKind.WAITING, Reader.ADMINISTRATOR, List.of(open(ROOT_MFA)))))
                .containsIgnoringWhitespaces("What is left to do in AWS account 111122223333 needs a person");
    }

    @Test
    void everyEmail_fromOutsideAnExecution_linksToNone() {
        Due due = new Due(MessageKind.WAITING, Reader.ADMINISTRATOR, List.of(open(ROOT_MFA)));
        Look look = look();
        Look outside = Samples.lookOf(
                ACCOUNT,
                look.accountName(),
                null,
                look.cause(),
                look.instance(),
                look.administrator(),
                look.portal(),
                look.findings().all());

        assertThat(text(look, due)).contains("What Groundwork did this time");
        assertThat(text(outside, due)).doesNotContain("What Groundwork did this time");
    }

    @ParameterizedTest
    @EnumSource(names = {"SIGN_IN", "READY"})
    void whereOthersHaveAccess_thatIsSaid(MessageKind kind) {
        Due due = new Due(kind, Reader.ADMINISTRATOR, List.of(new Point.Whole(Samples.occasions("x"))));

        assertThat(unwrapped(text(Samples.lookWithOthers(), due)))
                .contains(
                        "The group Administrators of IAM Identity Center lets in 3 others (mallory, bob and 1 more) as well.");
        assertThat(text(look(), due)).doesNotContain("lets in");
    }

    @Test
    void signIn_whenSomebodyElseMadeTheUser_saysWhoAndWhen() {
        Due due = new Due(MessageKind.SIGN_IN, Reader.ADMINISTRATOR, List.of(new Point.Whole(Samples.occasions("x"))));

        assertThat(unwrapped(text(Samples.lookWithOthers(), due)))
                .contains("Groundwork did not make the user ada: it was made on 19 November 2026, 08:00 UTC by");
    }

    @ParameterizedTest
    @EnumSource
    void everySubject_isShownWholeOnAPhone(MessageKind kind) {
        assertThat(sample(kind).subject().ascii()).hasSizeLessThanOrEqualTo(50);
    }

    @Test
    void whatIsDueTogether_isOneEmail() {
        Message together = wording(Samples.STACK, WayIn.CODE_OR_PASSWORD)
                .of(List.of(
                        whole(MessageKind.SIGN_IN, Reader.ADMINISTRATOR),
                        new Due(MessageKind.WAITING, Reader.ADMINISTRATOR, List.of(open(ROOT_MFA)))));

        assertThat(together.subject().line()).isEqualTo("AWS 111122223333 (Example): your sign-in URL, more");
        assertThat(TextRendering.of(together))
                .containsSubsequence(
                        "Hello Ada,", "The first time", "1 step waits for you\n---", "Protect the root user")
                .containsOnlyOnce("Hello")
                .containsOnlyOnce("What comes next: Groundwork notices")
                .containsOnlyOnce("Groundwork wrote this");
    }

    @ParameterizedTest
    @CsvSource({
        "ADMINISTRATOR, 'Hello Ada,'",
        "OWNER,         'Hello,'",
    })
    void anOwnerWhoIsNotTheAdministrator_isNotCalledByTheAdministratorsName(Reader reader, String hello) {
        Due due = new Due(MessageKind.WAITING, reader, List.of(open(ROOT_MFA)));

        assertThat(TextRendering.of(wording(Samples.STACK_OF_TWO_PEOPLE, WayIn.CODE_OR_PASSWORD)
                        .of(List.of(due))))
                .startsWith(hello + "\n");
        assertThat(text(look(), due)).startsWith("Hello Ada,\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ELSEWHERE        | sends you to the sign-in page of your organization | one-time code",
                "ONE_TIME_CODE    | AWS then emails you a one-time code                | Reset password",
                "CODE_OR_PASSWORD | AWS then emails you a one-time code                | sign in as you always do",
                "CODE_OR_PASSWORD | choose \"Reset password\"                          | sign-in page of your organization",
                "PERHAPS_INVITED  | If AWS has sent you an invitation                  | AWS sends no invitation",
                "PERHAPS_INVITED  | choose \"Reset password\"                          | sign-in page of your organization",
            })
    void signIn_saysWhatWillHappenToThisReader(WayIn wayIn, String said, String unsaid) {
        Message message = wording(Samples.STACK, wayIn).of(List.of(whole(MessageKind.SIGN_IN, Reader.ADMINISTRATOR)));

        assertThat(unwrapped(TextRendering.of(message))).contains(said).doesNotContain(unsaid);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ELSEWHERE        | assign AWS to you | one-time code",
                "ONE_TIME_CODE    | one-time code     | Reset password",
                "CODE_OR_PASSWORD | Reset password    | assign AWS to you",
            })
    void signInReminder_saysWhatMayHaveGoneWrongForThisReader(WayIn wayIn, String said, String unsaid) {
        Due due = new Due(
                MessageKind.SIGN_IN_REMINDER,
                Reader.ADMINISTRATOR,
                List.of(new Point.Repetition(1, Samples.occasions("x"))));

        assertThat(unwrapped(TextRendering.of(wording(Samples.STACK, wayIn).of(List.of(due)))))
                .contains(said)
                .doesNotContain(unsaid);
    }

    @Test
    void signIn_whereTheOwnerIsSomebodyElse_saysWhoHelps() {
        Message message = wording(Samples.STACK_OF_TWO_PEOPLE, WayIn.CODE_OR_PASSWORD)
                .of(List.of(whole(MessageKind.SIGN_IN, Reader.ADMINISTRATOR)));

        assertThat(unwrapped(TextRendering.of(message)))
                .contains("Ask the owner of the account, owner@example.com, to turn it on or to reset your password.")
                .doesNotContain("Reset password");
    }

    /** Once, where the email uses it first, and never inside a name or before a genitive. */
    @Test
    void whatAwsCallsThings_isExplainedOnce() {
        String text = unwrapped(text(
                look(),
                new Due(MessageKind.WAITING, Reader.ADMINISTRATOR, List.of(open(ROOT_MFA), open(IDENTITY_CENTER)))));

        assertThat(text)
                .containsOnlyOnce("root user (who signs in with the account's email address and may do everything) has")
                .containsOnlyOnce("no MFA (a second proof beside the password).")
                .containsOnlyOnce("in Region eu-central-1 (a place where AWS runs its services), press Enable")
                .contains("Protect the root user with MFA");
    }

    private static Due whole(MessageKind kind, Reader reader) {
        return new Due(kind, reader, List.of(new Point.Whole(Samples.occasions("x"))));
    }

    /** AWS has invited whom somebody made in the console, and nobody tells Groundwork whether that was so. */
    @Test
    void theOwner_isNotToldOfAPasswordThatIsMissing_whereTheUserMayHaveOne() {
        String owner = unwrapped(TextRendering.of(wording(Samples.STACK_OF_TWO_PEOPLE, WayIn.PERHAPS_INVITED)
                .of(List.of(whole(MessageKind.FIRST_PASSWORD, Reader.OWNER)))));

        assertThat(owner)
                .contains("Somebody else made the user ada: if that was in the console, AWS has sent an invitation")
                .contains("Otherwise the user has no password, and nobody but you can change that.");
    }

    private static Wording wording(OwnStack stack, WayIn wayIn) {
        return new Wording(stack, look(), OPEN, wayIn, START, START);
    }

    private static String unwrapped(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private static Message sample(MessageKind kind) {
        Instant tenDaysLater = START.plus(Duration.ofDays(10));
        return switch (kind) {
            case SIGN_IN ->
                message(
                        look(),
                        new Due(kind, Reader.ADMINISTRATOR, List.of(new Point.Whole(Samples.occasions("SIGN_IN#1")))),
                        checklist(line(Prerequisite.FIRST_SIGN_IN, NOT_SIGNED_IN)),
                        START);
            case SIGN_IN_REMINDER ->
                message(
                        look(),
                        new Due(kind, Reader.ADMINISTRATOR, List.of(new Point.Repetition(2, Samples.occasions("x")))),
                        OPEN,
                        START);
            case FIRST_PASSWORD ->
                ofTwoPeople(new Due(kind, Reader.OWNER, List.of(new Point.Whole(Samples.occasions("x")))), START);
            case WAITING ->
                message(
                        look(),
                        new Due(kind, Reader.ADMINISTRATOR, List.of(open(ROOT_MFA), open(IDENTITY_CENTER))),
                        OPEN,
                        START);
            case NEEDS_YOU_AGAIN ->
                message(
                        look("Example", DEACTIVATED),
                        new Due(kind, Reader.ADMINISTRATOR, List.of(open(ROOT_MFA))),
                        OPEN,
                        START);
            case REMINDER ->
                message(look(), new Due(kind, Reader.ADMINISTRATOR, List.of(open(ROOT_MFA))), OPEN, tenDaysLater);
            case REPAIRED ->
                message(
                        look("Example", removedFromGroup()),
                        new Due(
                                kind,
                                Reader.ADMINISTRATOR,
                                List.of(new Point.Repaired(repair("look-1"), Samples.occasions("x")))),
                        checklist(),
                        START);
            case EXISTING_USER ->
                message(
                        Samples.lookWithOthers(),
                        new Due(
                                kind,
                                Reader.ADMINISTRATOR,
                                List.of(new Point.Whole(Samples.occasions("EXISTING_USER#1")))),
                        OPEN,
                        START);
            case OTHERS ->
                message(
                        Samples.lookWithOthers(),
                        new Due(
                                kind,
                                Reader.ADMINISTRATOR,
                                Samples.OTHERS.members().stream()
                                        .<Point>map(member -> new Point.Other(member, Samples.occasions("x")))
                                        .toList()),
                        OPEN,
                        START);
            case DIFFERENCE ->
                message(
                        look(),
                        new Due(
                                kind,
                                Reader.ADMINISTRATOR,
                                List.of(new Point.Noticed(
                                        Prerequisite.ADMIN_ACCESS,
                                        "The permission set AdministratorAccess was made by another stack, arn:aws:cloudformation:eu-central-1:111122223333:stack/other/5f8e2d10-3a1b-4c2d-9e8f-0a1b2c3d4e5f, and its sessions last PT8H, not PT4H as this stack has it. Groundwork leaves it as it is.",
                                        Samples.occasions("DIFFERENCE#1")))),
                        checklist(),
                        START);
            case READY ->
                message(
                        look(),
                        new Due(kind, Reader.ADMINISTRATOR, List.of(new Point.Whole(Samples.occasions("READY#12")))),
                        checklist(line(
                                Prerequisite.SIGN_IN_EMAIL,
                                new Outcome.NotApplicable("The administrator knows the way in."))),
                        START);
            case ESCALATION ->
                ofTwoPeople(
                        new Due(kind, Reader.OWNER, List.of(open(line(Prerequisite.FIRST_SIGN_IN, NOT_SIGNED_IN)))),
                        START.plus(Duration.ofDays(15)));
            case CHANNEL_BROKEN ->
                message(
                        look(),
                        new Due(
                                kind,
                                Reader.ADMINISTRATOR,
                                List.of(open(line(Prerequisite.EMAIL_CHANNEL, Samples.UNSUBSCRIBED)))),
                        OPEN,
                        START);
        };
    }

    private static Cause removedFromGroup() {
        return new Cause.Change(
                "RemoveMemberFromGroup",
                "arn:aws:sts::111122223333:assumed-role/OrganizationAccountAccessRole/bob",
                Instant.parse("2026-11-24T14:03:22Z"),
                "eu-central-1",
                "8a7b6c5d-1111-2222-3333-444455556666");
    }

    private static OutboxContents.Repair repair(String id) {
        return new OutboxContents.Repair(
                id, Prerequisite.ADMIN_ACCESS, "The user ada was put back into the group Administrators.", START);
    }

    private static Point open(ChecklistItem item) {
        return new Point.OpenLine(item, Samples.occasions("x"));
    }

    private static Look withAdministrator(Administrator administrator) {
        Look look = look();
        return Samples.lookOf(
                ACCOUNT,
                look.accountName(),
                look.executionArn(),
                look.cause(),
                look.instance(),
                Optional.of(administrator),
                look.portal(),
                look.findings().all());
    }

    private static Look withPortal(PortalUrl portal) {
        Look look = look();
        return Samples.lookOf(
                ACCOUNT,
                look.accountName(),
                look.executionArn(),
                look.cause(),
                look.instance(),
                look.administrator(),
                Optional.of(portal),
                look.findings().all());
    }

    private static Message ofTwoPeople(Due due, Instant now) {
        return new Wording(Samples.STACK_OF_TWO_PEOPLE, look(), OPEN, WayIn.CODE_OR_PASSWORD, START, now)
                .of(List.of(due));
    }

    private static String text(Look look, Due due) {
        return text(look, due, OPEN);
    }

    private static String text(Look look, Due due, Checklist checklist) {
        return TextRendering.of(message(look, due, checklist, START));
    }

    private static Message message(Look look, Due due, Checklist checklist, Instant now) {
        return new Wording(Samples.STACK, look, checklist, WayIn.CODE_OR_PASSWORD, START, now).of(List.of(due));
    }

    private static String arrived(MessageKind kind, String extension, String content) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "emails"));
        Files.writeString(folder.resolve(fileName(kind, extension)), content);
        return content;
    }

    private static String expected(MessageKind kind, String extension) throws IOException {
        try (InputStream file = WordingTest.class.getResourceAsStream("/email/" + fileName(kind, extension))) {
            return file == null ? "(missing)" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String fileName(MessageKind kind, String extension) {
        return kind.words().replace(' ', '-') + extension;
    }
}
