package groundwork.rehearsal.organization.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every message that reached anybody, oldest first. This class is thread-safe. */
public final class Mailbox {
    private final List<Mail> mails = new CopyOnWriteArrayList<>();

    Mailbox() {}

    public void deliver(Mail mail) {
        mails.add(mail);
    }

    public List<Mail> all() {
        return List.copyOf(mails);
    }

    /** What one address received. */
    public List<Mail> of(String address) {
        return mails.stream()
                .filter(mail -> mail.to().equalsIgnoreCase(address))
                .toList();
    }
}
