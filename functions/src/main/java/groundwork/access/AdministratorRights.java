package groundwork.access;

import java.net.URI;
import java.util.List;
import java.util.function.Predicate;

/** What policies leave of administrator access. */
final class AdministratorRights {
    private final List<NeededAction> needed;

    AdministratorRights(List<NeededAction> needed) {
        this.needed = List.copyOf(needed);
    }

    /**
     * Examines a policy beside which another one allows everything: it can only take away.
     *
     * @param policy what it is, as the beginning of a sentence, such as "The policy AWSDenyAll of the role X"
     * @param link the console page that shows it
     */
    Examination policy(String policy, String document, URI link) {
        return examine(policy, document, parsed -> {
            List<String> denied = actions(action -> parsed.denies(action.action(), action.resource()));
            if (!denied.isEmpty()) {
                return Examination.limit("%s denies %s.".formatted(policy, named(denied)), link);
            }
            return parsed.hasDenials()
                    ? Examination.remark(policy + " denies some things, or denies under conditions.")
                    : Examination.NOTHING;
        });
    }

    /**
     * Examines a permissions boundary: what it does not allow is taken away.
     *
     * @param boundary what it is, as the beginning of a sentence
     * @param link the console page that shows it
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html">Permissions
     *     boundaries for IAM entities</a>
     */
    Examination boundary(String boundary, String document, URI link) {
        return examine(boundary, document, parsed -> {
            List<String> missing = actions(action -> !parsed.mayAllow(action.action(), action.resource())
                    || parsed.denies(action.action(), action.resource()));
            if (!missing.isEmpty()) {
                return Examination.limit("%s does not allow %s.".formatted(boundary, named(missing)), link);
            }
            return parsed.allowsEverything() && !parsed.hasDenials()
                    ? Examination.NOTHING
                    : Examination.remark(boundary + " allows less than everything, or allows under conditions.");
        });
    }

    private interface Reading {
        Examination of(StaticPolicy document);
    }

    private static Examination examine(String what, String document, Reading reading) {
        try {
            return reading.of(StaticPolicy.parse(document));
        } catch (UnreadablePolicyException e) {
            return Examination.unread("%s cannot be understood: %s".formatted(what, e.getMessage()));
        }
    }

    private List<String> actions(Predicate<NeededAction> which) {
        return needed.stream().filter(which).map(NeededAction::action).toList();
    }

    private static String named(List<String> actions) {
        int more = actions.size() - 1;
        return actions.getFirst()
                + switch (more) {
                    case 0 -> ", which an administrator needs";
                    case 1 -> " and one more action that an administrator needs";
                    default -> " and " + more + " more actions that an administrator needs";
                };
    }
}
