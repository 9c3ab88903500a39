package groundwork.changeevents;

import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;

/** Clients of AWS CloudTrail by Region: a trail of one Region is known in that Region only. */
@FunctionalInterface
public interface CloudTrailClients {
    CloudTrailClient in(Region region);
}
