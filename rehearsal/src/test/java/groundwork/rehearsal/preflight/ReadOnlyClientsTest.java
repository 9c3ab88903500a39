package groundwork.rehearsal.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groundwork.rehearsal.stack.Clients;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.account.AccountClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.identitystore.model.CreateUserRequest;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.AccessDeniedException;
import software.amazon.awssdk.services.ssoadmin.model.InstanceMetadata;
import software.amazon.awssdk.services.ssoadmin.model.ListInstancesRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListInstancesResponse;
import software.amazon.awssdk.services.sts.StsClient;

class ReadOnlyClientsTest {
    private final List<String> reached = new ArrayList<>();
    private final List<ReadOnlyClients.ApiCall> failures = new ArrayList<>();

    @Test
    void aWriteIsRefusedBeforeItReachesTheClient() {
        assertThatThrownBy(() -> readOnly(IdentitystoreClient.class, reachable(IdentitystoreClient.class))
                        .createUser(CreateUserRequest.builder().build()))
                .isInstanceOf(ReadOnlyClients.WriteRefusedException.class)
                .hasMessage("The plan was about to call createUser of IdentitystoreClient, which does not only read."
                        + " Nothing was sent.");
        assertThat(reached).isEmpty();
    }

    @Test
    void aWriteIsRefusedAlsoWhenItsRequestIsMadeByAConsumer() {
        assertThatThrownBy(() -> readOnly(SsoAdminClient.class, reachable(SsoAdminClient.class))
                        .createPermissionSet(request -> {}))
                .isInstanceOf(ReadOnlyClients.WriteRefusedException.class);
        assertThat(reached).isEmpty();
    }

    /** Whatever else a service may offer. */
    @ParameterizedTest
    @ValueSource(
            classes = {
                AccountClient.class,
                CloudFormationClient.class,
                CloudTrailClient.class,
                IamClient.class,
                IdentitystoreClient.class,
                OrganizationsClient.class,
                SesV2Client.class,
                SsoAdminClient.class,
                StsClient.class
            })
    void everyOperationThatWritesIsRefused(Class<? extends SdkClient> type) {
        List<Method> writes = Arrays.stream(type.getMethods())
                .filter(method -> method.getParameterCount() == 1
                        && AwsRequest.class.isAssignableFrom(method.getParameterTypes()[0])
                        && method.getName()
                                .matches("(create|delete|update|put|attach|detach|add|remove|send|start|stop|enable"
                                        + "|disable|register|deregister|provision|accept|assume|upload|tag|untag).*"))
                .toList();
        SdkClient client = readOnlyOf(type);

        assertThat(writes)
                .isNotEmpty()
                .allSatisfy(write -> assertThatThrownBy(() -> write.invoke(client, new Object[] {null}))
                        .isInstanceOf(InvocationTargetException.class)
                        .hasCauseInstanceOf(ReadOnlyClients.WriteRefusedException.class));
        assertThat(reached).isEmpty();
    }

    @Test
    void aReadPassesPageByPage() {
        SsoAdminClient twoPages = new SsoAdmin() {
            @Override
            public ListInstancesResponse listInstances(ListInstancesRequest request) {
                return request.nextToken() == null ? page("first", "more") : page("second", null);
            }
        };

        assertThat(readOnly(SsoAdminClient.class, twoPages).listInstancesPaginator(request -> {}).instances().stream())
                .extracting(InstanceMetadata::instanceArn)
                .containsExactly("first", "second");
    }

    @Test
    void whatAwsRefusesIsHeardAndThrown() {
        SsoAdminClient denies = new SsoAdmin() {
            @Override
            public ListInstancesResponse listInstances(ListInstancesRequest request) {
                throw AccessDeniedException.builder().message("not you").build();
            }
        };

        assertThatThrownBy(() -> readOnly(SsoAdminClient.class, denies).listInstances(request -> {}))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessage("not you");
        assertThat(failures)
                .containsExactly(new ReadOnlyClients.ApiCall(SsoAdminClient.class, Region.US_EAST_1, "listInstances"));
    }

    private <C extends SdkClient> C readOnlyOf(Class<C> type) {
        return readOnly(type, reachable(type));
    }

    private static ListInstancesResponse page(String instanceArn, String nextToken) {
        return ListInstancesResponse.builder()
                .instances(InstanceMetadata.builder().instanceArn(instanceArn).build())
                .nextToken(nextToken)
                .build();
    }

    /** A client that answers everything with nothing and remembers what it was asked. */
    private <C extends SdkClient> C reachable(Class<C> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    reached.add(method.getName());
                    return null;
                }));
    }

    private <C extends SdkClient> C readOnly(Class<C> type, C client) {
        Clients clients = new Clients() {
            @Override
            public <D extends SdkClient> D client(Class<D> wanted, Region region) {
                return wanted.cast(client);
            }
        };
        return new ReadOnlyClients(clients, (call, failure) -> failures.add(call)).client(type, Region.US_EAST_1);
    }

    private abstract static class SsoAdmin implements SsoAdminClient {
        @Override
        public String serviceName() {
            return SsoAdminClient.SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
