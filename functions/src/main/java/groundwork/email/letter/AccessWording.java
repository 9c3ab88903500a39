package groundwork.email.letter;

import groundwork.access.Others;
import groundwork.email.Due;
import groundwork.email.Look;
import groundwork.email.OwnStack;
import groundwork.email.Point;
import groundwork.email.letter.Block.Fact;
import groundwork.email.letter.Block.Facts;
import groundwork.email.letter.Block.Link;
import groundwork.email.letter.Block.Paragraph;
import groundwork.email.letter.Block.Reference;
import java.util.ArrayList;
import java.util.List;

/** What emails say of those who get or have access and whom Groundwork did not make or did not let in. */
final class AccessWording {
    private final OwnStack stack;
    private final Look look;

    AccessWording(OwnStack stack, Look look) {
        this.stack = stack;
        this.look = look;
    }

    /** A user with the administrator's address was there before, and is about to get access. */
    List<Block> existingUser() {
        return List.of(
                new Paragraph("IAM Identity Center has a user with the administrator's address already. "
                        + look.origin().orElse("")),
                new Paragraph(
                        "Groundwork is about to give this user administrator access to %s. If you do not know who made the user, open it in IAM Identity Center now and disable it, and find out. If you delete it, Groundwork makes a new one."
                                .formatted(look.account())),
                identityCenter());
    }

    /** Others have access, too. */
    List<Block> others(Due due) {
        List<Fact> named = new ArrayList<>();
        int unnamed = 0;
        for (Point point : due.points()) {
            if (point instanceof Point.Other other && other.member().userName() != null) {
                named.add(new Fact(other.member().userName(), other.member().added()));
            } else {
                unnamed++;
            }
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Paragraph(
                "Not only the administrator has administrator access to %s. So has whoever is in the group %s of IAM Identity Center:"
                        .formatted(
                                look.account(), look.others().map(Others::group).orElse(""))));
        blocks.add(new Facts(named));
        if (unnamed > 0) {
            blocks.add(new Paragraph("And %d more; the group shows who.".formatted(unnamed)));
        }
        blocks.add(
                new Paragraph(
                        "Such access does not end by itself. To end it, open the group in IAM Identity Center and"
                                + " remove the user from it. If you did not expect this, find out who added the user, and why."));
        blocks.add(identityCenter());
        return blocks;
    }

    /** Who else has access, in a sentence; nothing if nobody has. */
    List<Block> remark() {
        return look.others().stream()
                .<Block>map(others -> new Paragraph("The group %s of IAM Identity Center lets in %s as well."
                        .formatted(others.group(), others.words())))
                .toList();
    }

    private Block identityCenter() {
        return new Reference(new Link("IAM Identity Center", stack.console().identityCenter()));
    }
}
