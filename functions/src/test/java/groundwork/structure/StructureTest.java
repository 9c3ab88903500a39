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
 * remembered; above that one package for each thing that is looked at, which do not know of one another.
 */
@AnalyzeClasses(packages = "groundwork", importOptions = ImportOption.DoNotIncludeTests.class)
class StructureTest {
    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("groundwork.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theChecklistKnowsNoServiceOfAws = classes()
            .that()
            .resideInAPackage("groundwork.checklist")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "groundwork.checklist",
                    "java..",
                    "com.fasterxml.jackson.annotation..",
                    "software.amazon.awssdk.regions..");

    @ArchTest
    static final ArchRule theRuntimeKnowsTheChecklistOnly = only("groundwork.runtime", "groundwork.checklist");

    @ArchTest
    static final ArchRule theRuntimeKnowsNoSingleServiceOfAws = noClasses()
            .that()
            .resideInAPackage("groundwork.runtime")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk.services..");

    @ArchTest
    static final ArchRule stateKnowsWhatIsBelowIt =
            only("groundwork.state", "groundwork.checklist", "groundwork.runtime");

    @ArchTest
    static final ArchRule rootKnowsWhatIsBelowIt =
            only("groundwork.root", "groundwork.checklist", "groundwork.runtime");

    @ArchTest
    static final ArchRule changeEventsKnowsWhatIsBelowIt =
            only("groundwork.changeevents", "groundwork.checklist", "groundwork.runtime", "groundwork.state");

    /** What the table says of time may be a lie, and is looked at in one place. */
    @ArchTest
    static final ArchRule pointsInTimeAreReadInOnePlace = noClasses()
            .that(DescribedPredicate.not(type(PointsInTime.class)))
            .should()
            .callMethod(Instant.class, "parse", CharSequence.class);

    @ArchTest
    static final ArchRule requestKnowsWhatIsBelowIt =
            only("groundwork.request", "groundwork.checklist", "groundwork.runtime");

    @ArchTest
    static final ArchRule identityCenterKnowsWhatIsBelowIt =
            only("groundwork.identitycenter", "groundwork.checklist", "groundwork.runtime", "groundwork.state");

    /** A message says why an execution was started and whom it is for. */
    @ArchTest
    static final ArchRule ofItsNeighboursEmailKnowsValuesOnly = classes()
            .that()
            .resideInAPackage("groundwork.email")
            .should()
            .onlyDependOnClassesThat(DescribedPredicate.<JavaClass>not(resideInAnyPackage(
                            "groundwork.root..",
                            "groundwork.changeevents..",
                            "groundwork.request..",
                            "groundwork.identitycenter.."))
                    .or(recordsAndEnums()))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothingKnowsEmail = noClasses()
            .that()
            .resideOutsideOfPackage("groundwork.email")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("groundwork.email");

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

    private static ArchRule only(String subject, String... allowed) {
        String[] others = Set.of(
                        "groundwork.checklist",
                        "groundwork.runtime",
                        "groundwork.state",
                        "groundwork.root",
                        "groundwork.identitycenter",
                        "groundwork.changeevents",
                        "groundwork.request",
                        "groundwork.email")
                .stream()
                .filter(other -> !other.equals(subject) && !List.of(allowed).contains(other))
                .sorted()
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(subject)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others);
    }

    private static DescribedPredicate<JavaClass> recordsAndEnums() {
        return DescribedPredicate.describe("records and enums", type -> type.isRecord() || type.isEnum());
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
