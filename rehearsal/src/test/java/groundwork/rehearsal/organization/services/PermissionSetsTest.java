package groundwork.rehearsal.organization.services;

import static groundwork.rehearsal.organization.Given.ADMINISTRATOR_ACCESS;
import static groundwork.rehearsal.organization.Given.FUNCTION;
import static groundwork.rehearsal.organization.Given.HOME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import groundwork.rehearsal.organization.EmbeddedOrganization;
import groundwork.rehearsal.organization.Given;
import groundwork.rehearsal.organization.VirtualClock;
import groundwork.rehearsal.organization.store.Behavior;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.ConflictException;
import software.amazon.awssdk.services.ssoadmin.model.ResourceNotFoundException;
import software.amazon.awssdk.services.ssoadmin.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.ssoadmin.model.Tag;
import software.amazon.awssdk.services.ssoadmin.model.ValidationException;

class PermissionSetsTest {
    private final VirtualClock clock = new VirtualClock();
    private final EmbeddedOrganization aws = Given.withIdentityCenter(clock);
    private final String instance = aws.identityCenter().orElseThrow().instanceArn();
    private final SsoAdminClient client = aws.client(SsoAdminClient.class, FUNCTION, HOME);

    @Test
    void aPermissionSetHasAnHourOfSessionUnlessToldOtherwise() {
        String set = create("AdministratorAccess");

        assertThat(client.describePermissionSet(
                                request -> request.instanceArn(instance).permissionSetArn(set))
                        .permissionSet())
                .returns("AdministratorAccess", described -> described.name())
                .returns("PT1H", described -> described.sessionDuration());
    }

    @Test
    void createPermissionSet_whenNameIsTaken_isAConflict() {
        create("AdministratorAccess");

        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> create("AdministratorAccess"))
                .withMessageContaining("PermissionSet with name AdministratorAccess already exists.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "a-name-that-is-longer-than-32-chars"})
    void createPermissionSet_withAnImpossibleName_isInvalid(String name) {
        assertThatExceptionOfType(ValidationException.class).isThrownBy(() -> create(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT59M", "PT13H", "an hour"})
    void createPermissionSet_withAnImpossibleSession_isInvalid(String duration) {
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> client.createPermissionSet(request -> request.instanceArn(instance)
                        .name("AdministratorAccess")
                        .sessionDuration(duration)));
    }

    @Test
    void aNewSetIsNeitherListedNorFoundUntilItIsVisible() {
        aws.behave(Behavior.USUAL.withVisibility(Duration.ofSeconds(3)));
        String set = create("AdministratorAccess");

        assertThat(client.listPermissionSets(request -> request.instanceArn(instance))
                        .permissionSets())
                .isEmpty();
        assertThatExceptionOfType(ResourceNotFoundException.class).isThrownBy(() -> attach(set, ADMINISTRATOR_ACCESS));
        clock.advance(Duration.ofSeconds(3));
        assertThat(client.listPermissionSets(request -> request.instanceArn(instance))
                        .permissionSets())
                .containsExactly(set);
    }

    @Test
    void attachManagedPolicy_whenItIsAttached_isAConflict() {
        String set = create("AdministratorAccess");
        attach(set, ADMINISTRATOR_ACCESS);

        assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> attach(set, ADMINISTRATOR_ACCESS));
    }

    @Test
    void attachManagedPolicy_ofAnotherPartition_isInvalid() {
        String set = create("AdministratorAccess");

        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> attach(set, "arn:aws-cn:iam::aws:policy/AdministratorAccess"));
    }

    @Test
    void attachManagedPolicy_whenThereAreTwentyFive_exceedsTheQuota() {
        String set = create("AdministratorAccess");
        IntStream.range(0, 25).forEach(number -> attach(set, ADMINISTRATOR_ACCESS + number));

        assertThatExceptionOfType(ServiceQuotaExceededException.class)
                .isThrownBy(() -> attach(set, ADMINISTRATOR_ACCESS));
    }

    @Test
    void attachedPoliciesAreListed() {
        String set = create("AdministratorAccess");
        attach(set, ADMINISTRATOR_ACCESS);

        assertThat(client.listManagedPoliciesInPermissionSet(
                                request -> request.instanceArn(instance).permissionSetArn(set))
                        .attachedManagedPolicies())
                .extracting(policy -> policy.name())
                .containsExactly("AdministratorAccess");
    }

    @Test
    void withoutInlinePolicyTheAnswerIsEmpty() {
        String set = create("AdministratorAccess");

        assertThat(client.getInlinePolicyForPermissionSet(
                                request -> request.instanceArn(instance).permissionSetArn(set))
                        .inlinePolicy())
                .isEmpty();
    }

    @Test
    void withoutPermissionsBoundaryThereIsNothingToBeFound() {
        String set = create("AdministratorAccess");

        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> client.getPermissionsBoundaryForPermissionSet(
                        request -> request.instanceArn(instance).permissionSetArn(set)));
    }

    @Test
    void tagsGivenAtCreationAndLaterAreListed() {
        String set = client.createPermissionSet(request -> request.instanceArn(instance)
                        .name("AdministratorAccess")
                        .tags(Tag.builder().key("groundwork").value("true").build()))
                .permissionSet()
                .permissionSetArn();
        client.tagResource(request -> request.instanceArn(instance)
                .resourceArn(set)
                .tags(Tag.builder().key("owner").value("platform").build()));

        assertThat(client.listTagsForResource(
                                request -> request.instanceArn(instance).resourceArn(set))
                        .tags())
                .extracting(tag -> tag.key() + "=" + tag.value())
                .containsExactly("groundwork=true", "owner=platform");
    }

    @Test
    void setsAreListedOverAllPages() {
        aws.behave(Behavior.USUAL.withPageSize(2));
        IntStream.range(0, 5).forEach(number -> create("Set" + number));

        assertThat(client.listPermissionSetsPaginator(request -> request.instanceArn(instance))
                        .permissionSets())
                .hasSize(5);
        assertThat(client.listPermissionSets(request -> request.instanceArn(instance))
                        .permissionSets())
                .hasSize(2);
    }

    private String create(String name) {
        return client.createPermissionSet(
                        request -> request.instanceArn(instance).name(name))
                .permissionSet()
                .permissionSetArn();
    }

    private void attach(String set, String policy) {
        client.attachManagedPolicyToPermissionSet(
                request -> request.instanceArn(instance).permissionSetArn(set).managedPolicyArn(policy));
    }
}
