package groundwork.runtime;

import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.utils.Lazy;

/** Builds the SDK's clients as a function needs them: one small HTTP client, the Region given by the runtime. */
public final class AwsClients {
    private AwsClients() {}

    /** A client in the Region the function runs in. */
    public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C here(B builder) {
        return in(Region.of(System.getenv("AWS_REGION")), builder);
    }

    /**
     * What is built when it is first asked for: a client takes a large part of a cold start, and some are for a few invocations
     * only.
     */
    public static <T> Supplier<T> onFirstUse(Supplier<T> built) {
        return new Lazy<>(built)::getValue;
    }

    /** A client in a Region. */
    public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C in(Region region, B builder) {
        return builder.region(region)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
