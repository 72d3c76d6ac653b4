"""The words of a receipt's state: that it was called off, or that it was paid."""

from __future__ import annotations

import re

CANCELLED = """anulowano paragon; wycofany; wycofane; odrzucony; unieważniony; unieważnione; отменён покупателем; отменена; анулирован;
    аннулировано; сторно; сторнирован; respins; anulată; cancelled; canceled; void; voided; anulowane; anulowany; anulowana;
        anulowano; odrzucone; отменен; отменён; отмена;
    аннулирован; аннулирована; отменено; anulat; anulata; anulată; stornat; storniert; annulliert; failed; trash"""
# States of a receipt that has been paid, and counts.
DONE = """paid; completed; complete; closed; done; finished; fulfilled; captured; succeeded; success; confirmed; approved; settled;
        delivered;
    shipped; ok; opłacone; opłacony; opłacona; zapłacone; zapłacono; zapłacony; zrealizowane; zrealizowany; zakończone; zakończony;
    zatwierdzony; zatwierdzone; zatwierdzona; wydany; wydane; wysłane; dostarczone; zamknięty; zamknięte; zafiskalizowany; wydrukowany;
    оплачен; оплачено; оплачена; проведен; проведён; проведено; закрыт; закрыто; выполнен; выполнено; завершен; завершён; завершено;
    доставлен; отгружен; пробит; пробит на фискальнике; закрыта; выполнена; завершена; доставлена; отгружена; пробита; проведена;
    zapłacona; zrealizowana; zakończona; wydana; wysłana; dostarczona; zamknięta; zafiskalizowana; wydrukowana; incasata; încasată;
    emisa; emisă; inchisa; închisă; confirmata; confirmată; validat; validata; validată;
    platit; platita; plătit; plătită; achitat; achitată; finalizat; finalizată;
    finalizata; incasat; încasat; inchis; închis; livrat; livrată; livrata; confirmat; emis; bezahlt; abgeschlossen; erledigt; gezahlt"""
# What a state begins with that says a receipt does not count; a layout takes them as they are.
CALLED_OFF = ("cancel*", "void*", "anul*", "storn*", "odrzuc*", "отмен*", "аннул*", "annul*")
# The same after other words, as in Order cancelled; a wish for a cancellation is none yet, so these are no nouns.
CALLED_OFF_WITHIN = (
    "* cancelled*", "* canceled*", "* voided*", "* anulowana*", "* anulowane*", "* anulowano*", "* anulowany*", "* anulował*",
    "* stornowana*", "* stornowane*", "* stornowano*", "* stornowany*", "* отменен*", "* отменён*", "* отменил*", "* аннулирован",
    "* аннулирована*", "* аннулировано*", "* аннулированы*", "* anulat*", "* stornat*", "* storniert*", "* annulliert*",
)  # fmt: skip
SAY_CALLED_OFF = frozenset((*CALLED_OFF, *CALLED_OFF_WITHIN))
# Beside a noun these say that it has not come about, or not yet: Cancellation requested, Return rejected, Wniosek o zwrot.
UNDONE = re.compile(
    r"(?<![^\W_])(?:request(?:ed)?\b|pending|await|in pro(?:gress|cess)|processing|reject|declin|refus|fail|w toku|w trakcie"
    r"|w realizacji|oczekuj|odrzuc|wniosek|prośba|nieudan|запрос\b|запрош|заявка|ожида|в обработке|отклон|respins|refuz|cerere|solicit"
    r"|[îi]n a[sșş]teptare|[îi]n curs|abgelehnt|beantragt|ausstehend)"
)
