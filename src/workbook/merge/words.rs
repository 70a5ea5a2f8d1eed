//! What is told of rows that can't be taken in as they came.

use crate::lang::Said;
use crate::say;

/// Never taken in, not even in part: whoever wrote it must know that it is there.
pub(super) fn identity_number() -> Said {
    say!(
        nn: "her står eit fødselsnummer eller D-nummer, som aldri skal stå i registeret; ta det bort, òg frå fila som vart send",
        nb: "her står et fødselsnummer eller D-nummer, som aldri skal stå i registeret; fjern det, også fra filen som ble sendt",
        en: "a national identity number stands here, which must never be in the registry; take it out, also of the file that was sent",
    )
}

pub(super) fn cannot_move() -> Said {
    say!(
        nn: "det som finst, kan ikkje flyttast til noko anna her; skriv det på ei ny rad, og sei frå om at denne skal bort",
        nb: "det som finnes, kan ikke flyttes til noe annet her; skriv det på en ny rad, og si fra om at denne skal bort",
        en: "what is there cannot be moved to something else here; write it on a new row, and say that this one is to go",
    )
}

pub(super) fn cannot_be_read() -> Said {
    say!(
        nn: "posten kan ikkje lesast heilt i registeret no, så ingenting er halde opp mot han; «lmnet check» viser kvifor",
        nb: "posten kan ikke leses helt i registeret nå, så ingenting er holdt opp mot den; «lmnet check» viser hvorfor",
        en: "the record cannot be read whole in the registry now, so nothing was held against it; \"lmnet check\" shows why",
    )
}

pub(super) fn not_one() -> Said {
    say!(
        nn: "fleire heiter dette, og minst éin av dei er ny; gje dei ulike titlar, eller ta inn dei nye fyrst og vel så frå lista i ei ny arbeidsbok",
        nb: "flere heter dette, og minst én av dem er ny; gi dem ulike titler, eller ta inn de nye først og velg så fra listen i en ny arbeidsbok",
        en: "several are called this, and at least one of them is new; give them different titles, or take in the new ones first and then choose from the list of a new workbook",
    )
}

pub(super) fn for_others() -> Said {
    say!(
        nn: "gjeld ingen av dei som arbeidsboka er laga for, og er teken med; sjå etter at det er meint slik",
        nb: "gjelder ingen av dem som arbeidsboken er laget for, og er tatt med; se etter at det er ment slik",
        en: "is about none of those whom the workbook was made for, and was taken in; see whether that is meant",
    )
}

pub(super) fn cannot_be_emptied() -> Said {
    say!(
        nn: "kan ikkje stå tom; er det feil, skriv det rette",
        nb: "kan ikke stå tom; er det feil, skriv det rette",
        en: "cannot be left empty; if it is wrong, write what is right",
    )
}

pub(super) fn must_be_there() -> Said {
    say!(nn: "må fyllast ut på ei ny rad", nb: "må fylles ut på en ny rad", en: "must be filled in on a new row")
}
