package groundwork.checklist;

import com.google.gson.annotations.JsonAdapter;
import groundwork.json.SingleComponentAdapterFactory;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What one look at the account says about several prerequisites. Of one prerequisite the later finding counts; what there is
 * no finding of was not looked at. As JSON it is the list.
 *
 * @param all the findings, in the order in which they were made
 */
@JsonAdapter(SingleComponentAdapterFactory.class)
public record Findings(List<Finding> all) {
    /** Nothing was looked at. */
    public static final Findings NONE = new Findings(List.of());

    private static final Outcome NOT_LOOKED_AT = new Outcome.Unknown("This was not looked at in this run.");

    public Findings {
        all = all == null ? List.of() : List.copyOf(all);
    }

    public static Findings of(Finding... findings) {
        return new Findings(List.of(findings));
    }

    /** What was found about a prerequisite; empty if it was not looked at. */
    public Optional<Finding> finding(Prerequisite prerequisite) {
        return all.stream()
                .filter(finding -> finding.prerequisite() == prerequisite)
                .reduce((earlier, later) -> later);
    }

    /** Where a prerequisite stands; {@link Outcome.Unknown} if it was not looked at. */
    public Outcome outcome(Prerequisite prerequisite) {
        return finding(prerequisite).map(Finding::outcome).orElse(NOT_LOOKED_AT);
    }

    /** These and later ones. */
    public Findings and(Findings later) {
        return new Findings(Stream.concat(all.stream(), later.all.stream()).toList());
    }

    /** The same findings, each with the outcome that is made of its own. */
    public Findings with(UnaryOperator<Outcome> outcome) {
        return new Findings(all.stream()
                .map(finding -> finding.with(outcome.apply(finding.outcome())))
                .toList());
    }
}
