package groundwork.structure;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import groundwork.runtime.AwsClients;
import groundwork.state.PointsInTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The packages follow the checklist. Its words are at the bottom; above them what every function needs and what is
 * remembered; above that one package for each thing that is looked at, of which only those on the way to the access know one
 * another; above them what emails say and how they are sent; and on top the conclusion, which nothing knows.
 */
@AnalyzeClasses(packages = "groundwork", importOptions = ImportOption.DoNotIncludeTests.class)
class StructureTest {
    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("groundwork.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theChecklistKnowsNoServiceOfAws = classes()
            .that()
            .resideInAPackage("groundwork.checklist")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "groundwork.checklist",
                    "java..",
                    "com.google.gson.annotations..",
                    "groundwork.json..",
                    "software.amazon.awssdk.regions..");

    @ArchTest
    static final ArchRule theRuntimeKnowsNoSingleServiceOfAws = noClasses()
            .that()
            .resideInAnyPackage("groundwork.runtime", "groundwork.json")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk.services..");

    private static final Map<String, Set<String>> BELOW = Map.ofEntries(
            Map.entry("json", Set.of()),
            Map.entry("checklist", Set.of("json")),
            Map.entry("runtime", Set.of("json", "checklist")),
            Map.entry("state", Set.of("json", "checklist", "runtime")),
            Map.entry("organization", Set.of("json", "checklist", "runtime")),
            Map.entry("request", Set.of("json", "checklist", "runtime", "organization")),
            Map.entry("root", Set.of("json", "checklist", "runtime")),
            Map.entry("changeevents", Set.of("json", "checklist", "runtime", "state")),
            Map.entry("identitycenter", Set.of("json", "checklist", "runtime")),
            Map.entry("administrator", Set.of("json", "checklist", "runtime", "state", "identitycenter")),
            Map.entry(
                    "access",
                    Set.of("json", "checklist", "runtime", "state", "organization", "identitycenter", "administrator")),
            Map.entry(
                    "email",
                    Set.of(
                            "json",
                            "checklist",
                            "runtime",
                            "state",
                            "request",
                            "identitycenter",
                            "administrator",
                            "access")),
            Map.entry(
                    "email.letter",
                    Set.of("json", "checklist", "state", "email", "identitycenter", "administrator", "access")),
            Map.entry("email.channel", Set.of("json", "checklist", "runtime", "state", "email", "email.letter")),
            Map.entry(
                    "sweep",
                    Set.of(
                            "json",
                            "checklist",
                            "runtime",
                            "state",
                            "organization",
                            "root",
                            "email",
                            "email.letter",
                            "email.channel")),
            Map.entry("status", Set.of("json", "checklist", "runtime", "state", "email", "sweep")),
            Map.entry(
                    "conclusion",
                    Set.of(
                            "json",
                            "checklist",
                            "runtime",
                            "state",
                            "request",
                            "identitycenter",
                            "administrator",
                            "access",
                            "email",
                            "email.letter",
                            "email.channel")));

    @ArchTest
    static final ArchRule everyPackageKnowsWhatIsBelowIt = classes()
            .should(new ArchCondition<>("know only what is below their package") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    String here = room(type);
                    type.getDirectDependenciesFromSelf().forEach(dependency -> {
                        JavaClass other = dependency.getTargetClass();
                        boolean allowed = !other.getPackageName().startsWith("groundwork.")
                                || room(other).equals(here)
                                || BELOW.getOrDefault(here, Set.of()).contains(room(other));
                        events.add(new SimpleConditionEvent(dependency, allowed, dependency.getDescription()));
                    });
                }
            });

    private static String room(JavaClass type) {
        return type.getPackageName().replaceFirst("groundwork\\.", "");
    }

    /** What the table says of time may be a lie, and is looked at in one place. */
    @ArchTest
    static final ArchRule pointsInTimeAreReadInOnePlace = noClasses()
            .that(DescribedPredicate.not(type(PointsInTime.class)))
            .and()
            .resideOutsideOfPackage("groundwork.json")
            .should()
            .callMethod(Instant.class, "parse", CharSequence.class);

    /** An email says why an execution was started and whom it is for, and does nothing about it. */
    @ArchTest
    static final ArchRule ofWhatIsLookedAtEmailsAndTheConclusionKnowValuesOnly = classes()
            .that()
            .resideInAnyPackage("groundwork.email..", "groundwork.conclusion")
            .should()
            .onlyDependOnClassesThat(DescribedPredicate.<JavaClass>not(resideInAnyPackage(
                            "groundwork.request",
                            "groundwork.identitycenter",
                            "groundwork.administrator",
                            "groundwork.access"))
                    .or(values()));

    /** {@link AwsClients#here} belongs to the handlers' public constructors. */
    @ArchTest
    static final ArchRule theEnvironmentIsReadWhereAFunctionIsPutTogether = noClasses()
            .that(DescribedPredicate.not(DescribedPredicate.<JavaClass>describe(
                            "handlers", handler -> handler.getSimpleName().endsWith("Handler"))
                    .or(type(AwsClients.class))))
            .should()
            .callMethodWhere(target(owner(type(System.class))).and(target(nameMatching("getenv|getProperty"))));

    @ArchTest
    static final ArchRule clientsAreBuiltInHandlersOnly = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Handler")
            .and()
            .resideOutsideOfPackage("groundwork.runtime")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(AwsClients.class);

    @ArchTest
    static final ArchRule staticFieldsAreConstant =
            fields().that().areStatic().should().beFinal().andShould(notHoldWhatCanChange());

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = noClasses()
            .should()
            .haveNameMatching("(?i).*(util|helper|manager|common|impl)s?(\\$.*)?")
            .orShould()
            .resideInAnyPackage("..util..", "..helper..", "..common..", "..impl..", "..model..");

    @ArchTest
    static final ArchRule handlersAreTheLambdaFunctions = classes()
            .that()
            .haveSimpleNameEndingWith("Handler")
            .should()
            .implement(RequestHandler.class)
            .andShould()
            .bePublic()
            .andShould()
            .haveModifier(JavaModifier.FINAL)
            .andShould(haveAPublicConstructorForLambdaAndAPackagePrivateOneForEverybodyElse());

    /** What a function is called with, and the shape of its answer, are the handler's; the rest speaks of the matter itself. */
    @ArchTest
    static final ArchRule onlyAHandlerNamesItsRequestAndReport = noClasses()
            .that(DescribedPredicate.describe(
                    "are no handler or part of one", type -> !type.getName().contains("Handler")))
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "are part of a handler", type -> type.getName().contains("Handler$")));

    @ArchTest
    static final ArchRule theTimeIsGiven = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Date.class)
            .orShould()
            .callMethodWhere(target(owner(type(System.class))).and(target(nameMatching("currentTimeMillis|nanoTime"))))
            .orShould()
            .callMethodWhere(target(owner(resideInAnyPackage("java.time..")))
                    .and(target(nameMatching("now")))
                    .and(DescribedPredicate.describe(
                            "without a clock",
                            call -> call.getTarget().getRawParameterTypes().stream()
                                    .noneMatch(parameter -> parameter.isEquivalentTo(Clock.class)))));

    @ArchTest
    static final ArchRule nobodySleeps = noClasses().should().callMethod(Thread.class, "sleep", long.class);

    private static DescribedPredicate<JavaClass> values() {
        return DescribedPredicate.describe(
                "records, enums and what is one of several records",
                type -> type.isRecord() || type.isEnum() || type.reflect().isSealed());
    }

    /** What a copy or a constant may have been put into shows only in its type, so that mutable types are ruled out. */
    private static ArchCondition<JavaField> notHoldWhatCanChange() {
        Set<Class<?>> changeable = Set.of(StringBuilder.class, Date.class);
        return new ArchCondition<>("not be of a type that can change") {
            @Override
            public void check(JavaField field, ConditionEvents events) {
                JavaClass type = field.getRawType();
                boolean mutable = (type.isArray() && !field.getName().startsWith("$"))
                        || changeable.stream().anyMatch(type::isEquivalentTo)
                        || (!type.isInterface()
                                && (type.isAssignableTo(java.util.Collection.class) || type.isAssignableTo(Map.class)))
                        || type.getPackageName().startsWith("java.util.concurrent");
                if (mutable) {
                    events.add(SimpleConditionEvent.violated(field, field.getDescription() + " can change"));
                }
            }
        };
    }

    private static ArchCondition<JavaClass> haveAPublicConstructorForLambdaAndAPackagePrivateOneForEverybodyElse() {
        return new ArchCondition<>("have a public constructor without parameters and a package-private one with some") {
            @Override
            public void check(JavaClass handler, ConditionEvents events) {
                List<JavaConstructor> open = handler.getConstructors().stream()
                        .filter(constructor -> constructor.getModifiers().contains(JavaModifier.PUBLIC))
                        .toList();
                boolean lambda =
                        open.size() == 1 && open.getFirst().getParameters().isEmpty();
                boolean injected = handler.getConstructors().stream()
                        .anyMatch(constructor -> !constructor.getParameters().isEmpty()
                                && !constructor.getModifiers().contains(JavaModifier.PRIVATE)
                                && !constructor.getModifiers().contains(JavaModifier.PUBLIC));
                if (!lambda || !injected) {
                    events.add(SimpleConditionEvent.violated(
                            handler, handler.getName() + " has " + handler.getConstructors()));
                }
            }
        };
    }
}
