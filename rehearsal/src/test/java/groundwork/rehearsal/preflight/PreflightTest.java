package groundwork.rehearsal.preflight;

import static groundwork.rehearsal.template.ProjectTemplate.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groundwork.rehearsal.organization.EmbeddedOrganization;
import groundwork.rehearsal.organization.OrganizationBuilder;
import groundwork.rehearsal.organization.call.AccessChecks;
import groundwork.rehearsal.organization.call.Call;
import groundwork.rehearsal.organization.call.CallObserver;
import groundwork.rehearsal.organization.call.Caller;
import groundwork.rehearsal.organization.trail.Trail;
import groundwork.rehearsal.report.Style;
import groundwork.rehearsal.stack.Clients;
import groundwork.rehearsal.template.TemplateException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.freetier.FreeTierClient;
import software.amazon.awssdk.services.freetier.model.AccessDeniedException;
import software.amazon.awssdk.services.freetier.model.AccountPlanType;
import software.amazon.awssdk.services.freetier.model.CurrencyCode;
import software.amazon.awssdk.services.freetier.model.GetAccountPlanStateRequest;
import software.amazon.awssdk.services.freetier.model.GetAccountPlanStateResponse;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;

@Tag("slow")
class PreflightTest {
    private static final String MANAGEMENT = "111122223333";
    private static final String MEMBER = "444455556666";
    private static final Region HOME = Region.EU_WEST_1;
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-02T09:00:00Z"));
    private static final String[] ADA = {"--email", "ada@example.com", "--given-name", "Ada", "--family-name", "King"};

    private final List<Call> calls = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private EmbeddedOrganization organization = build(company().identityCenter(HOME));
    private Caller person = Caller.role(MANAGEMENT, "Owner", "grace");
    private String output = "";
    private Supplier<GetAccountPlanStateResponse> accountPlan = () -> {
        throw AccessDeniedException.builder().message("not authorized").build();
    };

    /** Answers of AWS Free Tier, which the embedded organization does not know. */
    private record AccountPlans(Supplier<GetAccountPlanStateResponse> state) implements FreeTierClient {
        @Override
        public GetAccountPlanStateResponse getAccountPlanState(GetAccountPlanStateRequest request) {
            return state.get();
        }

        @Override
        public String serviceName() {
            return FreeTierClient.SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    @Test
    void sayWhoLooksAtWhichAccount() {
        assertThat(preflight(HOME, ADA)).isZero();

        assertThat(output)
                .contains(
                        "Account    111122223333 \"Ada's company\", alias ada-co, the management account of organization o-")
                .contains("You are    arn:aws:sts::111122223333:assumed-role/Owner/grace")
                .contains("Region     eu-west-1, the primary Region of IAM Identity Center");
    }

    @Test
    void inANewAccountEverythingWouldBeCreatedAndPeopleKnowTheirSteps() {
        assertThat(preflight(HOME, ADA)).isZero();

        assertThat(output)
                .containsSubsequence(
                        "needs a person  ROOT_MFA",
                        "https://console.aws.amazon.com/iam/home#/security_credentials",
                        "needs a person  EMAIL_CHANNEL",
                        "asks ada@example.com to confirm",
                        "as it should be IDENTITY_CENTER",
                        "would create    ADMIN_USER       create user ada@example.com",
                        "would create    ADMIN_ACCESS     create permission set AdministratorAccess",
                        "create assignment to account 111122223333",
                        "comes later     SIGN_IN_EMAIL",
                        "needs a person  FIRST_SIGN_IN",
                        "would create    CHANGE_EVENTS",
                        "✓ Groundwork can be deployed.");
    }

    @Test
    void onlyReadsReachTheAccount() {
        preflight(HOME, ADA);

        assertThat(calls).isNotEmpty().noneMatch(Call::isWrite);
        assertThat(calls).extracting(Call::name).noneMatch(name -> name.startsWith("dynamodb:"));
    }

    @Test
    void whenIdentityCenterIsInAnotherRegion_thePlanAndTheCommandAreForThatRegion() {
        assertThat(preflight(Region.US_EAST_1, ADA)).isZero();

        assertThat(output)
                .contains("Region     eu-west-1, the primary Region of IAM Identity Center, instead of us-east-1")
                .contains("./deploy --region eu-west-1 ada@example.com Ada King \\")
                .contains("would create    ADMIN_USER");
    }

    @Test
    void whenIdentityCenterIsNotEnabled_itCanBeDeployedAndWaitsForAPerson() {
        organization = build(company());

        assertThat(preflight(Region.US_EAST_2, ADA)).isZero();

        assertThat(output)
                .contains("Region     us-east-2, where IAM Identity Center is to be enabled; it cannot move later")
                .contains("needs a person  IDENTITY_CENTER")
                .contains("comes later     ADMIN_USER       IAM Identity Center is not enabled yet.");
    }

    @Test
    void onTheFreePlan_itSaysWhatEnablingDoesToTheCredits() {
        standalone();
        accountPlan = () -> GetAccountPlanStateResponse.builder()
                .accountPlanType(AccountPlanType.FREE)
                .accountPlanRemainingCredits(amount -> amount.amount(87.5).unit(CurrencyCode.USD))
                .build();

        assertThat(preflight(Region.US_EAST_2, ADA)).isZero();

        assertThat(output).contains("Plan       the Free Plan, with credits of 87.50 USD\n");
        assertThat(output.replaceAll("\\s+", " "))
                .contains(
                        "Note The account is on the Free Plan. Enabling IAM Identity Center creates an organization, which moves"
                                + " the account to the paid plan, and AWS says: \"your free tier credits expire immediately\".");
    }

    @Test
    void onThePaidPlan_nothingIsSaidOfCredits() {
        standalone();
        accountPlan = () -> GetAccountPlanStateResponse.builder()
                .accountPlanType(AccountPlanType.PAID)
                .build();

        preflight(Region.US_EAST_2, ADA);

        assertThat(output)
                .contains(
                        "111122223333 \"Ada's company\", in no organization; enabling IAM Identity Center makes it the")
                .contains("Plan       the paid plan\n")
                .doesNotContain("Note ");
    }

    @Test
    void whenAwsDoesNotSayThePlan_itSaysWhatEnablingWouldDo_andNothingBlocks() {
        standalone();

        assertThat(preflight(Region.US_EAST_2, ADA)).isZero();

        assertThat(output.replaceAll("\\s+", " "))
                .contains(
                        "Note AWS did not say whether the account is on the Free Plan. If it is: Enabling IAM Identity Center")
                .contains("None: AWS denied nothing that the plan reads.");
    }

    @Test
    void whenThereIsAnOrganization_enablingDoesNothingToThePlan() {
        organization = build(company());
        accountPlan = () -> GetAccountPlanStateResponse.builder()
                .accountPlanType(AccountPlanType.FREE)
                .build();

        preflight(Region.US_EAST_2, ADA);

        assertThat(output).contains("Plan       the Free Plan\n").doesNotContain("Note ");
    }

    private void standalone() {
        organization = build(EmbeddedOrganization.builder(CLOCK)
                .standaloneAccount(MANAGEMENT, "Ada's company", "owner@example.com"));
    }

    @Test
    void inAnOrdinaryMemberAccountItSaysWhereToGoAndBlocks() {
        person = Caller.role(MEMBER, "Owner", "grace");

        assertThat(preflight(HOME, ADA)).isEqualTo(1);

        assertThat(output)
                .contains("a member of organization o-")
                .contains("blocked         IDENTITY_CENTER")
                .contains("(111122223333). Deploy Groundwork")
                .contains("blocked         ADMIN_USER       for the same reason")
                .contains("✗ Blocked at IDENTITY_CENTER: Administrators are provisioned from the organization's"
                        + " management account (111122223333). Deploy Groundwork there.");
    }

    @Test
    void anExistingUserWithTheAddressIsAdoptedUnderItsOwnName() {
        String userId =
                organization.identityCenterConsole(person).createsUser("ada.king", "Ada", "King", "ada@example.com");

        assertThat(preflight(HOME, ADA)).isZero();

        assertThat(output)
                .contains("would adopt     ADMIN_USER")
                .contains("adopt user ada.king (" + userId + ")")
                .contains("UserName=ada.king \\");
    }

    @Test
    void anExistingPermissionSetWithAdministratorAccessIsAdopted() {
        SsoAdminClient sso = organization.client(SsoAdminClient.class, person, HOME);
        String instance = organization.identityCenter().orElseThrow().instanceArn();
        String arn = sso.createPermissionSet(
                        request -> request.instanceArn(instance).name("AdministratorAccess"))
                .permissionSet()
                .permissionSetArn();
        sso.attachManagedPolicyToPermissionSet(request -> request.instanceArn(instance)
                .permissionSetArn(arn)
                .managedPolicyArn("arn:aws:iam::aws:policy/AdministratorAccess"));

        assertThat(preflight(HOME, ADA)).isZero();

        assertThat(output).contains("adopt permission set AdministratorAccess (" + arn + ")");
    }

    @Test
    void aUserNameOfSomebodyElseBlocks() {
        organization.identityCenterConsole(person).createsUser("ada", "Ada", "Other", "other@example.com");

        assertThat(preflight(HOME, "--email", "ada@example.com", "--user-name", "ada"))
                .isEqualTo(1);

        assertThat(output).contains("blocked         ADMIN_USER").contains("another email address");
    }

    @Test
    void aTrailThatFeedsEventBridgeIsUsed() {
        organization.createTrail(Trail.multiRegion("audit", MANAGEMENT, Region.US_EAST_1));

        preflight(HOME, ADA);

        assertThat(output).contains("through the trail audit").contains("CreateTrail=false");
    }

    /** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html */
    @Test
    void whereCloudTrailTakesNoMoreTrails_noneIsAskedFor() {
        fiveTrailsThatFeedNothing();

        assertThat(preflight(HOME, ADA)).isZero();

        assertThat(output)
                .contains("needs a person  CHANGE_EVENTS")
                .contains("so the stack cannot create one")
                .contains("CreateTrail=false");
    }

    @Test
    void whereCloudTrailTakesNoMoreTrails_aTrailThatIsAskedForIsRefusedInWords() {
        fiveTrailsThatFeedNothing();

        assertThat(preflight(HOME, with(ADA, "--parameter", "CreateTrail=true")))
                .isEqualTo(1);

        assertThat(output)
                .contains("There are 5 trails in eu-west-1 already")
                .contains("✗ Groundwork cannot be deployed like this")
                .doesNotContain("./deploy");
    }

    private void fiveTrailsThatFeedNothing() {
        for (int i = 1; i <= 5; i++) {
            organization.createTrail(
                    Trail.multiRegion("audit-" + i, MANAGEMENT, HOME).withLogging(false));
        }
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new);
    }

    @Test
    void anAdoptedUserWhoseNameHasABackslash_isNamedAsItIs() {
        organization.identityCenterConsole(person).createsUser("corp\\ada", "Ada", "King", "ada@example.com");

        assertThat(preflight(HOME, ADA)).isZero();

        assertThat(output).contains("'UserName=corp\\ada' \\");
    }

    /** The SAM CLI loses such a backslash, so that ./deploy refuses it. */
    @Test
    void anAdoptedUserWhoseNameCannotBeHandedOn_getsNoCommand() {
        organization.identityCenterConsole(person).createsUser("ada\\", "Ada", "King", "ada@example.com");

        assertThat(preflight(HOME, ADA)).isEqualTo(1);

        assertThat(output)
                .contains("No command is shown, because it would not deploy: UserName is \"ada\\\"")
                .doesNotContain("./deploy --region");
    }

    /** AWS reserves the name for users made by its API; one from elsewhere may have it. */
    @Test
    void anAdoptedUserWhoseNameTheTemplateRefuses_getsNoCommand() {
        organization.identityCenterConsole(person).createsUser("Administrator", "Ada", "King", "ada@example.com");

        assertThat(preflight(HOME, ADA)).isEqualTo(1);

        assertThat(output).contains("No command is shown").contains("UserName").doesNotContain("./deploy --region");
    }

    @Test
    void anAddressThatIsTooLongForAUserName_getsNoCommandUntilThereIsAUserName() {
        String address = "ada@" + "a".repeat(60) + "." + "b".repeat(60) + ".example.com";

        assertThat(preflight(HOME, "--email", address)).isEqualTo(1);
        assertThat(output)
                .contains("Without --user-name the user name would be")
                .doesNotContain("./deploy --region");

        assertThat(preflight(HOME, "--email", address, "--user-name", "ada")).isZero();
    }

    @Test
    void withoutAConfiguredRegion_itSaysWhereItBeginsAndWhy() {
        organization = build(company().identityCenter(Region.US_EAST_1));

        assertThat(preflight(Optional.empty(), ADA)).isZero();

        assertThat(output.replaceAll("\\s+", " "))
                .contains(
                        "No Region is configured, so this begins in us-east-1, which every account has. Name another with --region.");
    }

    @Test
    void aRegionWithoutIdentityCenter_isRefusedBeforeTheFirstCall() {
        assertThatThrownBy(() -> preflight(Region.of("us-iso-east-1"), ADA))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("no IAM Identity Center");
        assertThat(calls).isEmpty();
    }

    @Test
    void aTrailOfTheOrganizationIsNotDoubled() {
        organization.createTrail(
                Trail.multiRegion("audit", MANAGEMENT, Region.US_EAST_1).ofOrganization());

        preflight(
                HOME,
                "--email",
                "ada@example.com",
                "--given-name",
                "Ada",
                "--family-name",
                "King",
                "--parameter",
                "CreateTrail=organization",
                "--parameter",
                "OrganizationId=o-a1b2c3d4e5");

        assertThat(output.replaceAll("\\s+", " "))
                .contains(
                        "The trail audit logs in all accounts of the organization already", "choose CreateTrail=false");
    }

    @Test
    void aTrailOfTheOrganization_needsTrustedAccess() {
        String[] asked =
                with(ADA, "--parameter", "CreateTrail=organization", "--parameter", "OrganizationId=o-a1b2c3d4e5");

        assertThat(preflight(HOME, asked)).isEqualTo(1);
        assertThat(output)
                .contains(
                        "Run: aws organizations enable-aws-service-access --service-principal cloudtrail.amazonaws.com")
                .contains("No command is shown, because it would not deploy")
                .doesNotContain("./deploy ");

        deny("organizations:ListAWSServiceAccessForOrganization");
        assertThat(preflight(HOME, asked)).isZero();
        assertThat(output).contains("\"organizations:ListAWSServiceAccessForOrganization\"");
    }

    @Test
    void aTrailOfTheOrganization_isMadeWithTrustedAccess() {
        organization = build(company().identityCenter(HOME).trustedAccess("cloudtrail.amazonaws.com"));

        assertThat(preflight(
                        HOME,
                        with(
                                ADA,
                                "--parameter",
                                "CreateTrail=organization",
                                "--parameter",
                                "OrganizationId=o-a1b2c3d4e5")))
                .isZero();
        assertThat(output).contains("CreateTrail=organization");
    }

    @Test
    void theTrailOfTheOrganizationOfAnEarlierDeploymentStays() {
        organization.createTrail(
                Trail.multiRegion("groundwork-5f8e2d10-OrganizationTrail", MANAGEMENT, Region.US_EAST_1)
                        .ofOrganization());

        preflight(HOME, ADA);

        assertThat(output).contains("CreateTrail=organization");
    }

    @Test
    void theTrailOfAnEarlierDeploymentStays() {
        organization.createTrail(Trail.multiRegion("groundwork-Trail-AB12", MANAGEMENT, Region.US_EAST_1));

        preflight(HOME, ADA);

        assertThat(output).contains("CreateTrail=true");
    }

    @Test
    void aDeniedActionIsNamedOnceWithTheStatementThatAllowsIt() {
        deny("iam:GetAccountSummary", "sso:ListInstances");

        assertThat(preflight(HOME, ADA)).isEqualTo(1);

        assertThat(output).contains("""
                    {
                      "Effect": "Allow",
                      "Action": [
                        "iam:GetAccountSummary",
                        "sso:ListInstances"
                      ],
                      "Resource": "*"
                    }
                """);
        assertThat(output)
                .contains("unknown         ROOT_MFA         Could not read the root user's credentials")
                .contains("blocked         IDENTITY_CENTER  AWS denied you sso:ListInstances, so this cannot be told.");
    }

    @Test
    void whatCannotBeReadIsUnknownAndDoesNotBlock() {
        deny("iam:GetAccountSummary", "cloudtrail:DescribeTrails");

        assertThat(preflight(HOME, ADA)).isZero();

        assertThat(output)
                .contains("The stack creates one; if there is one that")
                .contains("CreateTrail=true")
                .contains("✓ Groundwork can be deployed, as far as could be told. Unknown: ROOT_MFA, ROOT_ACCESS_KEYS,"
                        + " CHANGE_EVENTS.");
    }

    @Test
    void whatAServiceControlPolicyDeniesIsNotOfferedAsAStatement() {
        organization.checkAccess((caller, checks) -> checks.stream()
                .filter(check -> check.action().equals("sso:ListInstances"))
                .findFirst()
                .map(AccessChecks.Refusal::deniedByServiceControlPolicy));

        preflight(HOME, ADA);

        assertThat(output)
                .contains("sso:ListInstances is denied by a service control policy")
                .doesNotContain("\"Effect\"");
    }

    @Test
    void whenThePlanBreaksOff_itTellsWhatItSawAndWhy() {
        organization.observe(new CallObserver() {
            @Override
            public void before(Call call) {
                if (call.name().equals("sso:ListInstances")) {
                    throw SdkClientException.create("Unable to execute HTTP request: Read timed out");
                }
            }
        });

        assertThat(preflight(HOME, ADA)).isEqualTo(3);

        assertThat(output)
                .contains("needs a person  ROOT_MFA")
                .contains("unknown         EMAIL_CHANNEL    The plan did not get this far.")
                .contains("✗ The plan broke off, so this is not the whole picture: Unable to execute HTTP request: Read"
                        + " timed out");
        assertThat(pauses).isNotEmpty().allMatch(pause -> pause.compareTo(Duration.ofSeconds(10)) <= 0);
    }

    @Test
    void aRegionThatCannotBeReached_isNamedAndEnableIsAskedForAllTheSame() {
        organization = build(company());
        organization.observe(new CallObserver() {
            @Override
            public void before(Call call) {
                if (call.name().equals("sso:ListInstances") && call.region().equals(Region.EU_WEST_1)) {
                    throw SdkClientException.create("Unable to execute HTTP request: Connect timed out");
                }
            }
        });

        assertThat(preflight(Region.US_EAST_1, ADA)).isZero();

        assertThat(output.replaceAll("\\s+", " "))
                .contains("could not be looked for in eu-west-1 (not reached).")
                .contains("press Enable");
    }

    @Test
    void withoutAnAddressThePlanIsForSomebodyMadeUpAndTheCommandCannotBeDeployedByMistake() {
        assertThat(preflight(HOME)).isZero();

        assertThat(output)
                .contains("Without --email, the plan is for a made-up administrator, you@example.com.")
                .contains("./deploy --region eu-west-1 YOUR_EMAIL_ADDRESS YOUR_GIVEN_NAME YOUR_FAMILY_NAME \\");
    }

    @Test
    void parametersThatTheTemplateRefusesAreRefusedBeforeTheFirstCall() {
        assertThatThrownBy(() -> preflight(HOME, "--email", "ada"))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("AdministratorEmail")
                .hasMessageContaining("must be an email address");
        assertThat(calls).isEmpty();
    }

    private int preflight(Region configured, String... arguments) {
        return preflight(Optional.of(configured), arguments);
    }

    private int preflight(Optional<Region> configured, String... arguments) {
        organization.observe(new CallObserver() {
            @Override
            public void before(Call call) {
                calls.add(call);
            }
        });
        Clients clients = new Clients() {
            @Override
            public <C extends SdkClient> C client(Class<C> type, Region region) {
                return type == FreeTierClient.class
                        ? type.cast(new AccountPlans(accountPlan))
                        : organization.client(type, person, region);
            }
        };
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Report report = new Report(new PrintStream(bytes, true, StandardCharsets.UTF_8), Style.PLAIN);
        int status = new Preflight(TEMPLATE, clients, CLOCK, pauses::add, Optional.empty())
                .look(CommandLine.parse(List.of(arguments)), configured, report);
        output = bytes.toString(StandardCharsets.UTF_8);
        return status;
    }

    private void deny(String... actions) {
        organization.checkAccess((caller, checks) -> checks.stream()
                .filter(check -> Set.of(actions).contains(check.action()))
                .findFirst()
                .map(AccessChecks.Refusal::notAllowed));
    }

    private static OrganizationBuilder company() {
        return EmbeddedOrganization.builder(CLOCK)
                .managementAccount(MANAGEMENT, "Ada's company", "owner@example.com")
                .accountAlias(MANAGEMENT, "ada-co")
                .memberAccount(MEMBER, "Workload", "workload@example.com");
    }

    private static EmbeddedOrganization build(OrganizationBuilder builder) {
        return builder.build();
    }
}
