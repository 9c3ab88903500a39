package groundwork.rehearsal.preflight;

import groundwork.rehearsal.organization.call.AwsService;
import groundwork.rehearsal.stack.Clients;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.freetier.FreeTierClient;

/** AWS itself, with the credentials and the Region that the machine is configured for. */
final class AwsAccess implements Clients {
    private final ProfileFile profiles;
    private final String profileName;
    private final boolean namedOnCommandLine;
    private final Map<String, String> environment;
    private AwsCredentialsProvider credentials;

    /**
     * Reads the AWS configuration; see the <a href="https://docs.aws.amazon.com/sdkref/latest/guide/overview.html">AWS SDKs
     * and Tools Reference Guide</a>.
     *
     * @throws NoAccessException if there is no such profile
     */
    AwsAccess(Optional<String> profile, Map<String, String> environment) {
        this.environment = environment;
        this.profiles = configuration();
        this.namedOnCommandLine = profile.isPresent();
        this.profileName = profile.orElseGet(ProfileFileSystemSetting.AWS_PROFILE::getStringValueOrThrow);
        boolean named = profile.isPresent() || environment.containsKey("AWS_PROFILE");
        if (named && profiles.profile(profileName).isEmpty()) {
            throw new NoAccessException("There is no profile \"%s\" in the AWS configuration%s."
                    .formatted(
                            profileName,
                            profiles.profiles().isEmpty()
                                    ? ", which has none at all"
                                    : "; it has "
                                            + String.join(
                                                    ", ", profiles.profiles().keySet())));
        }
    }

    private static ProfileFile configuration() {
        try {
            return ProfileFile.defaultProfileFile();
        } catch (RuntimeException e) {
            throw new NoAccessException("The AWS configuration files cannot be read: " + NoAccessException.words(e));
        }
    }

    /**
     * Finds the credentials. A profile that was asked for by name comes before the environment, as in the AWS CLI.
     *
     * @param otherwise the Region if none is configured
     * @throws NoAccessException if nothing gives credentials
     */
    void signIn(Region otherwise) {
        // Credentials of "aws login" are renewed in the Region of the SDK's defaults, which know nothing of a profile
        // that
        // was named on the command line.
        System.setProperty(
                SdkSystemSetting.AWS_REGION.property(),
                region().orElse(otherwise).id());
        try {
            credentials = namedOnCommandLine
                    ? ProfileCredentialsProvider.builder()
                            .profileFile(profiles)
                            .profileName(profileName)
                            .build()
                    : DefaultCredentialsProvider.builder()
                            .profileFile(profiles)
                            .profileName(profileName)
                            .build();
            credentials.resolveCredentials();
        } catch (RuntimeException e) {
            throw NoAccessException.withoutCredentials(
                    e, profiles.profile(profileName), profileName, namedOnCommandLine);
        }
    }

    /** The configured Region; empty if none is configured. */
    Optional<Region> region() {
        try {
            return Optional.of(DefaultAwsRegionProviderChain.builder()
                    .profileFile(() -> profiles)
                    .profileName(profileName)
                    .build()
                    .getRegion());
        } catch (SdkClientException e) {
            // The AWS CLI reads this variable, the SDK does not.
            return Optional.ofNullable(environment.get("AWS_DEFAULT_REGION"))
                    .filter(region -> !region.isBlank())
                    .map(Region::of);
        }
    }

    /** Where calls go instead of AWS; empty if they go there. */
    Optional<String> endpoint() {
        Optional<String> ofEnvironment =
                Optional.ofNullable(environment.get("AWS_ENDPOINT_URL")).filter(url -> !url.isBlank());
        Supplier<Optional<String>> ofProfile =
                () -> profiles.profile(profileName).flatMap(found -> found.property("endpoint_url"));
        return ofEnvironment.or(ofProfile);
    }

    @Override
    public <C extends SdkClient> C client(Class<C> type, Region region) {
        try {
            return type.cast(built(type.getMethod("builder").invoke(null), prefix(type), region));
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Not a client of the SDK: " + type, e);
        }
    }

    /** The prefix of the service's actions; of two services nobody else asks anything. */
    static String prefix(Class<? extends SdkClient> type) {
        if (type == CloudFormationClient.class) {
            return "cloudformation";
        }
        return type == FreeTierClient.class ? "freetier" : AwsService.of(type).prefix();
    }

    private Object built(Object builder, String prefix, Region region) {
        ClientOverrideConfiguration.Builder configuration = ClientOverrideConfiguration.builder()
                .defaultProfileFile(profiles)
                .defaultProfileName(profileName);
        endpoint().ifPresent(url -> configuration.addExecutionInterceptor(new ForeignEndpoint(url, prefix)));
        ((AwsSyncClientBuilder<?, ?>) builder).httpClientBuilder(UrlConnectionHttpClient.builder());
        return ((AwsClientBuilder<?, ?>) builder)
                .region(region)
                .credentialsProvider(credentials)
                .overrideConfiguration(configuration.build())
                .build();
    }
}
