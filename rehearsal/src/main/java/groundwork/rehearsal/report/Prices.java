package groundwork.rehearsal.report;

import java.util.Locale;

/** What README and reports reckon with: list prices of us-east-1 in dollars, beyond every free tier. */
public final class Prices {
    /** Of a state transition of a Standard workflow: https://aws.amazon.com/step-functions/pricing/, November 2026. */
    public static final double TRANSITION = 0.000025;

    /** Of a second of a function with 1 GB on arm64: https://aws.amazon.com/lambda/pricing/, November 2026. */
    public static final double GIGABYTE_SECOND = 0.0000133334;

    /** How long a function with 1 GB is assumed to run when it is started anew, which the rehearsal cannot measure. */
    public static final int SECONDS_OF_AN_INVOCATION = 3;

    private Prices() {}

    /** A price to be read, such as {@code $0.008}. */
    public static String dollars(double price) {
        return String.format(Locale.ROOT, price < 0.1 ? "$%.3f" : "$%.2f", price);
    }
}
