package groundwork.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The field that says in JSON which of the records of a sealed interface a value is: by the record's name, such as
 * {@code NOT_APPLICABLE} for {@code NotApplicable}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Discriminator {
    String value();
}
