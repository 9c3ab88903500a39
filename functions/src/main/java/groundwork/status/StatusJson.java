package groundwork.status;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON for programs. The checklist in it is what {@code docs/checklist.schema.json} describes. */
final class StatusJson {
    private StatusJson() {}

    static Map<String, Object> of(Status status) {
        return switch (status) {
            case Status.OfAccount account -> of(account);
            case Status.OfMembers members -> of(members);
        };
    }

    private static Map<String, Object> of(Status.OfAccount account) {
        Map<String, Object> json = new LinkedHashMap<>();
        Map<String, String> unreadable = new LinkedHashMap<>();
        json.put("accountId", account.accountId());
        json.put("stack", account.stack());
        json.put("at", account.at());
        account.remembered().value().ifPresent(remembered -> {
            remembered.checklist().ifPresent(checklist -> json.put("checklist", checklist));
            json.put("lines", remembered.lines().stream().map(StatusJson::of).toList());
            remembered.failure().ifPresent(failure -> {
                json.put("failure", failure);
                json.put("failedAt", remembered.failedAt());
            });
            json.put("sent", remembered.sent());
        });
        put(json, unreadable, "running", account.running());
        put(json, unreadable, "alarms", account.alarms());
        json.put("schedule", account.schedule());
        NextLook.latest(account).ifPresent(latest -> json.put("nextLookAtTheLatest", latest));
        account.remembered().why().ifPresent(why -> unreadable.put("checklist", why));
        if (!unreadable.isEmpty()) {
            json.put("unreadable", unreadable);
        }
        return json;
    }

    private static <T> void put(
            Map<String, Object> json, Map<String, String> unreadable, String name, Reading<List<T>> reading) {
        reading.value().ifPresent(value -> json.put(name, value));
        reading.why().ifPresent(why -> unreadable.put(name, why));
    }

    private static Map<String, Object> of(Status.Line line) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("prerequisite", line.item().prerequisite());
        line.who().ifPresent(who -> json.put("who", who));
        line.link().ifPresent(link -> json.put("link", link.address()));
        json.put("evidence", line.evidence());
        return json;
    }

    private static Map<String, Object> of(Status.OfMembers members) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("stack", members.stack());
        json.put("at", members.at());
        json.put("counts", members.counts());
        json.put(
                "accounts",
                members.accounts().stream()
                        .map(member -> {
                            Map<String, Object> each = new LinkedHashMap<>();
                            each.put("accountId", member.accountId());
                            each.put("state", member.what());
                            member.checklist().ifPresent(checklist -> each.put("checklist", checklist));
                            return each;
                        })
                        .toList());
        if (members.nextToken() != null) {
            json.put("nextToken", members.nextToken());
        }
        return json;
    }
}
