package groundwork.rehearsal;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import groundwork.rehearsal.organization.store.Cloud;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * At the bottom are those who know nothing of Groundwork: the organization, policies, templates, limits, states and the clock.
 * Above them the stack, then the scenarios, and on top the commands.
 */
@AnalyzeClasses(packages = "groundwork", importOptions = ImportOption.DoNotIncludeTests.class)
class StructureTest {
    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("groundwork.rehearsal.(**)").should().beFreeOfCycles();

    /** Others see what is stored through values, and change it through calls and people. */
    @ArchTest
    static final ArchRule theOrganizationKeepsItsStoreToItself = noClasses()
            .that(DescribedPredicate.not(resideInAPackage("groundwork.rehearsal.organization..")))
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Cloud.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("groundwork.rehearsal.organization.services");

    @ArchTest
    static void noTwoClassesHaveOneName(JavaClasses classes) {
        Map<String, List<String>> named = classes.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(
                        JavaClass::getSimpleName, Collectors.mapping(JavaClass::getName, Collectors.toList())));
        named.values().removeIf(names -> names.size() == 1);
        assertThat(named).isEmpty();
    }

    @ArchTest
    static final ArchRule whatIsNoTestDoesNotLookLikeOne = noClasses()
            .that()
            .areTopLevelClasses()
            .should()
            .haveNameMatching(".*\\.(Test[A-Z]\\w*|\\w*(Test|Tests|IT))");

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = noClasses()
            .should()
            .haveNameMatching("(?i).*(util|helper|manager|common|impl)s?(\\$.*)?")
            .orShould()
            .resideInAnyPackage("..util..", "..helper..", "..common..", "..impl..", "..model..");
}
