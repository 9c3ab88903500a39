package groundwork.rehearsal.template;

/** A template, or the parameters given for it, cannot be deployed; the message is one sentence that names the place. */
public final class TemplateException extends RuntimeException {
    TemplateException(String place, String problem) {
        super(place + ": " + problem);
    }
}
