package groundwork.rehearsal.organization.services;

import groundwork.rehearsal.organization.store.Account;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.GetLoginProfileRequest;
import software.amazon.awssdk.services.iam.model.GetLoginProfileResponse;
import software.amazon.awssdk.services.iam.model.ListAccessKeysRequest;
import software.amazon.awssdk.services.iam.model.ListAccessKeysResponse;
import software.amazon.awssdk.services.iam.model.ListMfaDevicesRequest;
import software.amazon.awssdk.services.iam.model.ListMfaDevicesResponse;
import software.amazon.awssdk.services.iam.model.ListSigningCertificatesRequest;
import software.amazon.awssdk.services.iam.model.ListSigningCertificatesResponse;
import software.amazon.awssdk.services.iam.model.LoginProfile;
import software.amazon.awssdk.services.iam.model.MFADevice;
import software.amazon.awssdk.services.iam.model.SigningCertificate;
import software.amazon.awssdk.services.iam.model.StatusType;

/**
 * What IAM lists of the caller's own credentials when no user is named. A root session is the root user; the session of a role has none of
 * its own.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html">Perform a privileged task on an AWS
 *     Organizations member account</a>
 */
final class RootUserCredentials {
    private final IamService iam;

    RootUserCredentials(IamService iam) {
        this.iam = iam;
    }

    void register() {
        iam.read("ListMFADevices", ListMfaDevicesRequest.class, Service.anyResource(), this::listMfaDevices);
        iam.read("ListAccessKeys", ListAccessKeysRequest.class, Service.anyResource(), this::listAccessKeys);
        iam.read(
                "ListSigningCertificates",
                ListSigningCertificatesRequest.class,
                Service.anyResource(),
                this::listSigningCertificates);
        iam.read("GetLoginProfile", GetLoginProfileRequest.class, Service.anyResource(), this::getLoginProfile);
    }

    private ListMfaDevicesResponse listMfaDevices(Invocation call, ListMfaDevicesRequest request) {
        return ListMfaDevicesResponse.builder()
                .mfaDevices(root(call, request.userName()).rootMfaDevices.stream()
                        .map(device -> MFADevice.builder()
                                .serialNumber(device.serialNumber())
                                .enableDate(device.enabledAt())
                                .build())
                        .toList())
                .isTruncated(false)
                .build();
    }

    private ListAccessKeysResponse listAccessKeys(Invocation call, ListAccessKeysRequest request) {
        return ListAccessKeysResponse.builder()
                .accessKeyMetadata(root(call, request.userName()).rootAccessKeys.stream()
                        .map(key -> AccessKeyMetadata.builder()
                                .accessKeyId(key)
                                .status(StatusType.ACTIVE)
                                .build())
                        .toList())
                .isTruncated(false)
                .build();
    }

    private ListSigningCertificatesResponse listSigningCertificates(
            Invocation call, ListSigningCertificatesRequest request) {
        return ListSigningCertificatesResponse.builder()
                .certificates(IntStream.range(0, root(call, request.userName()).rootSigningCertificates)
                        .mapToObj(number -> SigningCertificate.builder()
                                .certificateId("CERTIFICATE" + number)
                                .status(StatusType.ACTIVE)
                                .build())
                        .toList())
                .isTruncated(false)
                .build();
    }

    private GetLoginProfileResponse getLoginProfile(Invocation call, GetLoginProfileRequest request) {
        Account account = Optional.of(root(call, request.userName()))
                .filter(root -> root.rootPassword)
                .orElseThrow(() -> iam.noSuchEntity(call, "Login Profile for the root user cannot be found."));
        return GetLoginProfileResponse.builder()
                .loginProfile(
                        LoginProfile.builder().createDate(account.createdAt).build())
                .build();
    }

    private Account root(Invocation call, String userName) {
        if (userName != null || !RootSession.is(call.caller())) {
            throw iam.invalid(call, "Must specify userName when calling with non-User credentials");
        }
        return iam.cloud.account(call.accountId());
    }
}
