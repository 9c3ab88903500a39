package groundwork.identitycenter;

import java.util.Optional;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.identitystore.model.AlternateIdentifier;
import software.amazon.awssdk.services.identitystore.model.DescribeUserResponse;
import software.amazon.awssdk.services.identitystore.model.Email;
import software.amazon.awssdk.services.identitystore.model.ResourceNotFoundException;

/**
 * Looks users up in the identity store.
 *
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_GetUserId.html">GetUserId</a>
 */
public final class UserDirectory {
    private final IdentitystoreClient identityStore;

    public UserDirectory(IdentitystoreClient identityStore) {
        this.identityStore = identityStore;
    }

    public Optional<DescribeUserResponse> byUserName(String identityStoreId, String userName) {
        return by(identityStoreId, "userName", userName);
    }

    public Optional<DescribeUserResponse> byEmail(String identityStoreId, String email) {
        return by(identityStoreId, "emails.value", email);
    }

    public Optional<DescribeUserResponse> byId(String identityStoreId, String userId) {
        try {
            return Optional.of(identityStore.describeUser(
                    request -> request.identityStoreId(identityStoreId).userId(userId)));
        } catch (ResourceNotFoundException e) {
            return CustomerManagedKey.absent(e);
        }
    }

    public static boolean hasEmail(DescribeUserResponse user, String email) {
        return user.emails().stream().map(Email::value).anyMatch(email::equalsIgnoreCase);
    }

    private Optional<DescribeUserResponse> by(String identityStoreId, String attribute, String value) {
        try {
            String userId = identityStore
                    .getUserId(request -> request.identityStoreId(identityStoreId)
                            .alternateIdentifier(AlternateIdentifier.fromUniqueAttribute(unique ->
                                    unique.attributePath(attribute).attributeValue(Document.fromString(value)))))
                    .userId();
            return byId(identityStoreId, userId);
        } catch (ResourceNotFoundException e) {
            return CustomerManagedKey.absent(e);
        }
    }
}
